import {
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
  type StateEffect,
  Transaction,
} from '@codemirror/state';
import { EditorView, type KeyBinding, keymap } from '@codemirror/view';
import type { EditableSegment, TranscriptView } from '../../../../src/contract/views.ts';
import { FIELD_KEYS } from '../../../lib/text-keys.ts';
import type { Doubts } from '../document/doubts.ts';
import { layOut } from '../document/paragraph-layout.ts';
import { patchDocument } from '../document/patched-document.ts';
import {
  indexAtPosition,
  indexesInRange,
  type SegmentTable,
  segmentTable,
} from '../document/segment-table.ts';
import { smallestChange } from '../document/text-change.ts';
import { type PlacedWord, placeWords, wordAtOffset, wordAtTime } from '../document/word-places.ts';
import { type DifferenceMark, differenceMarks, setDifferences } from './difference-marks.ts';
import {
  editorState,
  type FoundMatches,
  fromMain,
  type ShownRange,
  setDoubts,
  setFound,
  setSkipped,
  setSpeakers,
  setSpoken,
  setTable,
  type TextRange,
  tableOf,
  touchedBy,
} from './editor-state.ts';
import { type LiveEnd, liveEnd, setLiveEnd } from './live-end.ts';
import { type LabelWords, marginLabels } from './margin-labels.ts';
import { markerMarks, type ShownMarker, setMarkers } from './marker-marks.ts';
import { type MarkSentences, passageMarks } from './passage-marks.ts';
import { textDirection } from './text-direction.ts';
import { userChanges } from './user-changes.ts';

/** The editor's messages, in the window's language. */
export interface EditorWords {
  /** The text's label. */
  readonly label: string;
  readonly labels: LabelWords;
  readonly marks: MarkSentences;
}

/** The text of a segment in the document; null is the id of a text without segments. */
export interface TypedText {
  readonly id: string | null;
  readonly text: string;
}

/** The editor's callbacks. */
export interface EditorOptions {
  /** Whether the text is read-only. */
  readonly readOnly?: boolean;
  readonly parent: HTMLElement;
  readonly nonce: string;
  readonly words: EditorWords;
  /** The label of the paragraph at this character was pressed; null if a press does nothing. */
  readonly onLabel: ((position: number, label: HTMLElement) => void) | null;
  /** Keys of the transcript, before those of every text field. */
  readonly keys: readonly KeyBinding[];
  /** What else the editor has. */
  readonly extensions?: Extension;
  /** Whether typing may begin a text without segments; it may not while one is still expected. */
  readonly mayBegin?: () => boolean;
  /** The user has changed these texts; without any segments it is the whole text, with null as its id. */
  readonly onTyped: (texts: readonly TypedText[]) => void;
  /** The caret or the selection has moved without a change of the text. */
  readonly onSelection: () => void;
  /** A word was clicked; `plays` with Ctrl or Cmd. */
  readonly onClick: (position: number, plays: boolean) => void;
  readonly onScroll: () => void;
  readonly onBlur: () => void;
  /** The system's menu requests undo or redo. */
  readonly onUndo: (redoes: boolean) => void;
}

/** A transcript's text as one editable document, in CodeMirror. */
export class TextEditor {
  readonly view: EditorView;
  readonly #words = new Compartment();
  readonly #options: EditorOptions;

  constructor(options: EditorOptions, transcript: Pick<TranscriptView, 'segments'>) {
    const { text, table } = layOut(transcript.segments);
    this.#options = options;
    const words = this.#words.of(wordsOf(options.words, options));
    this.view = new EditorView({
      parent: options.parent,
      state: EditorState.create({ doc: text, extensions: [extensionsFor(options), words] }),
    });
    this.view.dispatch({ effects: setTable.of(table), annotations: fromMain.of(true) });
    this.view.scrollDOM.addEventListener('scroll', options.onScroll, { passive: true });
  }

  get table(): SegmentTable {
    return tableOf(this.view.state);
  }

  /** The text of a segment in the document. */
  textOf(id: string): string {
    const { table } = this;
    const index = table.indexes.get(id);
    return index === undefined ? '' : this.textAt(index);
  }

  textAt(index: number): string {
    const { table } = this;
    return this.view.state.sliceDoc(table.from[index], table.to[index]);
  }

  /** Shows other segments, with the smallest change; the user's newer text of held segments stays. */
  show(next: readonly EditableSegment[], isHeld: (id: string) => boolean, select?: TextRange): void {
    const { state } = this.view;
    if (next === this.table.segments) return;
    const { changes, table } = patchDocument(
      this.table,
      next,
      state.doc.length,
      (from, to) => state.sliceDoc(from, to),
      isHeld,
    );
    this.view.dispatch({
      changes: [...changes],
      effects: setTable.of(table),
      annotations: [fromMain.of(true), Transaction.addToHistory.of(false)],
      ...(select === undefined ? {} : { selection: { anchor: select.from, head: select.to } }),
    });
  }

