import { Failure } from './errors.ts';
import { z } from './schema.ts';
import { LanguageRange } from './transcript.ts';

/** How fast a model was on this machine when it was measured. */
export const ModelSpeedView = z.object({
  /** How long an hour of speech takes, in milliseconds. */
  hourMs: z.number().positive(),
  /** When it was measured, milliseconds since 1970. */
  measuredAtMs: z.number().int(),
});
export type ModelSpeedView = z.infer<typeof ModelSpeedView>;

/** What a model needs of this machine's memory while it transcribes. */
export const ModelMemory = z.object({
  needBytes: z.number().positive(),
  /** Whether the engine's memory was measured; else it is computed from the model's size and width. */
  isMeasured: z.boolean(),
  /** Whether it leaves this machine enough for everything else. */
  fits: z.boolean(),
});
export type ModelMemory = z.infer<typeof ModelMemory>;

/** A model's measurement: `waits` until nothing is transcribed or recorded. */
export const ModelMeasuring = z.enum(['no', 'waits', 'running']);
export type ModelMeasuring = z.infer<typeof ModelMeasuring>;

/** What is known of a model on this machine, besides its file. */
export const ModelHere = z.object({
  memory: ModelMemory,
  /** Null if it was not measured with the present number of threads. */
  speed: ModelSpeedView.nullable(),
  /** How long an hour should take, by another model's speed; null if none was measured. */
  expectedHourMs: z.number().positive().nullable(),
  measuring: ModelMeasuring,
  /** Why it could not be measured. */
  measureFailure: Failure.nullable(),
});
export type ModelHere = z.infer<typeof ModelHere>;

/** The official model that suits this machine best, and what an IT department needs to know to get it. */
export const ModelAdvice = z.object({
  machine: z.object({ threads: z.number().int().positive(), memoryBytes: z.number().positive() }),
  /** The model's name. */
  name: z.string(),
  /** The file's name as published. */
  file: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** Where it is published, as text: the app never opens it. */
  address: z.string(),
  memory: ModelMemory,
  expectedHourMs: ModelHere.shape.expectedHourMs,
  isInstalled: z.boolean(),
  /**
   * - `suits`: larger than every installed one, and this machine is quick enough for it.
   * - `slow`: larger, and slower than is comfortable; no larger one would do better.
   * - `here`: the best one is installed already.
   */
  verdict: z.enum(['suits', 'slow', 'here']),
  /** Whether that was decided by a measured speed; else by threads and memory alone. */
  isMeasured: z.boolean(),
});
export type ModelAdvice = z.infer<typeof ModelAdvice>;

/** A model of which it is to be decided whether it is tried. */
interface TryableModel {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isDefault: boolean;
  /** Null if that is not known. */
  readonly multilingual: boolean | null;
}

/**
 * The models in the order in which they are worth trying on a recording: the one that it would be transcribed with, with which
 * the others are compared, then the others from the largest on. Of the others those that know English alone are left out
 * unless that is spoken.
 * @param model the recording's, null for the default one.
 */
export function modelsToTry<Model extends TryableModel>(
  models: readonly Model[],
  { model, language }: { readonly model: string | null; readonly language: string },
): Model[] {
  const own = models.find(({ name, isDefault }) => (model === null ? isDefault : name === model));
  const others = models
    .filter((one) => one !== own)
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
    .filter(({ multilingual }) => multilingual || language === 'en');
  return [...(own === undefined ? [] : [own]), ...others];
}

/** The models that may be tried side by side. */
export const MOST_TRIED_MODELS = 3;

/** A piece of a tried model's text. */
export const TriedPiece = z.object({
  text: z.string(),
  /** Whether the first model has other words here. */
  differs: z.boolean(),
});
export type TriedPiece = z.infer<typeof TriedPiece>;

/** What one model makes of the stretch. */
export const TriedModel = z.object({
  model: z.string(),
  state: z.enum(['waits', 'running', 'done', 'failed']),
  /** How much of the stretch is transcribed, 0 to 1. */
  share: z.number().min(0).max(1),
  /** Paragraphs in order, as far as they are there. */
  paragraphs: z.array(z.object({ startMs: z.number().int(), pieces: z.array(TriedPiece) })),
  /** How many words differ from the first model's; null while there is nothing to compare with. */
  differences: z.number().int().nullable(),
  /** The language it was transcribed in; null while that is not known. */
  language: LanguageRange.shape.language.nullable(),
  /** How long the model took for it. */
  tookMs: z.number().nonnegative(),
  failure: Failure.nullable(),
});
export type TriedModel = z.infer<typeof TriedModel>;

/** Two minutes of a recording, tried with several models. Kept in memory alone. */
export const ModelTrial = z.object({
  recordingId: z.uuid(),
  /** The stretch with the most speech; null while that is looked for. */
  range: z.object({ startMs: z.number().int(), endMs: z.number().int() }).nullable(),
  /** In the order asked for; others are compared with the first. */
  models: z.array(TriedModel),
  isOver: z.boolean(),
});
export type ModelTrial = z.infer<typeof ModelTrial>;
