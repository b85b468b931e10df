import { unpackWords } from '../../../../src/contract/packed-segments.ts';
import type { Word } from '../../../../src/contract/transcript.ts';
import { request } from '../../../lib/client.ts';
import { awaitsWords } from '../document/outlines.ts';
import { indexesInRange } from '../document/segment-table.ts';
import type { TranscriptEditor } from '../editor/transcript-editor.ts';
import { idle } from './idle.ts';

/** Segments whose words are asked for at once: few milliseconds of work for everyone on their way. */
const BATCH = 400;

/**
 * Fetches the words of an opened transcript behind its text: first those of what is on the screen, then the others, when
 * nothing else is to do. Until a segment's words are there, its own times stand for theirs.
 */
export class WordLoader {
  readonly #recordingId: string;
  readonly #editor: TranscriptEditor;
  readonly #onLoaded: () => void;
  #isLoading = false;
  #isStale = false;
  #isClosed = false;

  /** @param onLoaded all words are there. */
  constructor(recordingId: string, editor: TranscriptEditor, onLoaded: () => void) {
    this.#recordingId = recordingId;
    this.#editor = editor;
    this.#onLoaded = onLoaded;
  }

  /** Fetches what is missing. */
  load(): void {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#loadAll()
      // Without their words texts are read, played and edited all the same; the next opening asks again.
      .catch(() => undefined)
      .finally(() => {
        this.#isLoading = false;
      });
  }

  close(): void {
    this.#isClosed = true;
  }

  async #loadAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      await this.#fetch(this.#missingOnScreen());
      for (let from = 0; from < this.#editor.table.segments.length; ) {
        const { ids, next } = this.#missingFrom(from);
        from = next;
        await idle();
        await this.#fetch(ids);
      }
    }
    if (!this.#isClosed) this.#onLoaded();
  }

  #missingOnScreen(): string[] {
    const { table, view } = this.#editor;
    const indexes = indexesInRange(table, view.viewport.from, view.viewport.to);
    if (indexes === null) return [];
    const shown = table.segments.slice(indexes.first, indexes.last + 1);
    const missing = shown.filter(awaitsWords).map(({ id }) => id);
    return missing.slice(0, BATCH);
  }

  /** The next batch from this segment on, and where the one behind it begins. */
  #missingFrom(from: number): { ids: string[]; next: number } {
    const { segments } = this.#editor.table;
    const ids: string[] = [];
    let next = from;
    for (; next < segments.length && ids.length < BATCH; next += 1) {
      const segment = segments[next];
      if (segment !== undefined && awaitsWords(segment)) ids.push(segment.id);
    }
    return { ids, next };
  }

  async #fetch(ids: string[]): Promise<void> {
    if (ids.length === 0 || this.#isClosed) return;
    const packed = await request('transcripts.words', { recordingId: this.#recordingId, segments: ids });
    if (this.#isClosed) return;
    this.#take(unpackWords(packed));
  }

  #take(words: ReadonlyMap<string, Word[]>): void {
    const { table } = this.#editor;
    const segments = table.segments.slice();
    for (const [id, own] of words) {
      const index = table.indexes.get(id);
      const segment = index === undefined ? undefined : segments[index];
      // An edit brings the words of what it changes, and these are newer.
      if (index === undefined || segment === undefined || !awaitsWords(segment)) continue;
      segments[index] = { ...segment, words: own };
    }
    this.#editor.setSegments(segments);
  }
}
