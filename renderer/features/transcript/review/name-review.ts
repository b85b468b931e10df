import { type CorrectedWord, correctedWord } from '../document/corrected-word.ts';
import { findInText, type Match } from '../document/find-in-text.ts';
import type { Playback } from '../playback/playback.ts';
import type { TranscriptSession } from '../transcript-session.ts';
import type { CorrectionOffer, Review } from '../transcript-state.ts';

/** A correction is looked at once typing rests so long. */
const RESTING_MS = 900;

/** Notices corrected names, and goes through the other places where the old one stands. */
export class NameReview {
  readonly #session: TranscriptSession;
  readonly #playback: Playback;
  #before: { readonly id: string; readonly text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(session: TranscriptSession, playback: Playback) {
    this.#session = session;
    this.#playback = playback;
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
      const { table } = this.#session.editor;
      this.#before = { id, text: table.segments[table.indexes.get(id) ?? -1]?.text ?? '' };
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), RESTING_MS);
  }

  /** Puts the offer away. */
  dismiss(): void {
    this.#before = null;
    this.#session.state.setState({ offer: null });
    this.#session.editor.focus();
  }

  /** Begins with the first place. */
  begin(): void {
    const { offer } = this.#session.state.getState();
    if (offer === null) return;
    this.#before = null;
    this.#session.state.setState({ offer: null });
    this.#goTo({ ...offer, current: 0, decisions: new Map() });
  }

  /** Decides about the current place and goes to the next; behind the last one all that were accepted are replaced. */
  async decide(accepts: boolean): Promise<number | null> {
    const { review } = this.#session.state.getState();
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
    const { review } = this.#session.state.getState();
    if (review === null) return null;
    const decisions = new Map(review.decisions);
    for (const id of review.segments.slice(review.current)) decisions.set(id, true);
    return await this.#finish({ ...review, decisions });
  }

  /** Plays the current place again. */
  again(): void {
    const { review } = this.#session.state.getState();
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
    const word = correctedWord(before.text, this.#session.editor.textOf(before.id));
    const offer = word === null ? null : this.#offerFor(word);
    if (offer !== null || this.#session.state.getState().offer !== null)
      this.#session.state.setState({ offer });
  }

  #offerFor(word: CorrectionOffer['word']): CorrectionOffer | null {
    const { table } = this.#session.editor;
    const matches = this.#places(word);
    if (matches.length === 0) return null;
    const segments = new Set(matches.flatMap(({ index }) => table.segments[index]?.id ?? []));
    return { word, segments: [...segments], count: matches.length };
  }

  /** Where the old name stands now. */
  #places(word: CorrectedWord): Match[] {
    const { editor } = this.#session;
    const search = { text: word.from, matchCase: true, wholeWords: true };
    return findInText(editor.view.state.doc.toString(), editor.table, search);
  }

  #goTo(review: Review): void {
    this.#session.state.setState({ review });
    const { editor } = this.#session;
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
    this.#session.editor.setFound({ matches: [], current: -1 });
    this.#session.state.setState({ review: null });
    this.#session.editor.focus();
  }

  async #finish(review: Review): Promise<number> {
    this.#end();
    const accepted = review.segments.filter((id) => review.decisions.get(id) === true);
    if (accepted.length === 0) return 0;
    const { from, to } = review.word;
    return await this.#session.replaceAll(
      { find: from, replacement: to, matchCase: true, wholeWords: true },
      accepted,
    );
  }
}
