import { EditorView } from '@codemirror/view';
import type { TranscriptView } from '../../../../src/contract/views.ts';
import { request } from '../../../lib/client.ts';
import { notePlayhead } from '../../../stores/library.ts';
import { indexAtPosition, indexAtTime, type SegmentTable } from '../document/segment-table.ts';
import type { TranscriptEditor } from './transcript-editor.ts';

/** Where the user is in a transcript: caret, scroll and playhead. */
export type ViewState = TranscriptView['place'];

/** While something moves on and on, the view state is stored so often: less than a tenth of a second is lost. */
const KEEPING_MS = 50;

/** Keeps where the user is, so that the next opening finds them there, also after a crash. */
export class ViewStateKeeper {
  readonly #recordingId: string;
  readonly #editor: TranscriptEditor;
  readonly #playheadMs: () => number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #kept = '';

  constructor(recordingId: string, editor: TranscriptEditor, playheadMs: () => number) {
    this.#recordingId = recordingId;
    this.#editor = editor;
    this.#playheadMs = playheadMs;
  }

  /** Something has moved: it is kept within a moment. */
  moved(): void {
    this.#timer ??= setTimeout(() => this.keep(), KEEPING_MS);
  }

  /** Where the user is, for who stores it together with something else. */
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
    // The next move tries again; a lost one is nothing to interrupt someone for.
    request('transcripts.saveViewState', { recordingId: this.#recordingId, place: viewState }).catch(() => {
      this.#kept = '';
    });
  }

  /** Stops keeping. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function viewStateOf(editor: TranscriptEditor, playheadMs: number): ViewState {
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

/** Puts caret and scroll back where they were. */
export function restoreViewState(editor: TranscriptEditor, viewState: ViewState): void {
  const { table, view } = editor;
  const index = viewState.segmentId === null ? undefined : table.indexes.get(viewState.segmentId);
  if (index !== undefined) {
    const position = Math.min(view.state.doc.length, (table.from[index] as number) + viewState.offset);
    view.dispatch({ selection: { anchor: position } });
  }
  if (viewState.scrollMs > 0) scrollToTime(editor, viewState.scrollMs);
}

/**
 * The recording time at the upper edge of the screen: how far the edge is through its paragraph, as a share of the
 * paragraph's time, so that the same pixel can be found again.
 */
function timeAtTop({ table, view }: TranscriptEditor): number {
  const top = view.scrollDOM.getBoundingClientRect().top - view.documentTop;
  if (top <= 0) return 0;
  const block = view.lineBlockAtHeight(top);
  const time = timeOfLine(table, block.from, block.to);
  if (time === null) return 0;
  const share = Math.min(1, Math.max(0, (top - block.top) / Math.max(1, block.height)));
  return Math.round(time.startMs + share * (time.endMs - time.startMs));
}

function scrollToTime({ table, view }: TranscriptEditor, timeMs: number): void {
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
