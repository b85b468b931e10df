import { ERROR_CODES, errorOf, type Failure } from '../../contract/errors.ts';
import type { Locale } from '../../contract/locale.ts';
import { z } from '../../contract/schema.ts';
import { describeError } from '../../messages/describe-error.ts';

/** A failure, as JSON shows it. */
export const ToldFailure = z.strictObject({
  code: z.enum(ERROR_CODES),
  details: z.record(z.string(), z.unknown()),
  what: z.string(),
  todo: z.string(),
});
export type ToldFailure = z.infer<typeof ToldFailure>;

/** A failure with its messages: codes are for programs, messages for their users. */
export function toldFailure(failure: Failure, language: Locale): ToldFailure {
  return { ...failure, ...describeError(errorOf(failure), language) };
}
