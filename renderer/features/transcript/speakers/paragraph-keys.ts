import type { EditorView, KeyBinding } from '@codemirror/view';
import { tableOf } from '../editor/editor-state.ts';
import { paragraphSegments } from '../editor/transcript-editor.ts';
import type { SyncCommand } from '../sync/command.ts';

/** What the keys at the ends of a paragraph do. */
export interface ParagraphActions {
  /** Asks who speaks from a character on. */
  readonly askFrom: (position: number) => void;
  readonly run: (command: SyncCommand) => void;
}

/** Keys with another meaning at the ends of a paragraph than in any text field. */
export function paragraphKeys({ askFrom, run }: ParagraphActions): readonly KeyBinding[] {
  return [
    {
      key: 'Enter',
      run: ({ state }) => {
        askFrom(state.selection.main.head);
        return true;
      },
    },
    { key: 'Backspace', run: (view) => joinAt(view, view.state.selection.main.head, run) },
    {
      key: 'Delete',
      run: (view) => {
        const { head } = view.state.selection.main;
        const line = view.state.doc.lineAt(head);
        return head === line.to && head < view.state.doc.length && joinAt(view, head + 1, run);
      },
    },
  ];
}

/** At the start of a paragraph: joins it to the one before. */
function joinAt(view: EditorView, position: number, run: ParagraphActions['run']): boolean {
  const { state } = view;
  const table = tableOf(state);
  const line = state.doc.lineAt(position);
  if (!state.selection.main.empty || position !== line.from || line.number === 1) return false;
  // An empty paragraph is simply removed.
  if (line.text === '' || state.doc.line(line.number - 1).text === '') return false;
  const own = paragraphSegments(state, position);
  const first = own[0] === undefined ? undefined : table.indexes.get(own[0]);
  const previous = first === undefined ? undefined : table.segments[first - 1];
  if (first === undefined || previous === undefined) return true;
  if (previous.speaker === table.segments[first]?.speaker)
    run({ kind: 'join', first: previous.id, second: own[0] as string });
  else run({ kind: 'assignSpeaker', segments: own, speaker: previous.speaker });
  return true;
}
