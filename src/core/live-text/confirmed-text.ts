import type { Span } from '../../contract/audio.ts';
import type { Segment } from '../../contract/transcript.ts';
import { ENDS_SENTENCE } from '../pipeline/window/place-segments.ts';
import { type HeardWord, textOf } from './heard-words.ts';
import type { LiveWords } from './live-event.ts';
import { agreedWords, wordsAfter } from './local-agreement.ts';
import { SegmentWriter } from './segment-writer.ts';

/** A pass that ends so soon after a word may have heard another one in its beginning. */
const SETTLED_MS = 500;

/** A word that is so old is confirmed by one pass: the passes go on disagreeing on something before it. */
const OLD_MS = 8_000;

/** Where a pass ends although the speech goes on, words nearer to its end are left to the next pass. */
const CUT_MS = 1_500;

/** How a pass ended. */
export type PassEnd =
  /** At the sound that was there; more comes. */
  | 'now'
  /** At the end of a window: nothing more comes. */
  | 'windowEnd'
  /** Where a pass is at its longest, although more sound is there. */
  | 'limit';

/**
 * The text of a channel: what passes heard becomes confirmed words, and those segments. What is confirmed never
 * changes. Pure: it knows no clock and no engine.
 */
export class ConfirmedText {
  readonly #writer: SegmentWriter;
  /** The confirmed words of the window in hand. */
  #confirmed: HeardWord[] = [];
  #before: { readonly words: readonly HeardWord[]; readonly endMs: number } | null = null;
  #interim: readonly HeardWord[] = [];

  constructor(speaker: string | null) {
    this.#writer = new SegmentWriter(speaker);
  }

  /** The words after the last segment. */
  get words(): LiveWords {
    const confirmed = this.#writer.waiting;
    const all = textOf([...confirmed, ...this.#interim]);
    const text = textOf(confirmed);
    return { confirmed: text, interim: all.slice(text.length).trim() };
  }

  /** Accepts what a pass over a range heard, in recording time; returns the segments that are complete. */
  accept(range: Span, heard: readonly HeardWord[], end: PassEnd): Segment[] {
    const again = this.#confirmed.filter(({ startMs, endMs }) => startMs + endMs > 2 * range.startMs);
    const tail = wordsAfter(again.length > 0 ? again : this.#confirmed.slice(-1), heard);
    const count = this.#countConfirmed(tail, range.endMs, end);
    const confirmed = tail.slice(0, count);
    const rest = tail.slice(count);
    this.#confirmed.push(...confirmed);
    const segments = this.#writer.add(confirmed);
    if (end === 'windowEnd') return [...segments, ...this.endWindow()];
    this.#interim = rest;
    this.#before = { words: rest, endMs: range.endMs };
    return segments;
  }

  #countConfirmed(tail: readonly HeardWord[], endMs: number, end: PassEnd): number {
    if (end === 'windowEnd') return tail.length;
    const doubtful = tail.findIndex(({ flags }) => flags.length > 0);
    // What stands behind a word, a comma or a stop, is known with the next word.
    const sure = tail.slice(0, doubtful < 0 ? -1 : Math.min(doubtful, tail.length - 1));
    const oldMs = endMs - (end === 'limit' ? CUT_MS : OLD_MS);
    const old = sure.findLastIndex((word) => word.endMs <= oldMs) + 1;
    const agreed =
      this.#before === null ? [] : agreedWords(this.#before.words, sure, this.#before.endMs - SETTLED_MS);
    return Math.max(old, agreed.length);
  }

  /** Ends the window in hand without a further pass; returns what is left of it as segments. */
  endWindow(): Segment[] {
    this.#confirmed = [];
    this.#before = null;
    this.#interim = [];
    return this.#writer.end();
  }

  /**
   * Where the next pass over a long window may begin, `latestMs` at the latest: between confirmed sentences, else at the longest
   * pause between confirmed words from `earliestMs` on. Null if nothing that long is confirmed.
   */
  restartMs(earliestMs: number, latestMs: number): number | null {
    let best: { readonly ms: number; readonly endsSentence: boolean; readonly pauseMs: number } | null = null;
    for (const [index, word] of this.#confirmed.entries()) {
      const next = this.#confirmed[index + 1];
      if (next === undefined || next.startMs < earliestMs || next.startMs > latestMs) continue;
      const endsSentence = ENDS_SENTENCE.test(word.text);
      const pauseMs = next.startMs - word.endMs;
      const isBetter =
        best === null ||
        (endsSentence === best.endsSentence ? pauseMs >= best.pauseMs || endsSentence : endsSentence);
      if (isBetter) best = { ms: Math.round((word.endMs + next.startMs) / 2), endsSentence, pauseMs };
    }
    return best?.ms ?? null;
  }

  /** No pass begins before this time any more: only the last word before it may be heard again. */
  forgetBefore(ms: number): void {
    const kept = this.#confirmed.filter(({ endMs }) => endMs > ms);
    this.#confirmed = kept.length > 0 ? kept : this.#confirmed.slice(-1);
  }

  /** The end of the last word confirmed in the window in hand; null if there is none. */
  get confirmedUntilMs(): number | null {
    return this.#confirmed.at(-1)?.endMs ?? null;
  }
}
