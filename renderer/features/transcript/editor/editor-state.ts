import {
  Annotation,
  type EditorState,
  type Extension,
  type Range,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import type { Doubts } from '../document/doubts.ts';
import type { Match } from '../document/find-in-text.ts';
import { placeRanges } from '../document/paragraph-layout.ts';
import { type MovedTable, moveTable, type SegmentTable, segmentTable } from '../document/segment-table.ts';

/** Marks a change that shows the main process's answer: it is not an edit by the user. */
export const fromMain = Annotation.define<boolean>();

/** Sets the segments' ranges, along with the change of the document that causes them. */
export const setTable = StateEffect.define<SegmentTable>();

const EMPTY: MovedTable = { table: segmentTable([], new Int32Array(), new Int32Array()), touched: [] };

const tableField = StateField.define<MovedTable>({
  create: () => EMPTY,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setTable)) return { table: effect.value, touched: [] };
    }
    return transaction.docChanged ? moveTable(value.table, transaction.changes) : value;
  },
});

/** The segments' ranges in the document. */
export function tableOf(state: EditorState): SegmentTable {
  return state.field(tableField).table;
}

/** The segments whose text a transaction by the user has changed. */
export function touchedBy(transaction: Transaction): readonly string[] {
  return transaction.docChanged ? transaction.state.field(tableField).touched : [];
}

/** A range of characters of the document. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Sets the spoken word. */
export const setSpoken = StateEffect.define<TextRange | null>();

const spokenMark = Decoration.mark({ class: 'vs-spoken' });

const spokenField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setSpoken)) continue;
      const range = effect.value;
      return range === null ? Decoration.none : Decoration.set(spokenMark.range(range.from, range.to));
    }
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Sets the matches, and which of them is the current one. */
export const setFound = StateEffect.define<FoundMatches>();

/** The query and its matches: ranges of the document as it was then. */
export interface FoundMatches {
  readonly matches: readonly Match[];
  readonly current: number;
}

const NOTHING_FOUND: FoundMatches = { matches: [], current: -1 };

const foundField = StateField.define<FoundMatches>({
  create: () => NOTHING_FOUND,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFound)) return effect.value;
    // The search is repeated once the change is settled; until then nothing stale is marked.
    return transaction.docChanged && value.matches.length > 0 ? NOTHING_FOUND : value;
  },
});

/** The marked matches. */
export function foundIn(state: EditorState): FoundMatches {
  return state.field(foundField);
}

/** Sets the doubtful words to mark; empty for none. */
export const setDoubts = StateEffect.define<Doubts>();

const doubtsField = StateField.define<Doubts>({
  create: () => new Map(),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setDoubts)) return effect.value;
    return value;
  },
});

/** The words that are marked as doubtful. */
export function doubtsIn(state: EditorState): Doubts {
  return state.field(doubtsField);
}

/** Sets the speakers in the order of their colours. */
export const setSpeakers = StateEffect.define<readonly string[]>();

const speakersField = StateField.define<readonly string[]>({
  create: () => [],
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setSpeakers)) return effect.value;
    return value;
  },
});

/** The speakers in the order of their colours. */
export function speakersIn(state: EditorState): readonly string[] {
  return state.field(speakersField);
}

/** A range without a text, as displayed. */
export interface ShownRange extends SkippedRange {
  readonly sentence: string;
  /** The actions for it. */
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
}

/** Sets the ranges without a text. */
export const setSkipped = StateEffect.define<readonly ShownRange[]>();

class SkippedWidget extends WidgetType {
  readonly #range: ShownRange;
  readonly #isWithinLine: boolean;

  constructor(range: ShownRange, isWithinLine: boolean) {
    super();
    this.#range = range;
    this.#isWithinLine = isWithinLine;
  }

  override eq(other: SkippedWidget): boolean {
    const own = this.#range;
    const theirs = other.#range;
    const isSame = own.sentence === theirs.sentence && own.startMs === theirs.startMs;
    if (!isSame || this.#isWithinLine !== other.#isWithinLine) return false;
    return (
      own.actions.length === theirs.actions.length &&
      own.actions.every(({ label }, index) => label === theirs.actions[index]?.label)
    );
  }

  override toDOM(): HTMLElement {
    const element = document.createElement(this.#isWithinLine ? 'span' : 'div');
    const { sentence, reason, actions } = this.#range;
    element.className = this.#isWithinLine ? 'vs-skipped-within' : 'vs-skipped';
    if (reason !== 'noSpeech') element.classList.add('vs-unclear');
    const text = element.appendChild(document.createElement('span'));
    text.textContent = sentence;
    // A line has room for one action, shown inline; it offers the others.
    for (const { label, run } of this.#isWithinLine ? actions.slice(0, 1) : actions) {
      const button = element.appendChild(document.createElement('button'));
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', run);
    }
    return element;
  }

  override get estimatedHeight(): number {
    return this.#isWithinLine ? -1 : 40;
  }
}

interface Skipped {
  readonly shown: readonly ShownRange[];
  readonly decorations: DecorationSet;
}

const skippedField = StateField.define<Skipped>({
  create: () => ({ shown: [], decorations: Decoration.none }),
  update(value, transaction) {
    let { shown } = value;
    let isStale = false;
    for (const effect of transaction.effects) {
      if (effect.is(setSkipped)) shown = effect.value;
      isStale ||= effect.is(setSkipped) || effect.is(setTable);
    }
    if (isStale) return { shown, decorations: skippedDecorations(transaction.state, shown) };
    return transaction.docChanged
      ? { shown, decorations: value.decorations.map(transaction.changes) }
      : value;
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

function skippedDecorations(state: EditorState, shown: Skipped['shown']): DecorationSet {
  if (shown.length === 0) return Decoration.none;
  const table = tableOf(state);
  const ranges: Range<Decoration>[] = [];
  for (const range of placeRanges(table.segments, shown)) {
    const isLast = range.before >= table.segments.length;
    const position = isLast ? state.doc.length : (table.from[range.before] as number);
    // A short one may be in the middle of a paragraph: its words must not be separated.
    const isWithinLine = !isLast && state.doc.lineAt(position).from < position;
    const widget = new SkippedWidget(range, isWithinLine);
    ranges.push(Decoration.widget({ widget, block: !isWithinLine, side: isLast ? 1 : -1 }).range(position));
  }
  return Decoration.set(ranges, true);
}

/** The editor's state beside the text itself. */
export const editorState: Extension = [
  tableField,
  spokenField,
  foundField,
  doubtsField,
  speakersField,
  skippedField,
];
