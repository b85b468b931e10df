import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A recording of real people, with what is known of it. */
export interface SpeechRecording {
  /** The file's name in its folder. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** As in the list: `es-419`, `en (French accent)`, `en+de` for several, `-` for no speech. */
  readonly language: string;
  readonly kind: string;
  readonly seconds: number;
  /** The reference text, or a remark about it. */
  readonly reference: string;
}

/** What `VOICESYNC_SPEECH` names: a folder of recordings with a `speech.tsv`; null if it is not set. */
export function speechFolder(): string | null {
  const folder = process.env.VOICESYNC_SPEECH ?? '';
  return folder === '' ? null : folder;
}

/**
 * The recordings that a folder's `speech.tsv` names and that exist, in its order. Columns by their names in the first
 * line: file, language, kind, seconds, reference; others are ignored. Throws if one of these is missing.
 */
export function readSpeechList(folder: string): SpeechRecording[] {
  return parseSpeechList(readFileSync(join(folder, 'speech.tsv'), 'utf8'))
    .map((row) => ({ ...row, path: join(folder, row.name) }))
    .filter(({ path }) => existsSync(path));
}

/** The rows of a `speech.tsv`: tab-separated, quoted as by Python's csv module. */
export function parseSpeechList(text: string): Omit<SpeechRecording, 'path'>[] {
  const [header = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map(unquoted));
  const cell = (row: readonly string[], column: string) => {
    const place = header.indexOf(column);
    if (place < 0) throw new Error(`speech.tsv has no column "${column}"`);
    return row[place] ?? '';
  };
  const rowsWithTexts = rows.map((row) => ({
    name: cell(row, 'file'),
    language: cell(row, 'language').trim(),
    kind: cell(row, 'kind'),
    seconds: Number(cell(row, 'seconds')),
    reference: cell(row, 'reference'),
  }));
  return rowsWithTexts.map((row) => ({ ...row, reference: sameAs(row.reference, rowsWithTexts) }));
}

function unquoted(cell: string): string {
  return /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/** `(same as jfk.wav)` means the text of the first file whose name ends with it. */
function sameAs(reference: string, rows: readonly { name: string; reference: string }[]): string {
  const other = /^\(same as (\S+?)\)/.exec(reference)?.[1];
  if (other === undefined) return reference;
  return rows.find(({ name }) => name.endsWith(other))?.reference ?? '';
}
