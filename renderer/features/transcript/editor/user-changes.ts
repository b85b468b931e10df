import { type ChangeSpec, EditorState, type Extension, Transaction } from '@codemirror/state';
import { separatorBetween } from '../document/paragraph-layout.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import { fromMain, tableOf } from './editor-state.ts';

/**
 * Keeps user edits within the form of a transcript: pasted text is one line, and if two paragraphs that do not flow
 * together are deleted in part, the line break between them stays.
 */
export const userChanges: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromMain)) return transaction;
  const { doc } = transaction.startState;
  const changes: ChangeSpec[] = [];
  let isMended = false;
  let caret = 0;
  transaction.changes.iterChanges((from, to, _fromB, toB, inserted) => {
    const text = inserted.lines > 1 ? inserted.toString().replace(/\s*\n\s*/gu, ' ') : inserted.toString();
    const breakStays =
      doc.sliceString(from, to).includes('\n') &&
      mustKeepBreak(transaction.startState, from, to, text !== '');
    const insert = breakStays ? `${text}\n` : text;
    isMended ||= inserted.lines > 1 || breakStays;
    changes.push({ from, to, insert });
    caret = toB - inserted.length + text.length;
  });
  if (!isMended) return transaction;
  const event = transaction.annotation(Transaction.userEvent);
  return {
    changes,
    selection: { anchor: caret },
    scrollIntoView: true,
    ...(event === undefined ? {} : { userEvent: event }),
  };
});

/** Whether a change joins text of two paragraphs that would not flow together. */
function mustKeepBreak(state: EditorState, from: number, to: number, hasText: boolean): boolean {
  const first = state.doc.lineAt(from);
  const last = state.doc.lineAt(to);
  const isLeftEmpty = from === first.from && !hasText;
  if (first.number === last.number || isLeftEmpty || to === last.to) return false;
  const table = tableOf(state);
  const before = table.segments[indexAtPosition(table, Math.max(first.from, from - 1))];
  const after = table.segments[indexAtPosition(table, to)];
  if (before === undefined || after === undefined || before === after) return false;
  return separatorBetween(before, after, from - first.from) === '\n';
}
