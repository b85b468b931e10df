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
import { clock } from './clock.ts';
import { setTable, tableOf } from './editor-state.ts';
import { indexAtPosition } from './segment-table.ts';

/** What the margin beside a paragraph says. */
interface LabelText {
  /** Null where the paragraph goes on with the speaker of the one before. */
  readonly speaker: string | null;
  readonly time: string;
}

/** What the labels need to know: how to name an unknown speaker, and what a press on a label does. */
export interface MarginLabelOptions {
  readonly unknownSpeaker: string;
  readonly whoSpeaks: string;
  /** The label of the paragraph at this character was pressed; null where a press does nothing. */
  readonly onPress: ((position: number, label: HTMLElement) => void) | null;
}

class LabelWidget extends WidgetType {
  readonly #label: LabelText;
  readonly #options: MarginLabelOptions;

  constructor(label: LabelText, options: MarginLabelOptions) {
    super();
    this.#label = label;
    this.#options = options;
  }

  override eq(other: LabelWidget): boolean {
    return other.#label.speaker === this.#label.speaker && other.#label.time === this.#label.time;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = document.createElement('span');
    const { onPress } = this.#options;
    element.className = onPress === null ? 'vs-label vs-label-plain' : 'vs-label';
    if (this.#label.speaker !== null) {
      const speaker = element.appendChild(document.createElement('span'));
      speaker.className = 'vs-speaker';
      speaker.textContent = this.#label.speaker;
      const { whoSpeaks } = this.#options;
      speaker.title = onPress === null ? this.#label.speaker : `${this.#label.speaker} · ${whoSpeaks}`;
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

/** Puts speaker and time beside the paragraphs that are on the screen. */
export function marginLabels(options: MarginLabelOptions): Extension {
  class MarginLabels implements PluginValue {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = labelsFor(view, options);
    }

    update(update: ViewUpdate): void {
      const isMoved = update.transactions.some((one) => one.effects.some((effect) => effect.is(setTable)));
      if (update.docChanged || update.viewportChanged || isMoved)
        this.decorations = labelsFor(update.view, options);
    }
  }
  return ViewPlugin.fromClass(MarginLabels, { decorations: (plugin) => plugin.decorations });
}

function labelsFor(view: EditorView, options: MarginLabelOptions): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const table = tableOf(view.state);
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = view.state.doc.lineAt(position);
      position = line.to + 1;
      let index = indexAtPosition(table, line.from);
      // An emptied segment in front of the line has its place there too.
      while (index >= 0 && (table.to[index] as number) < line.from) index += 1;
      const segment = table.segments[index];
      if (segment === undefined || (table.from[index] as number) > line.to) continue;
      const goesOn = index > 0 && table.segments[index - 1]?.speaker === segment.speaker;
      const speaker = goesOn || segment.speaker === null ? null : segment.speaker;
      const isUnknown = !goesOn && segment.speaker === null && index > 0;
      const label = { speaker: isUnknown ? options.unknownSpeaker : speaker, time: clock(segment.startMs) };
      builder.add(
        line.from,
        line.from,
        Decoration.widget({ widget: new LabelWidget(label, options), side: -1 }),
      );
    }
  }
  return builder.finish();
}
