import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import { type Doubts, doubtfulWords, findDoubtsInPauses } from '../document/doubts.ts';
import { placeRanges, type RangePlace } from '../document/paragraph-layout.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import { nextStop } from './next-stop.ts';

const NO_DOUBTS: Doubts = new Map();

/** Marks the words of low confidence, and steps through them and the ranges that were not understood. */
export class DoubtReview {
  /** How many doubtful words there are. */
  readonly store: StoreApi<{ readonly count: number }> = createStore(() => ({ count: 0 }));
  readonly #editor: TextEditor;
  readonly #playback: Playback;
  readonly #skipped: () => readonly SkippedRange[];
  #doubts: Doubts = NO_DOUBTS;
  #areShown: boolean;
  /** The range without a text gone to last, until the user goes elsewhere: typing there does not count. */
  #at: SkippedRange | null = null;
  #isClosed = false;

  /** @param skipped the ranges without a text. */
  constructor(
    editor: TextEditor,
    playback: Playback,
    skipped: () => readonly SkippedRange[],
    areShown: boolean,
  ) {
    this.#editor = editor;
    this.#playback = playback;
    this.#skipped = skipped;
    this.#areShown = areShown;
  }

  /** The range without a text being played; null if the user is at words. */
  get currentRange(): SkippedRange | null {
    // A reopened text has it as another object.
    return this.#skipped().find(({ startMs }) => startMs === this.#at?.startMs) ?? null;
  }

  /** Finds doubtful words when idle. */
  async find(pause: () => Promise<unknown>): Promise<void> {
    const found = await findDoubtsInPauses(this.#editor.table.segments, pause);
    if (this.#isClosed) return;
    this.#doubts = found;
    let count = 0;
    for (const own of found.values()) count += own.length;
    this.store.setState({ count });
    this.show(this.#areShown);
  }

  /** Marks the doubtful words, or removes the marks. */
  show(areShown: boolean): void {
    this.#areShown = areShown;
    this.#editor.setDoubts(areShown ? this.#doubts : NO_DOUBTS);
  }

  /** The caret was moved. */
  leave(): void {
    this.#at = null;
  }

  /**
   * Goes to the next doubtful word or range that was not understood, or to the previous one, and plays it. A range
   * ranks before all words of the segment after it.
   */
  hop(direction: 1 | -1): void {
    const { table, view } = this.#editor;
    const { from } = view.state.selection.main;
    const unclear = this.#unclearRanges();
    const rankOf = (place: number) => place - unclear.length;
    const at = unclear.findIndex(({ startMs }) => startMs === this.#at?.startMs);
    const here =
      at < 0
        ? { slot: Math.max(0, indexAtPosition(table, from)), rank: from }
        : { slot: unclear[at]?.before ?? 0, rank: rankOf(at) };
    const stop = nextStop(here, direction, table.segments.length + 1, (slot) => [
      ...unclear.flatMap((range, place) =>
        range.before === slot ? [{ rank: rankOf(place), range, word: null }] : [],
      ),
      ...this.#doubtfulPlaces(slot).map((word) => ({ rank: word.from, range: null, word })),
    ]);
    if (stop === null) return;
    if (stop.range !== null) {
      this.goToRange(stop.range);
      return;
    }
    this.#editor.select(stop.word, 'center');
    view.focus();
    this.#playback.playAround(stop.word);
  }

  /** Puts the caret where a range's words are missing, and plays it. */
  goToRange(range: SkippedRange): void {
    const { table, view } = this.#editor;
    const before = placeRanges(table.segments, [range])[0]?.before ?? 0;
    const position = (before === 0 ? table.from[0] : table.to[before - 1]) ?? 0;
    this.#editor.select({ from: position, to: position }, 'center');
    view.focus();
    this.#at = range;
    this.#playback.playRange(range);
  }

  close(): void {
    this.#isClosed = true;
  }

  #unclearRanges(): (SkippedRange & RangePlace)[] {
    const unclear = this.#skipped().filter(({ reason }) => reason === 'notUnderstood');
    return placeRanges(this.#editor.table.segments, unclear);
  }

  #doubtfulPlaces(index: number): { from: number; to: number }[] {
    const segment = this.#editor.table.segments[index];
    if (segment === undefined) return [];
    const doubtful = new Set(doubtfulWords(segment, this.#doubts).map((word) => segment.words[word]));
    if (doubtful.size === 0) return [];
    return this.#editor.wordsAt(index).filter(({ word }) => doubtful.has(word));
  }
}
