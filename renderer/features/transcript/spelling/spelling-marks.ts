import { type Extension, type Range, StateEffect } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { indexesInRange } from '../document/segment-table.ts';
import { setTable, tableOf } from '../editor/editor-state.ts';
import { type SpelledPlace, spelledWords } from './spelled-words.ts';

/** Makes the marks anew: what is known of words has changed. */
export const remarkSpelling = StateEffect.define<null>();

/** How long after the last change words are looked up: never while somebody types. */
const AFTER_TYPING_MS = 400;
const AFTER_SCROLLING_MS = 80;

/** What the marks need. */
export interface SpellingSource {
  readonly isOn: boolean;
  /** The tooltip of a mark. */
  readonly tip: string;
  isMisspelled(word: string, language: string): boolean | null;
  /** Looks words up, by language; returns whether anything new is known. Never rejects. */
  lookUp(words: ReadonlyMap<string, readonly string[]>): Promise<boolean>;
  /** The context menu was asked for at a character; returns whether there is something to say about its word. */
  ask(position: number): boolean;
}

/** A word in view, with its language. */
export interface PlacedWord extends SpelledPlace {
  readonly language: string;
}

/** The words of the segments that a range of characters touches. */
export function wordsBetween(view: EditorView, from: number, to: number): PlacedWord[] {
  const table = tableOf(view.state);
  const indexes = indexesInRange(table, from, to);
  if (indexes === null) return [];
  const words: PlacedWord[] = [];
  for (let index = indexes.first; index <= indexes.last; index += 1) {
    const language = table.segments[index]?.language ?? '';
    const start = table.from[index] as number;
    for (const place of spelledWords(view.state.sliceDoc(start, table.to[index]), start))
      words.push({ ...place, language });
  }
  return words;
}

/** Words by their language. */
export function byLanguage(words: readonly PlacedWord[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { language, word } of words) found.set(language, [...(found.get(language) ?? []), word]);
  return found;
}

/** Underlines misspelled words in the visible ranges, some time after the last change. */
export function spellingMarks(source: SpellingSource): Extension {
  class SpellingMarks implements PluginValue {
    decorations: DecorationSet = Decoration.none;
    readonly #view: EditorView;
    #timer: ReturnType<typeof setTimeout> | null = null;
    /** The last change was typing: the word at the caret may not be finished. */
    #isTyping = false;

    constructor(view: EditorView) {
      this.#view = view;
      this.#look(AFTER_SCROLLING_MS);
    }

    update(update: ViewUpdate): void {
      const effects = update.transactions.flatMap((transaction) => transaction.effects);
      if (update.docChanged) {
        this.decorations = this.decorations.map(update.changes);
        this.#isTyping = update.transactions.some((transaction) => transaction.isUserEvent('input'));
      } else if (update.selectionSet && this.#isTyping) {
        this.#isTyping = false;
        this.#look(AFTER_TYPING_MS);
      }
      if (effects.some((effect) => effect.is(remarkSpelling))) {
        this.decorations = this.#marks();
        this.#look(AFTER_SCROLLING_MS);
      } else if (update.docChanged) this.#look(AFTER_TYPING_MS);
      else if (update.viewportChanged || effects.some((effect) => effect.is(setTable)))
        this.#look(AFTER_SCROLLING_MS);
    }

    destroy(): void {
      if (this.#timer !== null) clearTimeout(this.#timer);
    }

    #look(afterMs: number): void {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = source.isOn ? setTimeout(() => void this.#lookUp(), afterMs) : null;
    }

    async #lookUp(): Promise<void> {
      this.#timer = null;
      const isNew = await source.lookUp(byLanguage(this.#words()));
      // What was typed meanwhile is looked up later.
      if (this.#timer !== null) return;
      const marks = this.#marks();
      if (!isNew && sameRanges(marks, this.decorations)) return;
      this.decorations = marks;
      this.#view.dispatch({});
    }

    #words(): PlacedWord[] {
      return this.#view.visibleRanges.flatMap(({ from, to }) => wordsBetween(this.#view, from, to));
    }

    #marks(): DecorationSet {
      if (!source.isOn) return Decoration.none;
      const { empty, head } = this.#view.state.selection.main;
      const mark = Decoration.mark({ class: 'vs-misspelled', attributes: { title: source.tip } });
      const ranges: Range<Decoration>[] = [];
      for (const { word, language, from, to } of this.#words()) {
        if (this.#isTyping && empty && head === to) continue;
        if (source.isMisspelled(word, language) === true) ranges.push(mark.range(from, to));
      }
      return Decoration.set(ranges, true);
    }
  }
  return [
    ViewPlugin.fromClass(SpellingMarks, { decorations: (plugin) => plugin.decorations }),
    EditorView.domEventHandlers({
      contextmenu(event, view) {
        // The menu key has no place of its own.
        const isByMouse = event.button === 2;
        const position = isByMouse
          ? view.posAtCoords({ x: event.clientX, y: event.clientY })
          : view.state.selection.main.head;
        if (position === null || !source.ask(position)) return false;
        event.preventDefault();
        return true;
      },
    }),
  ];
}

function sameRanges(a: DecorationSet, b: DecorationSet): boolean {
  if (a.size !== b.size) return false;
  const [one, two] = [a.iter(), b.iter()];
  for (; one.value !== null; one.next(), two.next())
    if (one.from !== two.from || one.to !== two.to) return false;
  return true;
}