  /** Assigns all that was typed into a text without segments to the only one. */
  begin(segments: readonly EditableSegment[]): void {
    const table = segmentTable(segments, Int32Array.of(0), Int32Array.of(this.view.state.doc.length));
    this.view.dispatch({ effects: setTable.of(table), annotations: fromMain.of(true) });
  }

  /** Types these texts over those of segments, as the user would; absent segments are left out. */
  type(typed: readonly TypedText[]): void {
    const { table, view } = this;
    const changes = typed.flatMap(({ id, text }) => {
      if (id === null) {
        const length = view.state.doc.length;
        return table.segments.length > 0 ? [] : [{ from: 0, to: length, insert: text }];
      }
      const index = table.indexes.get(id);
      const change =
        index === undefined ? null : smallestChange(table.from[index] as number, this.textAt(index), text);
      return change === null ? [] : [change];
    });
    view.dispatch({ changes, userEvent: 'input' });
  }

  /** Accepts the same segments with more data: no text changes. */
  takeSegments(segments: readonly EditableSegment[]): void {
    this.view.dispatch({ effects: setTable.of({ ...this.table, segments }), annotations: fromMain.of(true) });
  }

  /** Scrolls a segment into view if necessary. */
  revealSegment(id: string): void {
    const position = this.table.from[this.table.indexes.get(id) ?? -1];
    if (position !== undefined && !this.isInSight(position)) this.reveal(position, 'center');
  }

  /** Ids of the segments that are drawn. */
  segmentsOnScreen(): string[] {
    const { from, to } = this.view.viewport;
    return segmentsBetween(this.table, from, to);
  }

  /** Ids of the segments of the empty paragraph with the caret, if the text has the focus; none in any other. */
  emptiedSegments(): string[] {
    const { table, view } = this;
    const line = view.state.doc.lineAt(view.state.selection.main.head);
    if (!view.hasFocus || line.text.trim() !== '') return [];
    return segmentsBetween(table, line.from, line.to).filter((id) => {
      const index = table.indexes.get(id) ?? -1;
      return (table.from[index] as number) >= line.from && (table.to[index] as number) <= line.to;
    });
  }

