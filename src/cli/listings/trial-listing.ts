import type { Locale } from '../../contract/locale.ts';
import type { ModelTrial } from '../../contract/models.ts';
import { TriedModel } from '../../contract/models.ts';
import { z } from '../../contract/schema.ts';
import { ToldFailure, toldFailure } from './told-failure.ts';

const milliseconds = z.int().nonnegative();

/** What `models try --json` prints. */
export const TrialListing = z.strictObject({
  name: z.string(),
  range: z.strictObject({ startMs: milliseconds, endMs: milliseconds }).nullable(),
  durationMs: milliseconds.nullable(),
  models: z.array(
    z.strictObject({
      model: z.string(),
      state: TriedModel.shape.state,
      language: z.string().nullable(),
      tookMs: milliseconds,
      wholeMs: milliseconds.nullable(),
      differences: z.int().nonnegative().nullable(),
      paragraphs: z.array(z.strictObject({ startMs: milliseconds, text: z.string() })),
      failure: ToldFailure.nullable(),
    }),
  ),
});
export type TrialListing = z.infer<typeof TrialListing>;

/** The recording that was tried; its length is null if it is not known. */
interface TriedRecording {
  readonly name: string;
  readonly durationMs: number | null;
}

/**
 * A trial that is over. The time for the whole recording is that of the stretch times their lengths: rather too long, because in
 * the stretch more is said than elsewhere.
 */
export function trialListing(
  trial: ModelTrial,
  { name, durationMs }: TriedRecording,
  language: Locale,
): TrialListing {
  // Where the recording ends was not known yet when the stretch was chosen.
  const range = trial.range && {
    startMs: trial.range.startMs,
    endMs: Math.min(trial.range.endMs, durationMs ?? Number.POSITIVE_INFINITY),
  };
  return {
    ...{ name, range, durationMs },
    models: trial.models.map((tried) => ({
      model: tried.model,
      state: tried.state,
      language: tried.language,
      tookMs: Math.round(tried.tookMs),
      wholeMs:
        tried.state !== 'done' || range === null || durationMs === null
          ? null
          : Math.round((tried.tookMs * durationMs) / (range.endMs - range.startMs)),
      differences: tried.differences,
      paragraphs: tried.paragraphs.map(({ startMs, pieces }) => ({
        startMs,
        text: pieces.map(({ text }) => text).join(''),
      })),
      failure: tried.failure === null ? null : toldFailure(tried.failure, language),
    })),
  };
}
