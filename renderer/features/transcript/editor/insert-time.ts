import { writtenClock } from '../document/clock.ts';
import type { TextEditor } from './transcript-editor.ts';

/** Inserts a time of the recording at the caret, between spaces. */
export function insertTime({ view }: TextEditor, timeMs: number): void {
  const { from } = view.state.selection.main;
  const blank = /\S/u.test(view.state.sliceDoc(Math.max(0, from - 1), from)) ? ' ' : '';
  const text = `${blank}${writtenClock(timeMs)} `;
  view.dispatch(view.state.replaceSelection(text), { userEvent: 'input', scrollIntoView: true });
  view.focus();
}
