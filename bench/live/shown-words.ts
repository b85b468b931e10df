import { alignReference } from '../align-words.ts';
import { comparableWords } from '../comparable-words.ts';

/** A word that was said, and when it was over. */
export interface SaidWord {
  readonly text: string;
  /** In milliseconds of the recording. */
  readonly endMs: number;
}

/** The whole text that a reader saw from a moment on. */
export interface ShownText {
  /** In milliseconds of the recording: the clock of what is being said. */
  readonly atMs: number;
  /** All that stays: the segments and the confirmed words behind them. */
  readonly confirmed: string;
  readonly interim: string;
}

/** When words came to be read. */
export interface WordDelays {
  /** From a word's end until it was shown for good, and until it was confirmed; of the words that were. */
  readonly shownMs: readonly number[];
  readonly confirmedMs: readonly number[];
  /** Texts in which a word differed that had been confirmed before. */
  readonly changed: number;
  /** Words said, and how many of them the live text had at its end. */
  readonly said: number;
  readonly right: number;
}

/** How many words that were found are aligned again with each text, so that they keep their places. */
const ALIGNED_AGAIN = 24;

/** The times of words are no more exact than this: a word may be shown so long before its end. */
const EARLY_MS = 1000;

/** Compares what was shown, in the order of time, with what was said. */
export function wordDelays(words: readonly SaidWord[], shown: readonly ShownText[]): WordDelays {
  const said = words.flatMap(({ text, endMs }) => comparableWords(text).map((word) => ({ word, endMs })));
  const texts = said.map(({ word }) => word);
  const interim = new LastingTimes(said);
  const confirmed = new LastingTimes(said);
  let changed = 0;
  let before = '';
  for (const text of shown) {
    if (!text.confirmed.startsWith(before)) changed += 1;
    before = text.confirmed;
    confirmed.see(comparableWords(text.confirmed), text.atMs);
    interim.see(comparableWords(`${text.confirmed} ${text.interim}`), text.atMs);
  }
  const delays = (times: readonly (number | null)[]) =>
    times.flatMap((atMs, index) => (atMs === null ? [] : [atMs - (said[index]?.endMs ?? 0)]));
  const last = alignReference(texts, comparableWords(before));
  return {
    ...{ shownMs: delays(interim.times), confirmedMs: delays(confirmed.times), changed, said: said.length },
    right: last.filter(({ kind }) => kind === 'same').length,
  };
}

/** Since when each word of a text has been there, in texts that grow; one that was only guessed before does not count. */
class LastingTimes {
  readonly times: (number | null)[];
  readonly #said: readonly { readonly word: string; readonly endMs: number }[];
  /** Up to here the words of the last text are settled, in both lists. */
  #from = { said: 0, seen: 0 };

  constructor(said: readonly { readonly word: string; readonly endMs: number }[]) {
    this.#said = said;
    this.times = said.map(() => null);
  }

  see(seen: readonly string[], atMs: number): void {
    const from = this.#from;
    // Words that were not said yet cannot have been shown.
    const said = this.#said.slice(from.said).filter(({ endMs }) => endMs <= atMs + EARLY_MS);
    const words = said.map(({ word }) => word);
    const same = alignReference(words, seen.slice(from.seen)).flatMap((step) =>
      step.kind === 'same' ? [step] : [],
    );
    const there = new Set(same.map(({ reference }) => reference));
    for (const index of words.keys()) {
      const place = from.said + index;
      this.times[place] = there.has(index) ? (this.times[place] ?? atMs) : null;
    }
    const settled = same.at(-ALIGNED_AGAIN);
    if (settled === undefined) return;
    this.#from = { said: from.said + settled.reference, seen: from.seen + settled.heard };
  }
}
