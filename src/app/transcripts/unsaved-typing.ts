import { Mutex } from 'async-mutex';
import { isAppError } from '../../contract/errors.ts';
import type { UnsavedCount, UnsavedText } from '../../contract/views.ts';
import type { TranscriptEditor } from './transcript-editor.ts';

/**
 * Typing that could not be stored, as on a full disk. The page that shows it reports it here and goes on trying; once
 * it has gone, this side tries: nothing is lost with a window that is left, crashed or behind the curtain. Memory only.
 */
export class UnsavedTyping {
  readonly #editor: Pick<TranscriptEditor, 'edit'>;
  readonly #kept = new Map<string, UnsavedText>();
  /** Recordings whose text a page shows. */
  readonly #shown = new Set<string>();
  readonly #mutex = new Mutex();

  constructor(editor: Pick<TranscriptEditor, 'edit'>) {
    this.#editor = editor;
  }

  /** Keeps all that a page could not store of a recording, replacing its earlier report; no runs mean none. */
  keep(recordingId: string, text: UnsavedText): void {
    this.#shown.add(recordingId);
    if (text.runs.length === 0) this.#kept.delete(recordingId);
    else this.#kept.set(recordingId, text);
  }

  /** Returns the unsaved runs of a text to the page that opens it; from then on the page tries to store them. */
  takeUp(recordingId: string): Promise<UnsavedText['runs']> {
    // A run that is being stored ends up in the text, or is returned here.
    return this.#mutex.runExclusive(() => {
      this.#shown.add(recordingId);
      return this.#kept.get(recordingId)?.runs ?? [];
    });
  }

  /** The page that showed this recording's text has gone; without an id, every page has. */
  letGo(recordingId?: string): void {
    if (recordingId === undefined) this.#shown.clear();
    else this.#shown.delete(recordingId);
  }

  /** How much is unsaved; null if nothing is. */
  get count(): UnsavedCount | null {
    const runs = this.texts.flatMap((text) => text.runs);
    if (runs.length === 0) return null;
    return {
      letters: runs.reduce((sum, { letters }) => sum + letters, 0),
      passages: runs.reduce((sum, { segments }) => sum + segments.length, 0),
    };
  }

  /** Everything that is unsaved, with the recordings it belongs to. */
  get texts(): readonly (UnsavedText & { readonly recordingId: string })[] {
    return [...this.#kept].map(([recordingId, text]) => ({ recordingId, ...text }));
  }

  /** Tries to store what no page shows any more; returns whether nothing at all is unsaved. */
  async storeLeft(): Promise<boolean> {
    return await this.#store((recordingId) => !this.#shown.has(recordingId));
  }

  /** Tries to store everything; returns whether nothing is unsaved. Throws nothing: what fails is kept. */
  async store(): Promise<boolean> {
    return await this.#store(() => true);
  }

  /** Discards what is unsaved, as the user chose. */
  forget(): void {
    this.#kept.clear();
  }

  #store(isWanted: (recordingId: string) => boolean): Promise<boolean> {
    return this.#mutex.runExclusive(async () => {
      for (const text of this.texts) if (isWanted(text.recordingId)) await this.#storeOne(text);
      return this.#kept.size === 0;
    });
  }

  async #storeOne({ recordingId, undoGroup, runs }: (typeof this.texts)[number]): Promise<void> {
    const stored = this.#kept.get(recordingId);
    try {
      for (const { segments, texts } of runs) {
        await this.#editor.edit(recordingId, segments, texts, { undoGroup });
      }
    } catch (error) {
      // Only for a recording that is gone nothing can be kept; any other error may pass.
      if (!isAppError(error, 'recording.notFound', 'recording.notTranscribed')) return;
    }
    // A page may have reported more meanwhile.
    if (this.#kept.get(recordingId) === stored) this.#kept.delete(recordingId);
  }
}
