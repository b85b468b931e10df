import type { Extension } from '@codemirror/state';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { appErrorOf } from '../../../lib/client.ts';
import { translate } from '../../../lib/i18n.ts';
import { attempt, say, tellError } from '../../../stores/toasts.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import { KnownSpelling } from './known-spelling.ts';
import {
  byLanguage,
  type PlacedWord,
  remarkSpelling,
  spellingMarks,
  wordsBetween,
} from './spelling-marks.ts';

/** A misspelled word with what may be done about it. */
export interface SpellingQuestion extends PlacedWord {
  /** Where the list opens, in CSS pixels of the window. */
  readonly place: { readonly left: number; readonly top: number; readonly height: number };
  /** Null while they are looked up. */
  readonly suggestions: readonly string[] | null;
}

/** What reviewing the spelling of a text needs. */
export interface SpellingSurroundings {
  readonly recordingId: string;
  /** The editor, once there is one. */
  readonly editor: () => TextEditor;
  /** Makes what follows an undo of its own. */
  readonly beginUndoGroup: () => void;
}

/** So many characters are looked through at once for the next misspelled word. */
const SEARCHED = 8000;

/** Marks misspelled words in view, steps through those of the text, and asks what to do about one. */
export class SpellingReview {
  readonly store: StoreApi<{ readonly question: SpellingQuestion | null }> = createStore(() => ({
    question: null,
  }));
  readonly #around: SpellingSurroundings;
  readonly #known: KnownSpelling;
  #isOn = false;
  #english: string | null = null;
  #hasFailed = false;
  #isClosed = false;

  constructor(around: SpellingSurroundings) {
    this.#around = around;
    this.#known = new KnownSpelling(around.recordingId);
  }

  /** The marks, and the context menu on them. */
  get extension(): Extension {
    const isOn = () => this.#isOn;
    return spellingMarks({
      get isOn() {
        return isOn();
      },
      get tip() {
        return translate('editorTools:maybeMisspelled');
      },
      isMisspelled: (word, language) => this.#known.isMisspelled(word, language),
      lookUp: (words) => this.#lookUp(words),
      ask: (position) => this.askAt(position),
    });
  }

  /** Switches it on or off; another English is looked up anew. */
  set(isOn: boolean, english: string): void {
    if (isOn === this.#isOn && english === this.#english) return;
    if (english !== this.#english) this.#known.forget();
    this.#english = english;
    const begins = isOn && !this.#isOn;
    this.#isOn = isOn;
    this.#hasFailed = false;
    if (begins) this.#known.load().then(() => this.#remark(), tellError);
    else this.#remark();
  }

  /** The window's language has changed: so do the tooltips. */
  speak(): void {
    this.#remark();
  }

  /** Asks about the misspelled word at a character; returns whether there is one. */
  askAt(position: number): boolean {
    if (!this.#isOn) return false;
    const { view } = this.#around.editor();
    const word = wordsBetween(view, position, position).find(
      ({ from, to }) => from <= position && position <= to,
    );
    if (word === undefined || this.#known.isMisspelled(word.word, word.language) !== true) return false;
    this.#ask(word);
    return true;
  }

  /** Goes to the misspelled word at the caret, or to the next one, and asks about it; at the end it starts again. */
  next(): void {
    if (!this.#isOn) say(translate('editorTools:spellingOff'));
    else attempt(() => this.#goToNext());
  }

  /** Replaces the word in question, as one edit. */
  answer(suggestion: string): void {
    const { question } = this.store.getState();
    this.close();
    if (question === null) return;
    const { view } = this.#around.editor();
    const { from, to, word } = question;
    // Something else may have come into its place.
    if (view.state.sliceDoc(from, to) !== word) return;
    this.#around.beginUndoGroup();
    view.dispatch({
      changes: { from, to, insert: suggestion },
      selection: { anchor: from + suggestion.length },
      userEvent: 'input.complete',
    });
    this.#around.beginUndoGroup();
  }

  /** The word in question is right in the whole vault. */
  addWord(): void {
    const { question } = this.store.getState();
    this.close();
    if (question === null) return;
    attempt(async () => {
      await this.#known.add(question.word.replace(/['’]s$/u, ''));
      this.#remark();
    });
  }

  /** The word in question is right in this text, as long as it is open. */
  skip(): void {
    const { question } = this.store.getState();
    this.close();
    if (question === null) return;
    this.#known.skip(question.word);
    this.#remark();
  }

  /** Closes the question; the text gets the focus back unless the user has moved it elsewhere. */
  close(takesKeyboard = true): void {
    this.store.setState({ question: null });
    if (takesKeyboard) this.#around.editor().focus();
  }

  /** The text is closed. */
  dispose(): void {
    this.#isClosed = true;
  }

  async #lookUp(words: ReadonlyMap<string, readonly string[]>): Promise<boolean> {
    try {
      const looked = [...words].map(([language, list]) => this.#known.lookUp(list, language));
      return (await Promise.all(looked)).includes(true) && !this.#isClosed;
    } catch (thrown) {
      if (!this.#hasFailed && !this.#isClosed) tellError(appErrorOf(thrown));
      this.#hasFailed = true;
      return false;
    }
  }

  async #goToNext(): Promise<void> {
    const { view } = this.#around.editor();
    const { main } = view.state.selection;
    const around = wordsBetween(view, main.head, main.head);
    const atCaret = around.find(({ from, to }) => from <= main.head && main.head <= to);
    const start = main.empty ? (atCaret?.from ?? main.head) : main.to;
    const found = (await this.#find(start, view.state.doc.length)) ?? (await this.#find(0, start));
    if (this.#isClosed) return;
    if (found === null) say(translate('editorTools:noneMarked'));
    else this.#ask(found);
  }

  /** The first misspelled word that begins in a range of characters. */
  async #find(from: number, to: number): Promise<PlacedWord | null> {
    const { view } = this.#around.editor();
    for (let at = from; at < to && !this.#isClosed; at += SEARCHED) {
      const words = wordsBetween(view, at, Math.min(to, at + SEARCHED)).filter(
        (word) => word.from >= from && word.from < to,
      );
      for (const [language, list] of byLanguage(words)) await this.#known.lookUp(list, language);
      const found = words.find(({ word, language }) => this.#known.isMisspelled(word, language) === true);
      if (found !== undefined) return found;
    }
    return null;
  }

  #ask(word: PlacedWord): void {
    const editor = this.#around.editor();
    editor.select(word);
    // Drawn first: the word may have been out of view.
    requestAnimationFrame(() => {
      const { view } = editor;
      const start = view.coordsAtPos(word.from);
      const place =
        start === null
          ? { left: window.innerWidth / 3, top: window.innerHeight / 3, height: 0 }
          : { left: start.left, top: start.top, height: start.bottom - start.top };
      this.store.setState({ question: { ...word, place, suggestions: null } });
      const take = (suggestions: readonly string[]) =>
        this.store.setState(({ question }) =>
          question?.from === word.from && question.word === word.word
            ? { question: { ...question, suggestions } }
            : {},
        );
      this.#known.suggestions(word.word, word.language).then(take, (thrown) => {
        take([]);
        tellError(thrown);
      });
    });
  }

  #remark(): void {
    if (!this.#isClosed) this.#around.editor().view.dispatch({ effects: remarkSpelling.of(null) });
  }
}
