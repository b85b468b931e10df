import type { Span } from './audio.ts';

/** After a range, less than a window's length of speech is too little to detect its language. */
const TELLTALE_MS = 30_000;

/** Up to this many ranges in another language are listed; of more, only their number is shown. */
export const SHOWN_LANGUAGE_RANGES = 3;

/** Whether a range in another language is followed by too little speech to detect that the first one resumes. */
export function goesOnToEnd({ endMs }: Span, untilMs: number): boolean {
  return untilMs - endMs < TELLTALE_MS;
}
