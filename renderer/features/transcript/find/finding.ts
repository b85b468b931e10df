import { findInText, type Match, matchFrom } from '../document/find-in-text.ts';
import type { PlayedText } from '../playback/playback.ts';
import type { TranscriptSession } from '../transcript-session.ts';
import type { FindState } from '../transcript-state.ts';

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

/** What replaces in a text that can be changed. */
type Replacing = Pick<TranscriptSession, 'beginGesture' | 'replaceAll'>;

/** Find in one text, and replace where it can be changed. */
export class Finding {
  readonly #session: Pick<PlayedText, 'editor' | 'state'>;
  readonly #replacing: Replacing | null;
  #matches: readonly Match[] = [];
  #last: FindState = CLOSED;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param replacing null where the text can only be read. */
  constructor(session: Pick<PlayedText, 'editor' | 'state'>, replacing: Replacing | null) {
    this.#session = session;
    this.#replacing = replacing;
  }

  /** Whether what is found can be replaced. */
  get replaces(): boolean {
    return this.#replacing !== null;
  }

  /** Opens the search, or goes back to it: for the selected words where there are any. */
  open(): void {
    const { state } = this.#session.editor.view;
    const selected = state.sliceDoc(state.selection.main.from, state.selection.main.to);
    const find = this.#session.state.getState().find ?? this.#last;
    const isOneLine = selected !== '' && selected.length < 200 && !selected.includes('\n');
    this.change({ ...find, asked: find.asked + 1, text: isOneLine ? selected : find.text });
  }

  close(): void {
    const { find } = this.#session.state.getState();
    if (find !== null) this.#last = find;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#matches = [];
    this.#session.editor.setFound({ matches: [], current: -1 });
    this.#session.state.setState({ find: null });
    this.#session.editor.focus();
  }

  /** Looks for something else. */
  change(change: Partial<FindState>): void {
    const { find } = this.#session.state.getState();
    this.#session.state.setState({ find: { ...(find ?? this.#last), ...change } });
    this.#search();
  }

  /** The text has changed: looks again once typing rests. */
  textChanged(): void {
    if (this.#session.state.getState().find === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), SETTLING_MS);
  }

  /** Goes to the next match, or with -1 to the one before. */
  go(by: 1 | -1): void {
    const { find } = this.#session.state.getState();
    if (find === null || this.#matches.length === 0) return;
    const count = this.#matches.length;
    this.#goTo((find.current + by + count) % count);
  }

  /** Replaces the current match and goes to the next. */
  replace(): void {
    const { find } = this.#session.state.getState();
    const match = find === null ? undefined : this.#matches[find.current];
    if (find === null || match === undefined || this.#replacing === null) return;
    const { view } = this.#session.editor;
    view.dispatch({
      changes: { from: match.from, to: match.to, insert: find.replacement },
      selection: { anchor: match.from + find.replacement.length },
      userEvent: 'input.replace',
    });
    this.#replacing.beginGesture();
    this.#search();
    const next = this.#matches.findIndex(({ from }) => from >= match.from + find.replacement.length);
    if (this.#matches.length > 0) this.#goTo(Math.max(0, next));
  }

  /** Replaces every match as one edit; gives how many there were. */
  async replaceAll(): Promise<number> {
    const { find } = this.#session.state.getState();
    if (find === null || find.text.trim() === '' || this.#replacing === null) return 0;
    const { text, replacement, matchCase, wholeWords } = find;
    const count = await this.#replacing.replaceAll({ find: text, replacement, matchCase, wholeWords }, null);
    this.#search();
    return count;
  }

  #search(): void {
    const { find } = this.#session.state.getState();
    if (find === null) return;
    const { editor } = this.#session;
    this.#matches = findInText(editor.view.state.doc.toString(), editor.table, find);
    const current = matchFrom(this.#matches, editor.view.state.selection.main.from);
    this.#show(current);
  }

  #goTo(current: number): void {
    const match = this.#matches[current];
    if (match === undefined) return;
    this.#session.editor.select(match, 'center');
    this.#show(current);
  }

  #show(current: number): void {
    const { find } = this.#session.state.getState();
    if (find === null) return;
    this.#session.editor.setFound({ matches: this.#matches, current });
    this.#session.state.setState({ find: { ...find, count: this.#matches.length, current } });
  }
}
