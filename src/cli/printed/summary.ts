import { basename, dirname, isAbsolute, relative } from 'node:path';
import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { errorOf } from '../../contract/errors.ts';
import { goesOnToEnd, SHOWN_LANGUAGE_RANGES } from '../../contract/language-ranges.ts';
import { languageName } from '../../contract/languages.ts';
import type { Locale } from '../../contract/locale.ts';
import type { LanguageRange } from '../../contract/transcript.ts';
import { showable } from '../../contract/untrusted-text.ts';
import { assumedReadingText } from '../../messages/assumed-reading.ts';
import { describeError } from '../../messages/describe-error.ts';
import { type CliTexts, headings, type Texts } from '../texts.ts';
import { shortened } from './display-width.ts';
import { seconds, timesRealTime } from './quantities.ts';
import { shortId } from './short-id.ts';
import { table } from './table.ts';

/** Maximum width of the table's other columns, and the minimum left for names even if that is too wide. */
const OTHER_COLUMNS = 46;
const LEAST_NAME_COLUMNS = 16;

/** How many files were skipped because their transcripts exist; null for none. */
export function existingLine(outcomes: readonly FileOutcome[], say: CliTexts): string | null {
  const existing = outcomes.filter(({ state }) => state === 'existing');
  return existing.length === 0 ? null : say('existing', { count: existing.length });
}

/** The result of every file as a table, with names shortened for a terminal of this many columns; null for a log. */
export function summaryTable(
  outcomes: readonly FileOutcome[],
  columns: number | null,
  { say, language }: Texts,
): string {
  const nameColumns =
    columns === null ? Number.POSITIVE_INFINITY : Math.max(LEAST_NAME_COLUMNS, columns - OTHER_COLUMNS);
  const rows = outcomes.map((outcome) => [
    shortened(shortPath(outcome.file), nameColumns),
    say(`results.${outcome.state}`),
    outcome.durationMs === null ? '–' : shortClockTime(outcome.durationMs),
    outcome.figures === null ? '–' : seconds(outcome.figures.wallMs, language),
    speedOf(outcome, language),
  ]);
  return table(headings(say, ['recording', 'result', 'length', 'took', 'speed']), rows);
}

/**
 * The messages for every failed file, each with the file's name, and where its transcript is if it could not be
 * exported. `vault`: null for an ephemeral one.
 */
export function failureLines(outcomes: readonly FileOutcome[], vault: string | null, texts: Texts): string[] {
  const nameOf = namesIn(outcomes);
  return outcomes.flatMap((outcome) => {
    const { failure } = outcome;
    const name = nameOf(outcome);
    const kept = keptLine(outcome, name, vault, texts);
    if (failure === null) return kept;
    const { what, todo } = describeError(errorOf(failure), texts.language);
    return [behindName(name, `${what} ${todo}`), ...kept];
  });
}

/** How messages name each file: by its name, or by its path if others have the same. */
function namesIn(outcomes: readonly FileOutcome[]): (outcome: FileOutcome) => string {
  const named = Map.groupBy(outcomes, ({ file }) => basename(file));
  return ({ file }) => {
    const isAlone = (named.get(basename(file)) ?? []).length <= 1;
    return showable(isAlone ? basename(file) : shortPath(file));
  };
}

/** A message about a file, prefixed by its name if it does not contain it. */
export function withFileName(file: string, sentences: string): string {
  return behindName(showable(basename(file)), sentences);
}

function behindName(name: string, sentences: string): string {
  return sentences.includes(name) ? sentences : `${name}: ${sentences}`;
}

/** Where the transcript is if it could not be written to its folder; empty if there is none, or if it was written. */
function keptLine(outcome: FileOutcome, name: string, vault: string | null, { say }: Texts): string[] {
  const { state, transcribed, rescued, recordingId } = outcome;
  if (rescued !== null) {
    const { folder, paths } = rescued;
    return [
      paths.length > 0
        ? say('rescued', { name, folder, paths: paths.join(', ') })
        : say('onScreenOnly', { name, folder }),
    ];
  }
  if (vault === null || recordingId === null || state !== 'failed' || !transcribed) return [];
  const out = say('anyFolder');
  const command = `voicesync recordings export ${shortId(recordingId)} --out ${out} --vault ${quoted(vault)}`;
  return [say('stillInVault', { name, command })];
}