  /** Replaces the messages: the window's language has changed. */
  speak(words: EditorWords): void {
    this.view.dispatch({ effects: this.#words.reconfigure(wordsOf(words, this.#options)) });
  }

  setSkipped(skipped: readonly ShownRange[]): void {
    this.view.dispatch({ effects: setSkipped.of(skipped) });
  }

  /** Sets the speakers in the order of their colours. */
  setSpeakers(speakers: readonly string[]): void {
    this.view.dispatch({ effects: setSpeakers.of(speakers) });
  }

  setDoubts(doubts: Doubts): void {
    this.view.dispatch({ effects: setDoubts.of(doubts) });
  }

  /** Marks where this text differs from another. */
  setDifferences(marks: readonly DifferenceMark[]): void {
    this.view.dispatch({ effects: setDifferences.of(marks) });
  }

  setMarkers(markers: readonly ShownMarker[]): void {
    this.view.dispatch({ effects: setMarkers.of(markers) });
  }

  /** Shows words behind the document that are no part of it; null for none. */
  setLiveEnd(end: LiveEnd | null): void {
    this.view.dispatch({ effects: setLiveEnd.of(end) });
  }

  setFound(found: FoundMatches): void {
    this.view.dispatch({ effects: setFound.of(found) });
  }

  /** Marks a range as being spoken; null for none. */
  setSpoken(range: TextRange | null): void {
    this.view.dispatch({ effects: setSpoken.of(range) });
  }

  /** Selects a range and scrolls it into view. */
  select(range: TextRange, where: 'nearest' | 'center' = 'nearest'): void {
    const effects: StateEffect<unknown>[] = [
      EditorView.scrollIntoView(range.from, { y: where, yMargin: 48 }),
    ];
    this.view.dispatch({ selection: { anchor: range.from, head: range.to }, effects });
  }

  /** Scrolls a character into view if necessary. */
  reveal(position: number, where: 'nearest' | 'center'): void {
    this.view.dispatch({ effects: EditorView.scrollIntoView(position, { y: where, yMargin: 48 }) });
  }

  /** Whether a character is visible. */
  isInSight(position: number): boolean {
    const { from, to } = this.view.viewport;
    if (position < from || position > to) return false;
    const place = this.view.coordsAtPos(position);
    const frame = this.view.scrollDOM.getBoundingClientRect();
    return place !== null && place.top >= frame.top && place.bottom <= frame.bottom;
  }

  /** The words of the segment at this index, with their ranges in the document. */
  wordsAt(index: number): PlacedWord[] {
    const segment = this.table.segments[index];
    if (segment === undefined) return [];
    const from = this.table.from[index] as number;
    return placeWords(this.textAt(index), segment.words).map((place) => ({
      word: place.word,
      from: from + place.from,
      to: from + place.to,
    }));
  }

  /** The time of the word at a character; null if there is no text. */
  timeAt(position: number): { startMs: number; endMs: number } | null {
    const index = indexAtPosition(this.table, position);
    const segment = this.table.segments[Math.max(0, index)];
    if (segment === undefined) return null;
    return wordAtOffset(this.wordsAt(Math.max(0, index)), position)?.word ?? segment;
  }

  /** The word spoken at a time in a segment; null between words' beginnings and outside. */
  wordAt(index: number, timeMs: number): TextRange | null {
    return wordAtTime(this.wordsAt(index), timeMs);
  }

  /** The selected words; empty if nothing is selected. */
  selectedText(): string {
    const { from, to } = this.view.state.selection.main;
    return this.view.state.sliceDoc(from, to);
  }

  /** Ids of the segments that the selection touches; of the one at the caret if nothing is selected. */
  selectedSegments(): string[] {
    const { from, to } = this.view.state.selection.main;
    return segmentsBetween(this.table, from, to);
  }

  /** Ids of the segments in the paragraph at a character, from that character on if `fromHere`. */
  paragraphSegments(position: number, fromHere = false): string[] {
    return paragraphSegments(this.view.state, position, fromHere);
  }

  focus(): void {
    this.view.focus();
  }

  close(): void {
    this.view.destroy();
  }
}

/** Ids of the segments in the paragraph at a character, from that character on if `fromHere`. */
export function paragraphSegments(state: EditorState, position: number, fromHere = false): string[] {
  const line = state.doc.lineAt(position);
  return segmentsBetween(tableOf(state), fromHere ? position : line.from, line.to);
}

/** Ids of the segments that a range of characters touches. */
function segmentsBetween(table: SegmentTable, from: number, to: number): string[] {
  const indexes = indexesInRange(table, from, to);
  if (indexes === null) return [];
  return table.segments.slice(indexes.first, indexes.last + 1).map(({ id }) => id);
}

/**
 * A caret at the end of a wrapped line is set again whenever the editor measures itself, and that takes the focus away
 * from where it has moved: from a dialog, say. Without a side it stays as it is.
 */
function settleCaret(view: EditorView): void {
  const { empty, assoc, head } = view.state.selection.main;
  if (empty && assoc !== 0) view.dispatch({ selection: EditorSelection.cursor(head) });
}

/** What depends on the window's language. */
function wordsOf({ label, labels, marks }: EditorWords, { onLabel }: EditorOptions): Extension {
  return [
    EditorView.contentAttributes.of({ 'aria-label': label }),
    marginLabels(labels, onLabel),
    textDirection,
    passageMarks(marks),
  ];
}

function extensionsFor(options: EditorOptions): Extension[] {
  return [
    EditorView.cspNonce.of(options.nonce),
    EditorView.lineWrapping,
    EditorState.allowMultipleSelections.of(false),
    EditorView.contentAttributes.of({
      spellcheck: 'false',
      tabindex: '0',
      autocorrect: 'off',
      ...(options.readOnly === true ? { 'aria-readonly': 'true' } : {}),
    }),
    EditorState.readOnly.of(options.readOnly === true),
    editorState,
    userChanges,
    differenceMarks,
    markerMarks,
    liveEnd,
    options.extensions ?? [],
    Prec.high(keymap.of([...options.keys])),
    keymap.of([...FIELD_KEYS]),
    EditorState.changeFilter.of((transaction) => {
      const isUsers = transaction.annotation(fromMain) !== true;
      const isBegun = tableOf(transaction.startState).segments.length > 0;
      return !isUsers || isBegun || options.mayBegin?.() === true;
    }),
    EditorView.updateListener.of((update) => {
      const typed = new Set<string>();
      let isTyped = false;
      for (const transaction of update.transactions) {
        if (transaction.annotation(fromMain)) continue;
        for (const id of touchedBy(transaction)) typed.add(id);
        isTyped ||= transaction.docChanged;
      }
      const table = tableOf(update.state);
      const textOf = (id: string) => {
        const index = table.indexes.get(id) ?? -1;
        return update.state.sliceDoc(table.from[index], table.to[index]);
      };
      if (isTyped && table.segments.length === 0)
        options.onTyped([{ id: null, text: update.state.doc.toString() }]);
      else if (typed.size > 0) options.onTyped([...typed].map((id) => ({ id, text: textOf(id) })));
      else if (update.selectionSet && !update.docChanged) options.onSelection();
    }),
    EditorView.domEventHandlers({
      mouseup(event, view) {
        if (event.button !== 0 || !view.state.selection.main.empty) return;
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (position !== null) options.onClick(position, event.ctrlKey || event.metaKey);
      },
      blur: (_event, view) => {
        settleCaret(view);
        options.onBlur();
      },
      beforeinput(event) {
        const isRedo = event.inputType === 'historyRedo';
        if (!isRedo && event.inputType !== 'historyUndo') return false;
        event.preventDefault();
        options.onUndo(isRedo);
        return true;
      },
    }),
  ];
}
