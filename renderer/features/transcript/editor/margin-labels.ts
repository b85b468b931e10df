import { type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import { clock } from '../document/clock.ts';
import { indexAtPosition } from '../document/segment-table.ts';
import { setTable, tableOf } from './editor-state.ts';

/** The label beside a paragraph. */
interface LabelText {
  /** Null if the paragraph continues the speaker of the one before. */
  readonly speaker: string | null;
  /** The speaker's tooltip. */
  readonly hint: string | null;
  readonly time: string;
}

/** The labels' other messages. */
export interface LabelWords {
  readonly unknownSpeaker: string;
  readonly whoSpeaks: string;
}

/** What a press on the label of the paragraph at a character does; null for nothing. */
type OnPress = ((position: number, label: HTMLElement) => void) | null;

class LabelWidget extends WidgetType {
  readonly #label: LabelText;
  readonly #onPress: OnPress;

  constructor(label: LabelText, onPress: OnPress) {
    super();
    this.#label = label;
    this.#onPress = onPress;
  }

  override eq(other: LabelWidget): boolean {
    const { speaker, hint, time } = this.#label;
    return other.#label.speaker === speaker && other.#label.hint === hint && other.#label.time === time;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = document.createElement('span');
    const onPress = this.#onPress;
    element.className = onPress === null ? 'vs-label vs-label-plain' : 'vs-label';
    if (this.#label.speaker !== null) {
      const speaker = element.appendChild(document.createElement('span'));
      speaker.className = 'vs-speaker';
      speaker.textContent = this.#label.speaker;
      speaker.title = this.#label.hint ?? '';
    }
    const time = element.appendChild(document.createElement('span'));
    time.className = 'vs-time';
    time.textContent = this.#label.time;
    element.addEventListener('mousedown', (event) => event.preventDefault());
    if (onPress !== null) element.addEventListener('click', () => onPress(view.posAtDOM(element), element));
    return element;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Puts speaker and time beside the visible paragraphs. */
export function marginLabels(words: LabelWords, onPress: OnPress): Extension {
  class MarginLabels implements PluginValue {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = labelsFor(view, words, onPress);
    }

    update(update: ViewUpdate): void {
      const isMoved = update.transactions.some((one) => one.effects.some((effect) => effect.is(setTable)));
      if (update.docChanged || update.viewportChanged || isMoved)
        this.decorations = labelsFor(update.view, words, onPress);
    }
  }
  return ViewPlugin.fromClass(MarginLabels, { decorations: (plugin) => plugin.decorations });
}

function labelsFor(view: EditorView, words: LabelWords, onPress: OnPress): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const table = tableOf(view.state);
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = view.state.doc.lineAt(position);
      position = line.to + 1;
      let index = indexAtPosition(table, line.from);
      // An empty segment before the line has its range there too.
      while (index >= 0 && (table.to[index] as number) < line.from) index += 1;
      const segment = table.segments[index];
      if (segment === undefined || (table.from[index] as number) > line.to) continue;
      const goesOn = index > 0 && table.segments[index - 1]?.speaker === segment.speaker;
      const isUnknown = !goesOn && segment.speaker === null && index > 0;
      const speaker = isUnknown ? words.unknownSpeaker : goesOn ? null : segment.speaker;
      const hint = speaker === null || onPress === null ? speaker : `${speaker} · ${words.whoSpeaks}`;
      const label = { speaker, hint, time: clock(segment.startMs) };
      const widget = new LabelWidget(label, onPress);
      builder.add(line.from, line.from, Decoration.widget({ widget, side: -1 }));
    }
  }
  return builder.finish();
}
