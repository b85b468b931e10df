import { createStore, type StoreApi } from 'zustand/vanilla';
import { indexAtPosition } from '../document/segment-table.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** Where to choose a speaker: at a label, or at the caret. */
export interface SpeakerQuestion {
  /** Position of the menu, in pixels of the window. */
  readonly place: { readonly left: number; readonly top: number; readonly height: number };
  /** The current speaker. */
  readonly speaker: string | null;
  /**
   * - `paragraph`: the answer is for these segments.
   * - `split`: someone else speaks from `position` on.
   */
  readonly scope:
    | { readonly kind: 'paragraph'; readonly segments: readonly string[] }
    | { readonly kind: 'split'; readonly position: number };
}

/** Speakers were assigned: the ids that the segments have from then on, and the speaker, null if unknown. */
export type OnAssigned = (segments: readonly string[], speaker: string | null) => void;

/** Asks who speaks, and stores the answers. */
export class SpeakerQuestions {
  readonly store: StoreApi<{ readonly question: SpeakerQuestion | null }> = createStore(() => ({
    question: null,
  }));
  readonly #editor: TextEditor;
  readonly #sync: Pick<TranscriptSync, 'run' | 'flush' | 'beginUndoGroup'>;
  readonly #onAssigned: OnAssigned;

  constructor(
    editor: TextEditor,
    sync: Pick<TranscriptSync, 'run' | 'flush' | 'beginUndoGroup'>,
    onAssigned: OnAssigned,
  ) {
    this.#editor = editor;
    this.#sync = sync;
    this.#onAssigned = onAssigned;
  }

  /** Assigns a speaker to the caret's paragraph, or the selected passages. */
  assignAtCaret(speaker: string): void {
    void this.assign(this.#segmentsAtCaret(), speaker);
  }

  /** Confirms the speaker of the passage at the caret: it is sure from then on. */
  confirmAtCaret(): void {
    const { table, view } = this.#editor;
    const segment = table.segments[indexAtPosition(table, view.state.selection.main.head)];
    if (segment !== undefined) void this.assign([segment.id], segment.speaker);
  }

  /** Assigns a speaker to segments; null if unknown. With an undo group those of a row are undone together. */
  async assign(segments: readonly string[], speaker: string | null, undoGroup?: string): Promise<void> {
    const { inserted } = await this.#sync.run({ kind: 'assignSpeaker', segments, speaker, undoGroup });
    this.#onAssigned(inserted, speaker);
  }

  /** Asks who speaks in the paragraph at the caret, or in the selected passages. */
  askAtCaret(): void {
    const { head } = this.#editor.view.state.selection.main;
    // The menu opens at the caret, which may be scrolled out of view.
    this.#editor.reveal(head, 'nearest');
    this.#ask(head, { kind: 'paragraph', segments: this.#segmentsAtCaret() });
  }

  /** Asks who speaks in the paragraph whose label was pressed. */
  askAtLabel(position: number, label: HTMLElement): void {
    const { left, top, height } = label.getBoundingClientRect();
    const segments = this.#editor.paragraphSegments(position);
    this.#ask(position, { kind: 'paragraph', segments }, { left, top, height });
  }

  /** Asks who speaks from a character on. */
  askFrom(position: number): void {
    this.#ask(position, { kind: 'split', position });
  }

  /** Answers who speaks; null if unknown. */
  async answer(speaker: string | null): Promise<void> {
    const { question } = this.store.getState();
    this.close();
    if (question === null) return;
    const { scope } = question;
    if (scope.kind === 'paragraph') {
      await this.assign(scope.segments, speaker);
      return;
    }
    if (speaker === question.speaker) return;
    this.#sync.beginUndoGroup();
    const undoGroup = crypto.randomUUID();
    const segments = await this.#splitAt(scope.position, undoGroup);
    await this.assign(segments, speaker, undoGroup);
  }

  /** Renames the speaker everywhere. */
  async renameEverywhere(to: string): Promise<void> {
    const { question } = this.store.getState();
    this.close();
    if (question === null || question.speaker === null) return;
    await this.#sync.run({ kind: 'renameSpeaker', from: question.speaker, to });
  }

  /** Closes the question; the text gets the focus back unless the user has moved it elsewhere. */
  close(takesKeyboard = true): void {
    this.store.setState({ question: null });
    if (takesKeyboard) this.#editor.focus();
  }

  /** Splits a segment at a document character; returns the ids from there to the paragraph's end. */
  async #splitAt(position: number, undoGroup: string): Promise<string[]> {
    const editor = this.#editor;
    await this.#sync.flush();
    const { table, view } = editor;
    const rest = editor.paragraphSegments(position, true);
    const [segment] = rest;
    const index = segment === undefined ? -1 : (table.indexes.get(segment) ?? -1);
    if (segment === undefined || index < 0) return [];
    const from = table.from[index] as number;
    const text = view.state.sliceDoc(from, table.to[index]);
    const at = Math.max(0, position - from);
    if (text.slice(0, at).trim() === '') return rest;
    if (text.slice(at).trim() === '') return rest.slice(1);
    const { inserted } = await this.#sync.run({ kind: 'split', segment, text, at, undoGroup });
    return [...inserted.slice(-1), ...rest.slice(1)];
  }

  #segmentsAtCaret(): string[] {
    const { empty, head } = this.#editor.view.state.selection.main;
    return empty ? this.#editor.paragraphSegments(head) : this.#editor.selectedSegments();
  }

  #ask(position: number, scope: SpeakerQuestion['scope'], place?: SpeakerQuestion['place']): void {
    const { table, view } = this.#editor;
    const at = place ?? caretPlace(view.coordsAtPos(position));
    const speaker = table.segments[indexAtPosition(table, position)]?.speaker ?? null;
    if (scope.kind === 'paragraph' && scope.segments.length === 0) return;
    this.store.setState({ question: { place: at, speaker, scope } });
  }
}

function caretPlace(
  coordinates: { left: number; top: number; bottom: number } | null,
): SpeakerQuestion['place'] {
  if (coordinates === null) return { left: window.innerWidth / 3, top: window.innerHeight / 3, height: 0 };
  return { left: coordinates.left, top: coordinates.top, height: coordinates.bottom - coordinates.top };
}
