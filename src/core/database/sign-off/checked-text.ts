import { createHash } from 'node:crypto';
import { z } from '../../../contract/schema.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';

/**
 * A segment of a text as it was checked: enough to tell later what has changed. Stored with the sign-off; fields are
 * only ever added.
 */
export const CheckedSegment = z.object({
  id: z.string(),
  channel: z.number().int().nonnegative(),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  speaker: z.string().nullable(),
  text: z.string(),
  /** Text and start of each word. */
  words: z.array(z.tuple([z.string(), z.number().int().nonnegative()])),
});
export type CheckedSegment = z.infer<typeof CheckedSegment>;

/** A segment of the current text, to be kept as it is checked. */
export function checkedSegment({ id, channel, segment }: StoredSegment): CheckedSegment {
  const { startMs, endMs, speaker, text, words } = segment;
  return {
    id,
    channel,
    startMs,
    endMs,
    speaker,
    text,
    words: words.map((word) => [word.text, word.startMs]),
  };
}

/** SHA-256, in hex, of who says what in a text: equal for two texts exactly if a reader finds the same in both. */
export class SaidHash {
  readonly #hash = createHash('sha256');

  add({ speaker, text }: Pick<CheckedSegment, 'speaker' | 'text'>): void {
    this.#hash.update(`${JSON.stringify([speaker, text])}\n`);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
