import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CorrectedWord } from '../../../../src/contract/correction-rules.ts';
import type { RequestInput } from '../../../../src/contract/ipc.ts';
import { correctedWord } from '../document/corrected-word.ts';
import { findInText, type Match } from '../document/find-in-text.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';

/** A corrected name that occurs elsewhere too. */
export interface CorrectionOffer {
  readonly word: CorrectedWord;
  /** Segments in which it still occurs. */
  readonly segments: readonly string[];
  readonly count: number;
}

/** Review of a corrected name's occurrences. */
export interface Review extends CorrectionOffer {
  /** Index of the segment in review. */
  readonly current: number;
  /** The decisions so far, by segment. */
  readonly decisions: ReadonlyMap<string, boolean>;
}

/** A corrected name as displayed: the offer to review its other occurrences, or the progress; null for neither. */
export interface NameReviewState {
  readonly offer: CorrectionOffer | null;
  readonly review: Review | null;
}

/** Replaces in these segments; returns how many occurrences. */
type ReplaceIn = (
  search: Omit<RequestInput<'transcripts.replaceAll'>, 'recordingId' | 'segments'>,
  segments: readonly string[],
) => Promise<number>;

/** Told of a word that was corrected by typing in a segment, or by a review. */
export type OnCorrected = (word: CorrectedWord, how: { readonly segmentId: string } | 'review') => void;

/** A correction is checked once typing rests this long. */
const RESTING_MS = 900;

/** Detects corrected names, and reviews the other occurrences of the old one. */
export class NameReview {
  readonly store: StoreApi<NameReviewState> = createStore(() => ({ offer: null, review: null }));
  readonly #editor: TextEditor;
  readonly #playback: Playback;
  readonly #replace: ReplaceIn;
  readonly #onCorrected: OnCorrected;
  #before: { readonly id: string; readonly text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(editor: TextEditor, playback: Playback, replace: ReplaceIn, onCorrected: OnCorrected) {
    this.#onCorrected = onCorrected;
    this.#editor = editor;
    this.#playback = playback;
    this.#replace = replace;
  }

  /** Segments were typed in: remembers the first one's text before the typing. */
  typed(ids: readonly string[]): void {
    const [id] = ids;
    if (id === undefined || ids.length > 1) {
      this.#before = null;
      return;
    }
    if (this.#before?.id !== id) {
      this.#look();
      const { table } = this.#editor;
      this.#before = { id, text: table.segments[table.indexes.get(id) ?? -1]?.text ?? '' };
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), RESTING_MS);
  }

  /** Offers to review where a word occurs that is to be corrected; nothing where it does not. */
  propose(word: CorrectedWord): void {
    this.store.setState({ offer: this.#offerFor(word) });
  }

  /** Dismisses the offer. */
  dismiss(): void {
    this.#before = null;
    this.store.setState({ offer: null });
    this.#editor.focus();
  }

  /** Begins at the first. */
  begin(): void {
    const { offer } = this.store.getState();
    if (offer === null) return;
    this.#before = null;
    this.store.setState({ offer: null });
    this.#goTo({ ...offer, current: 0, decisions: new Map() });
  }

  /** Decides about the current one and goes to the next; after the last, all accepted ones are replaced. */
  async decide(accepts: boolean): Promise<number | null> {
    const { review } = this.store.getState();
    if (review === null) return null;
    const id = review.segments[review.current];
    const decisions = new Map(review.decisions);
    if (id !== undefined) decisions.set(id, accepts);
    if (review.current + 1 < review.segments.length) {
      this.#goTo({ ...review, decisions, current: review.current + 1 });
      return null;
    }
    return await this.#finish({ ...review, decisions });
  }

  /** Accepts this and all that follow. */
  async acceptRest(): Promise<number | null> {
    const { review } = this.store.getState();
    if (review === null) return null;
    const decisions = new Map(review.decisions);
    for (const id of review.segments.slice(review.current)) decisions.set(id, true);
    return await this.#finish({ ...review, decisions });
  }

  /** Plays the current occurrence. */
  again(): void {
    const { review } = this.store.getState();
    if (review !== null) this.#goTo(review);
  }

  /** Cancels the review: nothing is replaced. */
  cancel(): void {
    this.#end();
  }

  /** What was corrected last is looked at now. */
  close(): void {
    if (this.#timer !== null) this.#look();
  }

  #look(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const before = this.#before;
    if (before === null) return;
    const word = correctedWord(before.text, this.#editor.textOf(before.id));
    if (word !== null) this.#onCorrected(word, { segmentId: before.id });
    const offer = word === null ? null : this.#offerFor(word);
    if (offer !== null || this.store.getState().offer !== null) this.store.setState({ offer });
  }

  #offerFor(word: CorrectionOffer['word']): CorrectionOffer | null {
    const { table } = this.#editor;
    const matches = this.#places(word);
    if (matches.length === 0) return null;
    const segments = new Set(matches.flatMap(({ index }) => table.segments[index]?.id ?? []));
    return { word, segments: [...segments], count: matches.length };
  }

  /** Where the old name occurs now. */
  #places(word: CorrectedWord): Match[] {
    const editor = this.#editor;
    const search = { text: word.from, matchCase: true, wholeWords: true };
    return findInText(editor.view.state.doc.toString(), editor.table, search);
  }

  #goTo(review: Review): void {
    this.store.setState({ review });
    const editor = this.#editor;
    const id = review.segments[review.current];
    const index = id === undefined ? undefined : editor.table.indexes.get(id);
    // A segment may hold several: all are shown, played and decided about together.
    const matches = this.#places(review.word).filter((match) => match.index === index);
    const [first] = matches;
    const last = matches.at(-1);
    if (first === undefined || last === undefined) return;
    const range = { from: first.from, to: last.to };
    editor.select(range, 'center');
    editor.setFound({ matches, current: 0 });
    this.#playback.playAround(range);
  }

  #end(): void {
    this.#playback.player.pause();
    this.#editor.setFound({ matches: [], current: -1 });
    this.store.setState({ review: null });
    this.#editor.focus();
  }

  async #finish(review: Review): Promise<number> {
    this.#end();
    const accepted = review.segments.filter((id) => review.decisions.get(id) === true);
    if (accepted.length === 0) return 0;
    const { from, to } = review.word;
    this.#onCorrected(review.word, 'review');
    return await this.#replace({ find: from, replacement: to, matchCase: true, wholeWords: true }, accepted);
  }
}
