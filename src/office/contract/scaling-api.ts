import { z } from '../../contract/schema.ts';

/** How many workers there are and should be: what starts and ends them asks. */
export const ScalingState = z.object({
  /** Jobs that a worker could begin now. */
  depth: z.number().int().nonnegative(),
  /** Workers that take jobs. */
  workers: z.number().int().nonnegative(),
  /** Jobs for each of them; all of them where there is none. */
  depthPerWorker: z.number().nonnegative(),
  wantedWorkers: z.number().int().positive(),
});
export type ScalingState = z.infer<typeof ScalingState>;
