import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import { type Doubts, doubtfulWords, findDoubtsInPauses } from '../document/doubts.ts';
import { placeRanges, type RangePlace } from '../document/paragraph-layout.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import type { TextRange } from '../editor/editor-state.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import { nextStop } from './next-stop.ts';

const NO_DOUBTS: Doubts = new Map();

/** Where the user is beside words: at a range without a text, or at a segment with an uncertain speaker. */
type Visited =
  | { readonly kind: 'range'; readonly range: SkippedRange }
  | { readonly kind: 'speaker'; readonly segmentId: string };

/** A change of speakers ranks before the first word of its segment. */
const BEFORE_WORD = 0.5;

/** At most this much of a segment with an uncertain speaker is played. */
const LONGEST_VOICE_MS = 10_000;

/** Marks the words of low confidence, and steps through them, uncertain speakers and the ranges that were not understood. */
export class DoubtReview {
  /** How many doubtful words there are. */
  readonly store: StoreApi<{ readonly count: number }> = createStore(() => ({ count: 0 }));
  readonly #editor: TextEditor;
  readonly #playback: Playback;
  readonly #skipped: () => readonly SkippedRange[];
  #doubts: Doubts = NO_DOUBTS;
  #areShown: boolean;
  /** What was gone to last, until the user goes elsewhere: typing there does not count. */
  #at: Visited | null = null;
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
    const at = this.#at?.kind === 'range' ? this.#at.range : null;
    return this.#skipped().find(({ startMs }) => startMs === at?.startMs) ?? null;
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
   * Goes to the next doubtful word, uncertain speaker or range that was not understood, or to the previous one, and plays it. A
   * range ranks before all of the segment after it.
   */
  hop(direction: 1 | -1): void {
    const { table, view } = this.#editor;
    const { from } = view.state.selection.main;
    const unclear = this.#unclearRanges();
    const rankOf = (place: number) => place - unclear.length;
    const { currentRange } = this;
    const at = unclear.findIndex(({ startMs }) => startMs === currentRange?.startMs);
    const slot = Math.max(0, indexAtPosition(table, from));
    const isAtSpeaker = this.#at?.kind === 'speaker' && this.#at.segmentId === table.segments[slot]?.id;
    const here =
      at < 0
        ? { slot, rank: isAtSpeaker ? from - BEFORE_WORD : from }
        : { slot: unclear[at]?.before ?? 0, rank: rankOf(at) };
    const stop = nextStop(here, direction, table.segments.length + 1, (index) => [
      ...unclear.flatMap((range, place) =>
        range.before === index ? [{ rank: rankOf(place), go: () => this.goToRange(range) }] : [],
      ),
      ...this.#unsureSpeaker(index),
      ...this.#doubtfulPlaces(index).map((word) => ({ rank: word.from, go: () => this.#goToWord(word) })),
    ]);
    stop?.go();
  }

  #goToWord(word: TextRange): void {
    this.#editor.select(word, 'center');
    this.#editor.view.focus();
    this.#playback.playAround(word);
  }

  /** The segment at this index, if its speaker is uncertain. */
  #unsureSpeaker(index: number): { rank: number; go: () => void }[] {
    const { table, view } = this.#editor;
    const segment = table.segments[index];
    if (segment?.flags.includes('unsureSpeaker') !== true) return [];
    const from = table.from[index] as number;
    const go = () => {
      this.#editor.select({ from, to: from }, 'center');
      view.focus();
      this.#at = { kind: 'speaker', segmentId: segment.id };
      // From its very start: a speaker's key says who speaks from the passage on that is being played.
      const { startMs, endMs } = segment;
      this.#playback.player.playRange(startMs, Math.min(endMs, startMs + LONGEST_VOICE_MS));
    };
    return [{ rank: from - BEFORE_WORD, go }];
  }

  /** Puts the caret where a range's words are missing, and plays it. */
  goToRange(range: SkippedRange): void {
    const { table, view } = this.#editor;
    const before = placeRanges(table.segments, [range])[0]?.before ?? 0;
    const position = (before === 0 ? table.from[0] : table.to[before - 1]) ?? 0;
    this.#editor.select({ from: position, to: position }, 'center');
    view.focus();
    this.#at = { kind: 'range', range };
    this.#playback.playRange(range);
  }

  close(): void {
    this.#isClosed = true;
  }

  #unclearRanges(): (SkippedRange & RangePlace)[] {
    const unclear = this.#skipped().filter(({ reason }) => reason !== 'noSpeech');
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
