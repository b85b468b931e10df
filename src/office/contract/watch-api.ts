import { z } from '../../contract/schema.ts';

/** What a worker does: nothing, a job, or its last job, after which it takes no other. */
export const WorkerState = z.enum(['idle', 'working', 'draining']);
export type WorkerState = z.infer<typeof WorkerState>;

/** A worker's sign of life, three times within a lease, whether it has a job or not. */
export const HelloRequest = z.object({
  /** The process's own id: a worker that is started again is another. */
  workerId: z.uuid(),
  state: WorkerState,
});

/** What an attempt took, in numbers alone: summed up over all jobs they tell nothing of any recording. */
export const WorkFigures = z.object({
  /** The recording's length. */
  audioMs: z.number().nonnegative(),
  /** From the opened recording to its text. */
  processingMs: z.number().nonnegative(),
  words: z.number().int().nonnegative(),
});
export type WorkFigures = z.infer<typeof WorkFigures>;
