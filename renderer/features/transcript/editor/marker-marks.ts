import { type EditorState, type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Marker } from '../../../../src/contract/capture.ts';
import { placeMarkers } from '../document/marker-places.ts';
import { setTable, tableOf } from './editor-state.ts';

/** A marker as displayed. */
export interface ShownMarker extends Marker {
  /** Its name for screen readers, and its tooltip. */
  readonly sentence: string;
  /** Plays from there. */
  readonly play: () => void;
}

/** Sets the markers. */
export const setMarkers = StateEffect.define<readonly ShownMarker[]>();

class MarkerWidget extends WidgetType {
  readonly #marker: ShownMarker;

  constructor(marker: ShownMarker) {
    super();
    this.#marker = marker;
  }

  override eq(other: MarkerWidget): boolean {
    const { id, label, sentence } = this.#marker;
    return other.#marker.id === id && other.#marker.label === label && other.#marker.sentence === sentence;
  }

  override toDOM(): HTMLElement {
    const { label, sentence, play } = this.#marker;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'vs-marker';
    button.title = sentence;
    button.setAttribute('aria-label', sentence);
    button.textContent = label === '' ? '⚑' : `⚑ ${label}`;
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', play);
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

interface Marks {
  readonly shown: readonly ShownMarker[];
  readonly decorations: DecorationSet;
}

/** Shows markers at their times; they are no part of the text. */
export const markerMarks: Extension = StateField.define<Marks>({
  create: () => ({ shown: [], decorations: Decoration.none }),
  update(value, transaction) {
    let { shown } = value;
    let isStale = false;
    for (const effect of transaction.effects) {
      if (effect.is(setMarkers)) shown = effect.value;
      isStale ||= effect.is(setMarkers) || effect.is(setTable);
    }
    if (isStale && (shown.length > 0 || value.shown.length > 0))
      return { shown, decorations: marksFor(transaction.state, shown) };
    return transaction.docChanged
      ? { shown, decorations: value.decorations.map(transaction.changes) }
      : value;
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

function marksFor(state: EditorState, shown: readonly ShownMarker[]): DecorationSet {
  const byId = new Map(shown.map((marker) => [marker.id, marker]));
  const places = placeMarkers(tableOf(state), (from, to) => state.sliceDoc(from, to), shown);
  const ranges = places.flatMap(({ marker, position }): Range<Decoration>[] => {
    const one = byId.get(marker.id);
    // Before the words of the live end, which stand at the same place.
    return one === undefined
      ? []
      : [Decoration.widget({ widget: new MarkerWidget(one), side: 1 }).range(position)];
  });
  return Decoration.set(ranges, true);
}
