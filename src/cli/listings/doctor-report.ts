import { z } from '../../contract/schema.ts';
import { ToldFailure } from './told-failure.ts';

/** What `doctor --json` prints: of each check the text for people, and facts for programs. */
export const DoctorReport = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      ok: z.boolean(),
      text: z.string(),
      facts: z.record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
      ),
      failure: ToldFailure.nullable(),
    }),
  ),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
