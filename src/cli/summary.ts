import { basename, dirname, isAbsolute, relative } from 'node:path';
import { describeError } from '../contract/error-messages.ts';
import { errorOf } from '../contract/errors.ts';
import { showable } from '../contract/untrusted-text.ts';
import { shortClockTime } from '../core/export/clock-times.ts';
import { shortened } from './display-width.ts';
import { seconds, timesRealTime } from './quantities.ts';
import type { FileOutcome } from './reporter.ts';
import { table } from './table.ts';
import { LANGUAGE, SAY } from './words.ts';

/** What the table's other columns take at most, and what is left for names even where that is too much. */
const OTHER_COLUMNS = 46;
const LEAST_NAME_COLUMNS = 16;

/** What came of every file as a table, with names short enough for a terminal of so many columns; null for a log. */
export function summaryTable(outcomes: readonly FileOutcome[], columns: number | null): string {
  const nameColumns =
    columns === null ? Number.POSITIVE_INFINITY : Math.max(LEAST_NAME_COLUMNS, columns - OTHER_COLUMNS);
  const { recording, result, length, took, speed } = SAY.headings;
  const rows = outcomes.map((outcome) => [
    shortened(shortPath(outcome.file), nameColumns),
    SAY.results[outcome.state],
    outcome.durationMs === null ? '–' : shortClockTime(outcome.durationMs),
    outcome.figures === null ? '–' : seconds(outcome.figures.wallMs),
    speedOf(outcome),
  ]);
  return table([recording, result, length, took, speed], rows);
}

/** The sentences for every file that failed, each with the file's name. */
export function failureLines(outcomes: readonly FileOutcome[]): string[] {
  return outcomes.flatMap(({ file, failure }) => {
    if (failure === null) return [];
    const { what, todo } = describeError(errorOf(failure), LANGUAGE);
    const sentences = `${what} ${todo}`;
    const name = showable(basename(file));
    return [sentences.includes(name) ? sentences : `${name}: ${sentences}`];
  });
}

/** The line that says where these files are still readable; null for none. */
export function stillReadable(files: readonly string[]): string | null {
  const [only] = files;
  if (only === undefined) return null;
  if (files.length === 1) return SAY.stillReadable(only);
  return SAY.stillReadableMany([...new Set(files.map((file) => dirname(file)))].join(', '));
}

/** A path as it is seen from the working folder, where it lies below that. */
function shortPath(file: string): string {
  if (!isAbsolute(file)) return file;
  const way = relative(process.cwd(), file);
  return way.startsWith('..') || isAbsolute(way) ? file : way;
}

/** Of a failed job the figures say how fast it failed. */
function speedOf({ state, durationMs, figures }: FileOutcome): string {
  if (state === 'failed' || state === 'interrupted') return '–';
  if (durationMs === null || figures === null || figures.wallMs === 0) return '–';
  return timesRealTime(durationMs / figures.wallMs);
}
