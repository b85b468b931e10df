import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { TextRange } from './editor-state.ts';

/** A range of the document that differs in another text; empty if that has more there. */
export interface DifferenceMark extends TextRange {
  /** The mark's tooltip. */
  readonly sentence: string;
}

/** Sets the ranges marked as different; empty for no marks. */
export const setDifferences = StateEffect.define<readonly DifferenceMark[]>();

class MissingWidget extends WidgetType {
  readonly #sentence: string;

  constructor(sentence: string) {
    super();
    this.#sentence = sentence;
  }

  override eq(other: MissingWidget): boolean {
    return other.#sentence === this.#sentence;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'vs-missing';
    element.title = this.#sentence;
    return element;
  }
}

/** Marks words that differ in another text, and places where it has more. */
export const differenceMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setDifferences)) return Decoration.set(effect.value.map(rangeOf), true);
    }
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function rangeOf({ from, to, sentence }: DifferenceMark): Range<Decoration> {
  if (from === to) return Decoration.widget({ widget: new MissingWidget(sentence), side: 1 }).range(from);
  return Decoration.mark({ class: 'vs-differs', attributes: { title: sentence } }).range(from, to);
}
