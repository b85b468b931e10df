import { clockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { ExportTexts } from '../export-texts.ts';
import { columnsOf } from '../text-columns.ts';
import type { CourtLayout } from './court-layout.ts';
import { pagesOf } from './page-breaks.ts';
import { wrappedLines } from './wrapped-lines.ts';

/** Something that begins in a line of the text. */
export interface IndexedLine {
  readonly page: number;
  /** From 1. */
  readonly line: number;
  readonly atMs: number;
  readonly speaker: string | null;
  /** Label of a marker that stands there; null for anything else. */
  readonly marker: string | null;
}

const SHORT_STEP_MS = 60_000;
const LONG_STEP_MS = 300_000;
const LONG_MS = 1_800_000;

/**
 * The index, on pages without line numbers: where each speaker first speaks, where the markers stand, and at which page and line
 * the recording is at each minute (of longer ones at every fifth), so that a place can be listened to.
 */
export function indexPages(
  indexed: readonly IndexedLine[],
  { recording }: Pick<TranscriptDocument, 'recording'>,
  { columns, lines: most }: CourtLayout,
  texts: ExportTexts,
): string[][] {
  if (indexed.length === 0) return [];
  const entry = (label: string, at: IndexedLine) => dotted(label, citation(at), columns);
  const speakers = new Map<string, IndexedLine>();
  for (const one of indexed) {
    if (one.speaker !== null && !speakers.has(one.speaker)) speakers.set(one.speaker, one);
  }
  const markers = indexed.filter(({ marker }) => marker !== null);
  const times = timeSteps(
    indexed.filter(({ marker }) => marker === null),
    recording.durationMs > LONG_MS ? LONG_STEP_MS : SHORT_STEP_MS,
  );
  const section = (heading: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : ['', heading.toLocaleUpperCase(texts.formats), ...entries];
  const lines = [
    texts.documents('index').toLocaleUpperCase(texts.formats),
    ...wrappedLines(texts.documents('aboutIndex'), { first: '', further: 0, columns }),
    ...section(
      texts.documents('indexSpeakers'),
      [...speakers].flatMap(([name, at]) => entry(name, at)),
    ),
    ...section(
      texts.documents('indexMarkers'),
      markers.flatMap((at) =>
        entry(at.marker === '' ? texts.documents('unnamedMarker') : (at.marker ?? ''), at),
      ),
    ),
    ...section(
      texts.documents('indexTimes'),
      times.flatMap((at) => entry(clockTime(at.atMs), at)),
    ),
  ];
  return pagesOf(lines, most);
}

/** A place as it is cited: page and line, `45:12`. */
export function citation({ page, line }: Pick<IndexedLine, 'page' | 'line'>): string {
  return `${page}:${String(line).padStart(2, '0')}`;
}

function timeSteps(indexed: readonly IndexedLine[], stepMs: number): IndexedLine[] {
  const steps: IndexedLine[] = [];
  let step = -1;
  for (const one of indexed) {
    const here = Math.floor(one.atMs / stepMs);
    if (here > step) steps.push(one);
    step = Math.max(step, here);
  }
  return steps;
}

/** A label, dots, and a place at the right margin. */
function dotted(label: string, place: string, columns: number): string[] {
  const lines = wrappedLines(label, { first: '  ', further: 4, columns: columns - place.length - 3 });
  const last = lines.pop() ?? '';
  const dots = columns - columnsOf(last) - place.length - 2;
  return [...lines, `${last} ${'.'.repeat(Math.max(1, dots))} ${place}`];
}
