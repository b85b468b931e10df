import type { ErrorDescription, ErrorSentences } from './error-description.ts';
import { ENGLISH_SENTENCES } from './error-sentences-en.ts';
import { SPANISH_SENTENCES } from './error-sentences-es.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { UserLanguage } from './user-language.ts';

const SENTENCES: Readonly<Record<UserLanguage, ErrorSentences>> = {
  en: ENGLISH_SENTENCES,
  es: SPANISH_SENTENCES,
};

/**
 * The sentences for an error, made from its code and details: an `AppError`, or what is left of one after it crossed
 * a process boundary. They may hold file names: they are for the screen, never for a log.
 */
export function describeError<C extends ErrorCode>(
  error: { readonly code: C; readonly details: ErrorDetails<C> },
  language: UserLanguage,
): ErrorDescription {
  const sentence: ErrorSentences[C] = SENTENCES[language][error.code];
  return sentence(error.details);
}
