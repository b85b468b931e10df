import type { Span } from './audio.ts';

/** Behind a stretch, less than a window's length of speech is too little to tell its language by. */
const TELLTALE_MS = 30_000;

/** So many stretches in another language are told one by one; of more, how many there are. */
export const TOLD_STRETCHES = 3;

/** Whether a stretch in another language is followed by nothing that would be known to be in the first one again. */
export function goesOnToEnd({ endMs }: Span, untilMs: number): boolean {
  return untilMs - endMs < TELLTALE_MS;
}
