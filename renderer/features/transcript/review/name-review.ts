import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RequestInput } from '../../../../src/contract/ipc.ts';
import { type CorrectedWord, correctedWord } from '../document/corrected-word.ts';
import { findInText, type Match } from '../document/find-in-text.ts';
import type { TranscriptEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';

/** A name that was corrected and stands elsewhere too. */
export interface CorrectionOffer {
  readonly word: CorrectedWord;
  /** Segments in which it still stands. */
  readonly segments: readonly string[];
  readonly count: number;
}

/** Going through the other places of a corrected name. */
export interface Review extends CorrectionOffer {
  /** Which of the segments is being looked at. */
  readonly current: number;
  /** What was decided so far: by segment. */
  readonly decisions: ReadonlyMap<string, boolean>;
}

/** What is shown of a corrected name: the offer to go through its other places, or how far that is; null for neither. */
export interface NameReviewState {
  readonly offer: CorrectionOffer | null;
  readonly review: Review | null;
}

/** Replaces in these segments; gives how many places there were. */
type ReplaceIn = (
  search: Omit<RequestInput<'transcripts.replaceAll'>, 'recordingId' | 'segments'>,
  segments: readonly string[],
) => Promise<number>;

/** A correction is looked at once typing rests so long. */
const RESTING_MS = 900;

/** Notices corrected names, and goes through the other places where the old one stands. */
export class NameReview {
  readonly store: StoreApi<NameReviewState> = createStore(() => ({ offer: null, review: null }));
  readonly #editor: TranscriptEditor;
  readonly #playback: Playback;
  readonly #replace: ReplaceIn;
  #before: { readonly id: string; readonly text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(editor: TranscriptEditor, playback: Playback, replace: ReplaceIn) {
    this.#editor = editor;
    this.#playback = playback;
    this.#replace = replace;
  }

  /** Segments were typed in: remembers the text of the first before anything was. */
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

  /** Puts the offer away. */
  dismiss(): void {
    this.#before = null;
    this.store.setState({ offer: null });
    this.#editor.focus();
  }

  /** Begins with the first place. */
  begin(): void {
    const { offer } = this.store.getState();
    if (offer === null) return;
    this.#before = null;
    this.store.setState({ offer: null });
    this.#goTo({ ...offer, current: 0, decisions: new Map() });
  }

  /** Decides about the current place and goes to the next; behind the last one all that were accepted are replaced. */
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

  /** Accepts this place and all that follow. */
  async acceptRest(): Promise<number | null> {
    const { review } = this.store.getState();
    if (review === null) return null;
    const decisions = new Map(review.decisions);
    for (const id of review.segments.slice(review.current)) decisions.set(id, true);
    return await this.#finish({ ...review, decisions });
  }

  /** Plays the current place again. */
  again(): void {
    const { review } = this.store.getState();
    if (review !== null) this.#goTo(review);
  }

  /** Gives the review up: nothing is replaced. */
  cancel(): void {
    this.#end();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #look(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const before = this.#before;
    if (before === null) return;
    const word = correctedWord(before.text, this.#editor.textOf(before.id));
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

  /** Where the old name stands now. */
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
    // It may stand there more than once: all of them are shown, played and decided about together.
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
    return await this.#replace({ find: from, replacement: to, matchCase: true, wholeWords: true }, accepted);
  }
}
