import type { KeyBinding } from '@codemirror/view';
import { wholeDay } from '../../../lib/format.ts';
import { shownLanguage } from '../../../lib/i18n.ts';
import { useApp } from '../../../stores/app.ts';
import { snippetsOf, useSnippets } from '../../../stores/snippets.ts';
import { spokenClock } from '../document/clock.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import { fillSnippet, spaced, typedName } from './snippet-text.ts';

/** What inserting a snippet needs to know. */
export interface SnippetSurroundings {
  /** The editor, once there is one. */
  readonly editor: () => TextEditor;
  /** The playhead's time. */
  readonly timeMs: () => number;
  /** Makes what follows an undo of its own. */
  readonly beginUndoGroup: () => void;
}

/** Inserts snippets at the caret, each as one edit. */
export class SnippetInserter {
  readonly #around: SnippetSurroundings;

  constructor(around: SnippetSurroundings) {
    this.#around = around;
  }

  /** The key that inserts the snippet whose name was just typed; without one it is the key's usual work. */
  get keys(): readonly KeyBinding[] {
    return [{ key: 'Tab', run: () => this.#expand() }];
  }

  /** Inserts the snippet at a place over the selection; nothing if there is none. */
  insert(place: number): void {
    const snippet = snippetsOf(useSnippets.getState()).find((one) => one.place === place);
    const { from, to } = this.#around.editor().view.state.selection.main;
    if (snippet !== undefined) this.#replace(from, to, snippet.text);
  }

  #expand(): boolean {
    const { state } = this.#around.editor().view;
    const { head, empty } = state.selection.main;
    if (!empty || state.readOnly) return false;
    const name = typedName(state.sliceDoc(state.doc.lineAt(head).from, head));
    if (name === null) return false;
    const isCalled = (one: string) => one.toLocaleLowerCase() === name.toLocaleLowerCase();
    const snippet = snippetsOf(useSnippets.getState()).find((one) => isCalled(one.name));
    if (snippet === undefined) return false;
    this.#replace(head - name.length - 1, head, snippet.text);
    return true;
  }

  #replace(from: number, to: number, snippet: string): void {
    const { editor, timeMs, beginUndoGroup } = this.#around;
    const { view, table } = editor();
    const { doc } = view.state;
    const filled = fillSnippet(snippet.replace(/\s*\n\s*/gu, ' '), {
      time: spokenClock(timeMs()),
      speaker: table.segments[indexAtPosition(table, from)]?.speaker ?? '',
      date: wholeDay(Date.now(), shownLanguage(useApp.getState().state)),
    });
    const { text, caret } = spaced(
      filled,
      doc.sliceString(Math.max(0, from - 1), from),
      doc.sliceString(to, to + 1),
    );
    beginUndoGroup();
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + caret },
      userEvent: 'input',
      scrollIntoView: true,
    });
    beginUndoGroup();
    view.focus();
  }
}
