import { z } from '../../contract/schema.ts';

/** Which finished jobs are listed: those that ended after this one, both of it or neither. */
export const FinishedQuery = z
  .object({
    afterMs: z.coerce.number().int().nonnegative().optional(),
    afterId: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .refine(({ afterMs, afterId }) => (afterMs === undefined) === (afterId === undefined));

/** Finished jobs in the order in which they ended. The last one is what to ask on from. */
export const FinishedList = z.object({
  jobs: z.array(z.object({ jobId: z.uuid(), finishedAtMs: z.number().int() })),
});
export type FinishedList = z.infer<typeof FinishedList>;
