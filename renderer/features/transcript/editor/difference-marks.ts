import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { TextRange } from './editor-state.ts';

/** A range of the document that another text has otherwise; an empty one where that has more. */
export interface DifferenceMark extends TextRange {
  /** What the mark says when the pointer rests on it. */
  readonly sentence: string;
}

/** Sets the places to be marked as different; none for no marks. */
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

/** Marks words that another text has otherwise, and places where it has more. */
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
