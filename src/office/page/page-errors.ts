import { isOfficeError, type OfficeErrorCode } from '../contract/office-errors.ts';
import { PROVIDER_PROBLEMS, ProviderSignInError } from './provider-sign-in.ts';

/** What can go wrong in the browser itself, or at the identity provider; each has a sentence among the page's texts. */
export const BROWSER_PROBLEMS = [
  'closedBeforeSealed',
  'fileUnreadable',
  'noRoom',
  'sealedLost',
  'unexpected',
  ...PROVIDER_PROBLEMS,
] as const;

/** Why something did not work: a code of the office, or of the browser. */
export type PageErrorCode = OfficeErrorCode | (typeof BROWSER_PROBLEMS)[number];

/** What an error is. */
export function problemOf(error: unknown): PageErrorCode {
  if (isOfficeError(error)) return error.code;
  if (error instanceof ProviderSignInError) return error.problem;
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'noRoom';
  if (name === 'NotReadableError') return 'fileUnreadable';
  if (name === 'NotFoundError') return 'sealedLost';
  return 'unexpected';
}
