import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RequestInput } from '../../../../src/contract/ipc.ts';
import { findInText, type Match, matchFrom } from '../document/find-in-text.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';

/** The search as displayed. */
export interface FindState {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
  readonly count: number;
  /** The current match from 0; -1 if there is none. */
  readonly current: number;
  /** How often the search was requested: each request focuses its field. */
  readonly asked: number;
}

const CLOSED: FindState = {
  text: '',
  replacement: '',
  matchCase: false,
  wholeWords: false,
  count: 0,
  current: -1,
  asked: 0,
};

const SETTLING_MS = 120;

/** Replaces in a text that can be changed. */
export interface Replacing {
  /** What is typed from now on is another undo group. */
  readonly beginUndoGroup: () => void;
  /** Replaces everywhere; returns the number of matches. */
  readonly replaceAll: (
    search: Omit<RequestInput<'transcripts.replaceAll'>, 'recordingId' | 'segments'>,
  ) => Promise<number>;
}

/** Find in one text, and replace if it can be edited. */
export class Finding {
  /** Null while the search is closed. */
  readonly store: StoreApi<{ readonly find: FindState | null }> = createStore(() => ({ find: null }));
  readonly #editor: TextEditor;
  readonly #replacing: Replacing | null;
  #matches: readonly Match[] = [];
  #last: FindState = CLOSED;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param replacing null if the text is read-only. */
  constructor(editor: TextEditor, replacing: Replacing | null) {
    this.#editor = editor;
    this.#replacing = replacing;
  }

  /** Whether matches can be replaced. */
  get replaces(): boolean {
    return this.#replacing !== null;
  }

  /** Opens or focuses the search: for the selected words if there are any. */
  open(): void {
    const { state } = this.#editor.view;
    const selected = state.sliceDoc(state.selection.main.from, state.selection.main.to);
    const find = this.store.getState().find ?? this.#last;
    const isOneLine = selected !== '' && selected.length < 200 && !selected.includes('\n');
    this.change({ ...find, asked: find.asked + 1, text: isOneLine ? selected : find.text });
  }

  close(): void {
    const { find } = this.store.getState();
    if (find !== null) this.#last = find;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#matches = [];
    this.#editor.setFound({ matches: [], current: -1 });
    this.store.setState({ find: null });
    this.#editor.focus();
  }

  /** Changes the query. */
  change(change: Partial<FindState>): void {
    const { find } = this.store.getState();
    this.store.setState({ find: { ...(find ?? this.#last), ...change } });
    this.#search();
  }

  /** The text has changed: repeats the search, delayed. */
  textChanged(): void {
    if (this.store.getState().find === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), SETTLING_MS);
  }

  /** Goes to the next match, or with -1 to the previous. */
  go(by: 1 | -1): void {
    const { find } = this.store.getState();
    if (find === null || this.#matches.length === 0) return;
    const count = this.#matches.length;
    this.#goTo((find.current + by + count) % count);
  }

  /** Replaces the current match and goes to the next. */
  replace(): void {
    const { find } = this.store.getState();
    const match = find === null ? undefined : this.#matches[find.current];
    if (find === null || match === undefined || this.#replacing === null) return;
    const { view } = this.#editor;
    view.dispatch({
      changes: { from: match.from, to: match.to, insert: find.replacement },
      selection: { anchor: match.from + find.replacement.length },
      userEvent: 'input.replace',
    });
    this.#replacing.beginUndoGroup();
    this.#search();
    const next = this.#matches.findIndex(({ from }) => from >= match.from + find.replacement.length);
    if (this.#matches.length > 0) this.#goTo(Math.max(0, next));
  }

  /** Replaces every match as one edit; returns their number. */
  async replaceAll(): Promise<number> {
    const { find } = this.store.getState();
    if (find === null || find.text.trim() === '' || this.#replacing === null) return 0;
    const { text, replacement, matchCase, wholeWords } = find;
    const count = await this.#replacing.replaceAll({ find: text, replacement, matchCase, wholeWords });
    this.#search();
    return count;
  }

  #search(): void {
    const { find } = this.store.getState();
    if (find === null) return;
    const editor = this.#editor;
    this.#matches = findInText(editor.view.state.doc.toString(), editor.table, find);
    const current = matchFrom(this.#matches, editor.view.state.selection.main.from);
    this.#show(current);
  }

  #goTo(current: number): void {
    const match = this.#matches[current];
    if (match === undefined) return;
    this.#editor.select(match, 'center');
    this.#show(current);
  }

  #show(current: number): void {
    const { find } = this.store.getState();
    if (find === null) return;
    this.#editor.setFound({ matches: this.#matches, current });
    this.store.setState({ find: { ...find, count: this.#matches.length, current } });
  }
}
