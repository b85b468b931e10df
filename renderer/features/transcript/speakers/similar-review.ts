import { createStore, type StoreApi } from 'zustand/vanilla';
import { request } from '../../../lib/client.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';
import { type SimilarParagraph, similarParagraphs } from './similar-paragraphs.ts';

/** Paragraphs that sound like one that was just given a speaker. */
export interface SimilarOffer {
  /** That speaker. */
  readonly speaker: string;
  /** Ids of the segments that were given it. */
  readonly taught: readonly string[];
  readonly paragraphs: readonly SimilarParagraph[];
}

/** What similar paragraphs are found with. */
export interface SimilarSurroundings {
  readonly editor: TextEditor;
  readonly sync: TranscriptSync;
  /** Whether voices can be compared. */
  readonly knowsVoices: () => boolean;
  /** Whether speakers are being assigned while it plays: more paragraphs may follow. */
  readonly isAssigning: () => boolean;
}

/** Similar paragraphs are looked for once assigning rests this long. */
const RESTING_MS = 700;

/** Finds what a corrected paragraph teaches about the rest of the recording. */
export class SimilarReview {
  readonly store: StoreApi<{ readonly offer: SimilarOffer | null }> = createStore(() => ({ offer: null }));
  readonly #with: SimilarSurroundings;
  readonly #stop: () => void;
  #taught: { readonly speaker: string; readonly segments: readonly string[] } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(surroundings: SimilarSurroundings) {
    this.#with = surroundings;
    this.#stop = surroundings.sync.store.subscribe(() => this.#recheck());
  }

  /** The user has given these segments a speaker; null if unknown. */
  assigned(segments: readonly string[], speaker: string | null): void {
    if (segments.length === 0) return;
    this.dismiss();
    if (speaker === null) return;
    const before = this.#taught?.speaker === speaker ? this.#taught.segments : [];
    this.#taught = { speaker, segments: [...before, ...segments] };
    this.#lookSoon();
  }

  /** Withdraws the offer. */
  dismiss(): void {
    if (this.store.getState().offer !== null) this.store.setState({ offer: null });
  }

  /** Gives the offer's speaker to these segments as one edit; returns whether that was done. */
  async apply(segments: readonly string[]): Promise<boolean> {
    const { offer } = this.store.getState();
    if (offer === null || segments.length === 0) return false;
    const { speaker } = offer;
    const { isDone } = await this.#with.sync.run({ kind: 'assignSpeaker', segments, speaker });
    if (isDone) this.dismiss();
    return isDone;
  }

  close(): void {
    this.#stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#taught = null;
  }

  #lookSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#with.isAssigning()) this.#lookSoon();
      // Offered only: without it each paragraph can be assigned all the same.
      else this.#look().catch(() => undefined);
    }, RESTING_MS);
  }

  async #look(): Promise<void> {
    const taught = this.#taught;
    this.#taught = null;
    if (taught === null || !this.#with.knowsVoices()) return;
    const { sync, editor } = this.#with;
    const segments = taught.segments.filter((id) => editor.table.indexes.has(id));
    if (segments.length === 0) return;
    const { recordingId } = sync;
    const { speaker } = taught;
    const found = await request('speakers.similar', { recordingId, segments, speaker });
    // Another one was corrected meanwhile.
    if (this.#taught !== null || !this.#holds(segments, speaker)) return;
    const paragraphs = similarParagraphs(found, editor.table);
    if (paragraphs.length > 0) this.store.setState({ offer: { speaker, taught: segments, paragraphs } });
  }

  /** Whether all these segments have that speaker. */
  #holds(segments: readonly string[], speaker: string): boolean {
    const { table } = this.#with.editor;
    return segments.every((id) => table.segments[table.indexes.get(id) ?? -1]?.speaker === speaker);
  }

  /** Undone or changed, a correction teaches nothing; what has changed elsewhere is not offered. */
  #recheck(): void {
    const { offer } = this.store.getState();
    if (offer === null) return;
    const { table } = this.#with.editor;
    if (!this.#holds(offer.taught, offer.speaker)) {
      this.dismiss();
      return;
    }
    const isThere = ({ segments, speaker }: SimilarParagraph) =>
      segments.every((id) => {
        const segment = table.segments[table.indexes.get(id) ?? -1];
        return segment !== undefined && segment.speaker === speaker;
      });
    const paragraphs = offer.paragraphs.filter(isThere);
    if (paragraphs.length === offer.paragraphs.length) return;
    this.store.setState({ offer: paragraphs.length === 0 ? null : { ...offer, paragraphs } });
  }
}
