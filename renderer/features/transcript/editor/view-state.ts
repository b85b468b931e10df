import { EditorView } from '@codemirror/view';
import type { TranscriptView } from '../../../../src/contract/views.ts';
import { request } from '../../../lib/client.ts';
import { notePlayhead } from '../../../stores/library.ts';
import { indexAtPosition, indexAtTime, type SegmentTable } from '../document/segment-table.ts';
import type { TextEditor } from './transcript-editor.ts';

/** The view state of a transcript: caret, scroll and playhead. */
export type ViewState = TranscriptView['place'];

/** How often the view state is stored while something moves: less than a tenth of a second is lost. */
const KEEPING_MS = 50;

/** Stores the view state, so that the next opening restores it, also after a crash. */
export class ViewStateKeeper {
  readonly #recordingId: string;
  readonly #editor: TextEditor;
  readonly #playheadMs: () => number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #kept = '';

  constructor(recordingId: string, editor: TextEditor, playheadMs: () => number) {
    this.#recordingId = recordingId;
    this.#editor = editor;
    this.#playheadMs = playheadMs;
  }

  /** Something has moved: stores it within a moment. */
  moved(): void {
    this.#timer ??= setTimeout(() => this.keep(), KEEPING_MS);
  }

  /** The view state, for callers who store it with other data. */
  current(): ViewState {
    const viewState = viewStateOf(this.#editor, this.#playheadMs());
    this.#kept = JSON.stringify(viewState);
    return viewState;
  }

  /** Stores the view state now. */
  keep(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#editor.view.dom.isConnected) return;
    const viewState = viewStateOf(this.#editor, this.#playheadMs());
    const written = JSON.stringify(viewState);
    if (written === this.#kept) return;
    this.#kept = written;
    notePlayhead(this.#recordingId, viewState.playheadMs);
    // The next move retries; a lost one is no reason to interrupt the user.
    request('transcripts.saveViewState', { recordingId: this.#recordingId, place: viewState }).catch(() => {
      this.#kept = '';
    });
  }

  /** Stops storing. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function viewStateOf(editor: TextEditor, playheadMs: number): ViewState {
  const { table, view } = editor;
  const { head } = view.state.selection.main;
  const index = indexAtPosition(table, head);
  return {
    segmentId: table.segments[index]?.id ?? null,
    offset: index < 0 ? 0 : head - (table.from[index] as number),
    scrollMs: timeAtTop(editor),
    playheadMs: Math.round(playheadMs),
  };
}

/** Restores caret and scroll position. */
export function restoreViewState(editor: TextEditor, viewState: ViewState): void {
  const { table, view } = editor;
  const index = viewState.segmentId === null ? undefined : table.indexes.get(viewState.segmentId);
  if (index !== undefined) {
    const position = Math.min(view.state.doc.length, (table.from[index] as number) + viewState.offset);
    view.dispatch({ selection: { anchor: position } });
  }
  if (viewState.scrollMs > 0) scrollToTime(editor, viewState.scrollMs);
}

/**
 * The recording time at the upper edge of the screen: the edge's position in its paragraph, as a share of the
 * paragraph's time, so that the same pixel can be restored.
 */
function timeAtTop({ table, view }: TextEditor): number {
  const top = view.scrollDOM.getBoundingClientRect().top - view.documentTop;
  if (top <= 0) return 0;
  const block = view.lineBlockAtHeight(top);
  const time = timeOfLine(table, block.from, block.to);
  if (time === null) return 0;
  const share = Math.min(1, Math.max(0, (top - block.top) / Math.max(1, block.height)));
  return Math.round(time.startMs + share * (time.endMs - time.startMs));
}

function scrollToTime({ table, view }: TextEditor, timeMs: number): void {
  const index = indexAtTime(table, timeMs);
  if (index < 0) return;
  const line = view.state.doc.lineAt(table.from[index] as number);
  const time = timeOfLine(table, line.from, line.to);
  if (time === null) return;
  const share = Math.min(1, (timeMs - time.startMs) / Math.max(1, time.endMs - time.startMs));
  view.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: 'start', yMargin: 0 }) });
  // Only what is drawn has its true height: the second step follows the first.
  requestAnimationFrame(() => {
    view.requestMeasure({
      read: () => {
        const block = view.lineBlockAt(line.from);
        const edge = view.scrollDOM.getBoundingClientRect().top;
        return view.documentTop + block.top + share * block.height - edge;
      },
      write: (distance) => {
        view.scrollDOM.scrollTop += distance;
      },
    });
  });
}

function timeOfLine(
  table: SegmentTable,
  from: number,
  to: number,
): { startMs: number; endMs: number } | null {
  const first = table.segments[indexAtPosition(table, from)];
  const last = table.segments[indexAtPosition(table, to)];
  if (first === undefined || last === undefined) return null;
  return { startMs: first.startMs, endMs: Math.max(first.startMs, last.endMs) };
}
