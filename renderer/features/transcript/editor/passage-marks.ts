import type { Extension, Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { SegmentFlag } from '../../../../src/contract/transcript.ts';
import { type DoubtKind, doubtfulWords } from '../document/doubts.ts';
import { indexesInRange, type SegmentTable } from '../document/segment-table.ts';
import { placeWords } from '../document/word-places.ts';
import { doubtsIn, foundIn, setDoubts, setFound, setTable, tableOf } from './editor-state.ts';

/** The tooltips of the marks. */
export interface MarkSentences {
  readonly doubts: Readonly<Record<DoubtKind, string>>;
  readonly flags: Readonly<Record<SegmentFlag, string>>;
}

/** Marks doubtful words, flagged passages and matches in the visible ranges. */
export function passageMarks(sentences: MarkSentences): Extension {
  class PassageMarks implements PluginValue {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marksFor(view, sentences);
    }

    update(update: ViewUpdate): void {
      const isStale = update.transactions.some(({ effects }) =>
        effects.some((effect) => effect.is(setTable) || effect.is(setDoubts) || effect.is(setFound)),
      );
      if (isStale || update.viewportChanged) this.decorations = marksFor(update.view, sentences);
      else if (update.docChanged) this.decorations = this.decorations.map(update.changes);
    }
  }
  return ViewPlugin.fromClass(PassageMarks, { decorations: (plugin) => plugin.decorations });
}

function marksFor(view: EditorView, sentences: MarkSentences): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const table = tableOf(view.state);
  const found = foundIn(view.state);
  for (const { from, to } of view.visibleRanges) {
    const indexes = indexesInRange(table, from, to);
    if (indexes === null) continue;
    for (let index = indexes.first; index <= indexes.last; index += 1) {
      markSegment(view, table, index, sentences, ranges);
    }
    found.matches.forEach((match, order) => {
      if (match.to < from || match.from > to) return;
      const mark = order === found.current ? 'vs-found vs-found-current' : 'vs-found';
      ranges.push(Decoration.mark({ class: mark }).range(match.from, match.to));
    });
  }
  return Decoration.set(ranges, true);
}

function markSegment(
  view: EditorView,
  table: SegmentTable,
  index: number,
  { doubts, flags }: MarkSentences,
  ranges: Range<Decoration>[],
): void {
  const segment = table.segments[index];
  const from = table.from[index] as number;
  const to = table.to[index] as number;
  if (segment === undefined || from === to) return;
  for (const flag of segment.flags) {
    const attributes = { title: flags[flag] };
    ranges.push(Decoration.mark({ class: `vs-flag vs-flag-${flag}`, attributes }).range(from, to));
  }
  const doubtful = doubtfulWords(segment, doubtsIn(view.state));
  if (doubtful.length === 0) return;
  const own = doubtsIn(view.state).get(segment.id) ?? [];
  for (const place of placeWords(view.state.sliceDoc(from, to), segment.words)) {
    if (!doubtful.includes(segment.words.indexOf(place.word))) continue;
    const doubt = own.find(({ startMs }) => startMs === place.word.startMs);
    if (doubt === undefined) continue;
    const attributes = { title: doubts[doubt.kind] };
    ranges.push(Decoration.mark({ class: 'vs-doubt', attributes }).range(from + place.from, from + place.to));
  }
}
