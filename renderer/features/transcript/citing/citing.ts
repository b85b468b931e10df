import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CitedPlace } from '../../../../src/contract/citation.ts';
import { request } from '../../../lib/client.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** Citations by page and line of an open transcript. */
export class Citing {
  /** Whether page and line are asked for. */
  readonly store: StoreApi<{ readonly isAsking: boolean }> = createStore(() => ({ isAsking: false }));
  readonly #editor: TextEditor;
  readonly #sync: TranscriptSync;

  constructor(editor: TextEditor, sync: TranscriptSync) {
    this.#editor = editor;
    this.#sync = sync;
  }

  /**
   * Copies the selection, or the paragraph at the caret, with its page and line; returns these, null where there is no text. Throws the
   * errors of `citations.copy`.
   */
  async copy(): Promise<string | null> {
    await this.#sync.flush();
    const cited = citedBy(this.#editor);
    if (cited === null) return null;
    const { recordingId } = this.#sync;
    return (await request('citations.copy', { recordingId, ...cited })).place;
  }

  ask(): void {
    this.store.setState({ isAsking: true });
  }

  close(): void {
    this.store.setState({ isAsking: false });
  }

  /** Finds the text of a line, to be shown once the dialog is gone. Throws the errors of `citations.find`. */
  async find(page: number, line: number): Promise<() => void> {
    await this.#sync.flush();
    const { recordingId } = this.#sync;
    const { segmentId, offset } = await request('citations.find', { recordingId, page, line });
    return () => {
      const { table } = this.#editor;
      const index = table.indexes.get(segmentId);
      if (index === undefined) return;
      const [from = 0, to = 0] = [table.from[index], table.to[index]];
      this.#editor.select({ from: Math.min(to, from + offset), to }, 'center');
      this.#editor.focus();
    };
  }
}

/** Where the selection, or the paragraph at the caret, begins and ends. */
function citedBy({ view, table }: TextEditor): { from: CitedPlace; to: CitedPlace } | null {
  const { doc, selection } = view.state;
  const { main } = selection;
  const from = main.empty ? doc.lineAt(main.head).from : main.from;
  const to = main.empty ? doc.lineAt(main.head).to : main.to;
  const first = table.segments.findIndex((_, index) => (table.to[index] ?? 0) > from);
  const last = table.segments.findLastIndex((_, index) => (table.from[index] ?? 0) < to);
  const [begins, ends] = [table.segments[first], table.segments[last]];
  if (begins === undefined || ends === undefined || first > last) return null;
  return {
    from: { segmentId: begins.id, offset: Math.max(0, from - (table.from[first] ?? 0)) },
    to: {
      segmentId: ends.id,
      offset: Math.min(to, table.to[last] ?? to) - (table.from[last] ?? 0),
    },
  };
}
