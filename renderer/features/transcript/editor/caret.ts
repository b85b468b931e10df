import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SegmentFlag } from '../../../../src/contract/transcript.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import type { TextEditor } from './transcript-editor.ts';

/** How long after the last typed character the speaker keys are text. */
const TYPING_MS = 2500;

const NO_FLAGS: readonly SegmentFlag[] = [];

/** What the screen shows about the caret's position. */
export interface CaretState {
  /** Notes about the passage at the caret. */
  readonly flags: readonly SegmentFlag[];
  /** Who speaks there; null if unknown. */
  readonly speaker: string | null;
  readonly selectionIsEmpty: boolean;
  /** The user types: the speaker keys are text. */
  readonly isTyping: boolean;
}

/** Tracks the caret of a text. */
export class Caret {
  readonly store: StoreApi<CaretState> = createStore(() => ({
    flags: NO_FLAGS,
    speaker: null,
    selectionIsEmpty: true,
    isTyping: false,
  }));
  #timer: ReturnType<typeof setTimeout> | null = null;

  get isTyping(): boolean {
    return this.store.getState().isTyping;
  }

  /** The user has typed something. */
  typed(): void {
    if (!this.isTyping) this.store.setState({ isTyping: true });
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.store.setState({ isTyping: false }), TYPING_MS);
  }

  /** The caret or the selection has moved. */
  moved({ table, view }: TextEditor): void {
    const { main } = view.state.selection;
    const segment = table.segments[indexAtPosition(table, main.head)];
    const { flags = NO_FLAGS, speaker = null } = segment ?? {};
    const before = this.store.getState();
    if (before.flags !== flags || before.speaker !== speaker || before.selectionIsEmpty !== main.empty)
      this.store.setState({ flags, speaker, selectionIsEmpty: main.empty });
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
