import { cpus } from 'node:os';
import { z } from '../../contract/schema.ts';
import { readModelsFile, writeModelsFile } from './models-folder-file.ts';

/** How fast a model was on one processor with so many threads. */
export const ModelSpeed = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The processor's name and number of threads: the folder may be carried to another machine. */
  processor: z.string(),
  /** Threads that the engine had. */
  threads: z.number().int().positive(),
  /** Length of the sound, and the time that the engine took for it. */
  audioMs: z.number().positive(),
  inferenceMs: z.number().positive(),
  /** Most memory that the engine's process had. */
  peakMemoryBytes: z.number().positive(),
  /** Milliseconds since 1970. */
  measuredAtMs: z.number().int(),
  /** What whole jobs took since: their speech and the time from start to end, earlier ones with less weight. */
  jobs: z.object({ speechMs: z.number().positive(), wallMs: z.number().positive() }).optional(),
});
export type ModelSpeed = z.infer<typeof ModelSpeed>;

const SpeedsFile = z.object({ format: z.literal(1), speeds: z.array(ModelSpeed) });

/** Beside the models and their index. Losing it costs measuring again. */
const SPEEDS_FILE = 'speeds.json';

const HOUR_MS = 3_600_000;

/**
 * What a job takes beside the engine's inference on full windows: reading, detecting speech and language, windows that are not
 * full, and passages that are tried twice.
 */
const WHOLE_JOB = 1.15;

/** Jobs with so much speech tell more than a measurement. */
const ENOUGH_SPEECH_MS = 300_000;
/** Shorter jobs are mostly beginning and end. */
const LEAST_SPEECH_MS = 60_000;
/** What earlier jobs weigh beside the newest one. */
const EARLIER_WEIGHT = 0.7;
/** A job that took so many times longer or shorter than expected was disturbed: the machine slept, or was full of other work. */
const CREDIBLE = 4;

/**
 * How long an hour of speech takes, in milliseconds: by what whole jobs took on this machine where there was enough of them, else
 * by the measured speed and what a job usually adds to it.
 */
export function hourMsOf({
  audioMs,
  inferenceMs,
  jobs,
}: Pick<ModelSpeed, 'audioMs' | 'inferenceMs' | 'jobs'>): number {
  if (jobs !== undefined && jobs.speechMs >= ENOUGH_SPEECH_MS)
    return Math.round((jobs.wallMs / jobs.speechMs) * HOUR_MS);
  return Math.round((inferenceMs / audioMs) * HOUR_MS * WHOLE_JOB);
}

/** The speeds with what a finished job took; null if it tells nothing: no speed is known, it was short, or it was disturbed. */
export function withJob(
  speeds: readonly ModelSpeed[],
  of: Pick<ModelSpeed, 'sha256' | 'processor' | 'threads'>,
  job: { readonly speechMs: number; readonly wallMs: number },
): ModelSpeed[] | null {
  const speed = speedOf(speeds, of);
  if (speed === null || job.speechMs < LEAST_SPEECH_MS) return null;
  const asMeasured = hourMsOf({ ...speed, jobs: undefined });
  const times = ((job.wallMs / job.speechMs) * HOUR_MS) / asMeasured;
  if (times > CREDIBLE || times < 1 / CREDIBLE) return null;
  const { speechMs = 0, wallMs = 0 } = speed.jobs ?? {};
  const jobs = {
    speechMs: speechMs * EARLIER_WEIGHT + job.speechMs,
    wallMs: wallMs * EARLIER_WEIGHT + job.wallMs,
  };
  return withSpeed(speeds, { ...speed, jobs });
}

/** This machine's processor, as measurements name it. */
export function thisProcessor(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? ''} × ${all.length}`;
}

/** The speeds measured with the models of a folder; a missing or damaged file has none. */
export async function readModelSpeeds(folder: string): Promise<readonly ModelSpeed[]> {
  return SpeedsFile.safeParse(await readModelsFile(folder, SPEEDS_FILE)).data?.speeds ?? [];
}

/** Replaces them. Throws `folder.dataNotWritable`, `disk.full`, `disk.failed`. */
export async function writeModelSpeeds(folder: string, speeds: readonly ModelSpeed[]): Promise<void> {
  await writeModelsFile(folder, SPEEDS_FILE, { format: 1, speeds });
}

/** The speeds with a new one, in the place of an earlier one of the same model, processor and threads. */
export function withSpeed(speeds: readonly ModelSpeed[], fresh: ModelSpeed): ModelSpeed[] {
  return [...speeds.filter((one) => !isOfSame(one, fresh)), fresh];
}

/** The speed of a model with so many threads on a processor, or null. */
export function speedOf(
  speeds: readonly ModelSpeed[],
  wanted: Pick<ModelSpeed, 'sha256' | 'processor' | 'threads'>,
): ModelSpeed | null {
  return speeds.find((one) => isOfSame(one, wanted)) ?? null;
}

function isOfSame(
  a: Pick<ModelSpeed, 'sha256' | 'processor' | 'threads'>,
  b: Pick<ModelSpeed, 'sha256' | 'processor' | 'threads'>,
): boolean {
  return a.sha256 === b.sha256 && a.processor === b.processor && a.threads === b.threads;
}
