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
import { speakerColour } from '../../../lib/speaker-colours.ts';
import { clock } from '../document/clock.ts';
import { indexAtPosition, type SegmentTable } from '../document/segment-table.ts';
import { setSpeakers, setTable, speakersIn, tableOf } from './editor-state.ts';

/** The label beside a paragraph. */
interface LabelText {
  /** Null if the paragraph continues the speaker of the one before. */
  readonly speaker: string | null;
  /** The speaker's tooltip. */
  readonly hint: string | null;
  /** The speaker's colour; null without one. */
  readonly colour: string | null;
  /** Why the speaker is uncertain in this paragraph; null where it is sure. */
  readonly doubt: string | null;
  readonly time: string;
}

/** The labels' other messages. */
export interface LabelWords {
  readonly unknownSpeaker: string;
  readonly whoSpeaks: string;
  readonly unsureSpeaker: string;
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
    const own = this.#label;
    return (Object.keys(own) as (keyof LabelText)[]).every((key) => own[key] === other.#label[key]);
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
      if (this.#label.colour !== null) {
        const swatch = document.createElement('span');
        swatch.className = 'vs-swatch';
        swatch.style.background = this.#label.colour;
        speaker.prepend(swatch);
      }
    }
    const time = element.appendChild(document.createElement('span'));
    time.className = 'vs-time';
    if (this.#label.doubt !== null) {
      const doubt = time.appendChild(document.createElement('span'));
      doubt.className = 'vs-unsure';
      doubt.textContent = '?';
      doubt.title = this.#label.doubt;
    }
    time.append(this.#label.time);
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
      const isMoved = update.transactions.some((one) =>
        one.effects.some((effect) => effect.is(setTable) || effect.is(setSpeakers)),
      );
      if (update.docChanged || update.viewportChanged || isMoved)
        this.decorations = labelsFor(update.view, words, onPress);
    }
  }
  return ViewPlugin.fromClass(MarginLabels, { decorations: (plugin) => plugin.decorations });
}

function labelsFor(view: EditorView, words: LabelWords, onPress: OnPress): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const table = tableOf(view.state);
  const colours = speakersIn(view.state);
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
      const place = segment.speaker === null ? -1 : colours.indexOf(segment.speaker);
      const colour = speaker === null || place < 0 ? null : speakerColour(place);
      const doubt = isUnsure(table, index, line.to) ? words.unsureSpeaker : null;
      const label = { speaker, hint, colour, doubt, time: clock(segment.startMs) };
      const widget = new LabelWidget(label, onPress);
      builder.add(line.from, line.from, Decoration.widget({ widget, side: -1 }));
    }
  }
  return builder.finish();
}

/** Whether the speaker is uncertain anywhere in the paragraph that begins with this segment. */
function isUnsure({ segments, from }: SegmentTable, first: number, lineEnd: number): boolean {
  for (let index = first; index < segments.length && (from[index] as number) <= lineEnd; index += 1)
    if (segments[index]?.flags.includes('unsureSpeaker') === true) return true;
  return false;
}