/**
 * What the texts lack, or may have wrong: how a recording was read if that was a guess, what could not be decoded, and
 * what is probably in another language, with the command that retranscribes it. `vault`: null for an ephemeral one.
 */
export function findingLines(outcomes: readonly FileOutcome[], vault: string | null, texts: Texts): string[] {
  const { say, language } = texts;
  const nameOf = namesIn(outcomes);
  return outcomes.flatMap((outcome) => {
    const { notUnderstood, otherLanguages, assumed } = outcome;
    const lines: string[] = [];
    const name = nameOf(outcome);
    if (assumed !== null) lines.push(`${name}: ${assumedReadingText(assumed, language)}`);
    if (outcome.beginsBeforeZero) lines.push(say('beforeZero', { name }));
    if (notUnderstood.length > 0) {
      const totalMs = notUnderstood.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      const places = told(notUnderstood, ({ startMs, endMs }) => times(startMs, endMs), say);
      lines.push(
        say('notUnderstood', { name, count: notUnderstood.length, length: shortClockTime(totalMs), places }),
      );
    }
    if (otherLanguages.length > 0) {
      lines.push(
        say('otherLanguages', {
          name,
          places: told(otherLanguages, (one) => languageRange(one, outcome, texts), say),
        }),
      );
      lines.push(say('otherLanguagesHint', { command: mixedCommand(outcome, vault) }));
    }
    return lines;
  });
}

/** The first ones, and how many more there are. */
function told<T>(all: readonly T[], inWords: (one: T) => string, say: CliTexts): string {
  const places = all.slice(0, SHOWN_LANGUAGE_RANGES).map(inWords).join(', ');
  const more = all.length - SHOWN_LANGUAGE_RANGES;
  return more > 0 ? `${places} ${say('andMore', { count: more })}` : places;
}

function times(startMs: number, endMs: number): string {
  return `${shortClockTime(startMs)}–${shortClockTime(endMs)}`;
}

function languageRange(range: LanguageRange, { durationMs }: FileOutcome, { say, language }: Texts): string {
  const { startMs, endMs, probability } = range;
  const isOpen = durationMs !== null && goesOnToEnd(range, durationMs);
  const where = isOpen ? say('fromOn', { time: shortClockTime(startMs) }) : times(startMs, endMs);
  return say('probably', {
    where,
    language: languageName(range.language, language),
    percent: Math.round(probability * 100),
  });
}

function mixedCommand({ file, recordingId }: FileOutcome, vault: string | null): string {
  if (vault === null || recordingId === null) return `voicesync transcribe ${quoted(file)} --language mixed`;
  return `voicesync queue add ${shortId(recordingId)} --language mixed --vault ${quoted(vault)}`;
}

/** A path quoted for a shell. */
function quoted(path: string): string {
  const shown = showable(path);
  return /^[\w./\\:~-]+$/.test(shown) ? shown : `"${shown}"`;
}

/** The line that says where these files are still readable; null for none. */
export function stillReadable(files: readonly string[], say: CliTexts): string | null {
  const [only] = files;
  if (only === undefined) return null;
  const paths = files.length === 1 ? only : [...new Set(files.map((file) => dirname(file)))].join(', ');
  return say('stillReadable', { count: files.length, paths });
}

/** A path relative to the working folder, if it is below that. */
export function shortPath(file: string): string {
  if (!isAbsolute(file)) return file;
  const way = relative(process.cwd(), file);
  return way.startsWith('..') || isAbsolute(way) ? file : way;
}

/** A failed job's figures only say how fast it failed. */
function speedOf({ state, durationMs, figures }: FileOutcome, language: Locale): string {
  if (state !== 'done' && state !== 'partly') return '–';
  if (durationMs === null || figures === null || figures.wallMs === 0) return '–';
  return timesRealTime(durationMs / figures.wallMs, language);
}
