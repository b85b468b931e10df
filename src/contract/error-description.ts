import type { ErrorCode, ErrorDetails } from './errors.ts';

/** What the user reads when something went wrong: what happened, and what to do now. Whole sentences, no line breaks. */
export interface ErrorDescription {
  readonly what: string;
  readonly todo: string;
}

/** The sentences of one language: one entry for every error code, or it does not compile. */
export type ErrorSentences = {
  readonly [C in ErrorCode]: (details: ErrorDetails<C>) => ErrorDescription;
};
