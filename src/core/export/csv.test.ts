import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TranscriptDocument } from '../../contract/document.ts';
import {
  type CsvDelimiter,
  formatOptionsOf,
  USUAL_FORMAT_CHOICE,
  USUAL_FORMAT_OPTIONS,
} from '../../contract/format-options.ts';
import { numbersLocale } from '../../contract/locale.ts';
import { CSV_COLUMNS, csvOf } from './csv.ts';
import { readableText } from './readable-text.ts';
import {
  exampleDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';

function csv(document = exampleDocument()): string {
  return [...csvOf(document, { language: 'en' })].join('');
}

function csvWith(csvDelimiter: CsvDelimiter, document: TranscriptDocument): string {
  const formatOptions = { ...USUAL_FORMAT_OPTIONS, csvDelimiter };
  return [...csvOf(document, { language: 'en', formatOptions })].join('');
}

/** Rows and cells by RFC 4180; throws if a file does not conform to it. */
function parsed(file: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < file.length) {
    const row: string[] = [];
    for (;;) {
      const [all = '', quoted, plain = ''] = /"((?:[^"]|"")*)"|([^",\r\n]*)/y.exec(file.slice(at)) ?? [];
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      at += all.length;
      if (file[at] !== ',') break;
      at++;
    }
    if (file.slice(at, at + 2) !== '\r\n') throw new Error(`no end of row at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

/** The rows without the byte order mark, which is required, and without the header. */
function rowsOf(file: string): string[][] {
  expect(file.startsWith('\uFEFF')).toBe(true);
  const [head, ...rows] = parsed(file.slice(1));
  expect(head).toEqual([...CSV_COLUMNS]);
  return rows;
}

test('the head is that which was promised', () => {
  expect(csv()).toBe('\uFEFFstart,end,speaker,language,confidence,text,flags\r\n');
});

test.each(REFERENCE_NAMES)('%s: a row for each segment', (name) => {
  const { segments } = referenceDocument(name);
  const rows = rowsOf(csv(referenceDocument(name)));
  expect(rows.map((row) => row[5])).toEqual(segments.map(({ text }) => text));
  for (const row of rows) expect(row[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
});

test('commas, quotes and flags', () => {
  const segment = { ...segmentOf('He said "no", twice', 62_345, 63_000, 'A, B'), flags: ['loop', 'overlap'] };
  const file = csv(exampleDocument({ segments: [segment as never] }));
  expect(file.split('\r\n')[1]).toBe(
    '00:01:02.345,00:01:03.000,"A, B",en,0.93,"He said ""no"", twice",loop overlap',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uFF1D1', '=HYPERLINK("http://x","y")'])(
  'a spreadsheet takes %j for text',
  (text) => {
    const rows = rowsOf(csv(exampleDocument({ segments: [segmentOf(text, 0, 900, text)] })));
    expect(rows[0]?.[5]).toMatch(/^'/);
    expect(rows[0]?.[2]).toMatch(/^'/);
  },
);

test.each([
  '- No.',
  '-No.',
  '- 5 años',
  '-5 grados, decía',
  '-¿Quién?',
  '-«Nadie»',
  '- …',
  '--Sí',
  '-',
  '-...',
  '\uFF0Dはい',
])('the dash of the dialogue %j is seen as it is, and no formula', (text) => {
  const [row] = rowsOf(csv(exampleDocument({ segments: [segmentOf(text, 0, 900)] })));
  expect(row?.[5]).toBe(`\u00A0${text}`);
});

test.each(['– No.', '— Sí…', '―Nein', '−5', '• Uno', '¡No!'])(
  '%j is no formula, and stays as it is',
  (text) => {
    const [row] = rowsOf(csv(exampleDocument({ segments: [segmentOf(text, 0, 900)] })));
    expect(row?.[5]).toBe(text);
  },
);

test('a dash does not let a formula through', () => {
  for (const text of [
    "-cmd|' /C calc'!A0",
    '- HYPERLINK("http://x")',
    '-1+2',
    '-(1+2)',
    '-@SUM(A1)',
    '-=1',
  ]) {
    const [row] = rowsOf(csv(exampleDocument({ segments: [segmentOf(text, 0, 900)] })));
    expect(row?.[5]).toMatch(/^['\u00A0]-/);
  }
});

test('with a semicolon decimals have a comma, and only what parts cells is quoted', () => {
  const document = exampleDocument({ segments: [segmentOf('Uno, dos; tres', 62_345, 63_000, 'A, B')] });
  expect(csvWith('semicolon', document)).toBe(
    '\uFEFFstart;end;speaker;language;confidence;text;flags\r\n' +
      '00:01:02,345;00:01:03,000;A, B;en;0,93;"Uno, dos; tres";\r\n',
  );
  expect(csvWith('tab', document).split('\r\n')[1]).toBe(
    '00:01:02.345\t00:01:03.000\tA, B\ten\t0.93\tUno, dos; tres\t',
  );
});

test.each([
  [{ LANG: 'es_ES.UTF-8' }, 'semicolon'],
  [{ LANG: 'de_DE.UTF-8' }, 'semicolon'],
  [{ LANG: 'fr_FR@euro' }, 'semicolon'],
  [{ LANG: 'es_MX.UTF-8' }, 'comma'],
  [{ LANG: 'en_US.UTF-8' }, 'comma'],
  [{ LANG: 'C.UTF-8' }, 'comma'],
  [{ LANG: 'en_US.UTF-8', LC_NUMERIC: 'de_DE.UTF-8' }, 'semicolon'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'en_GB.UTF-8', LC_NUMERIC: 'de_DE.UTF-8' }, 'comma'],
  [{ LANG: 'nonsense_!!' }, 'comma'],
])('where %j, spreadsheets expect a %s', (env, delimiter) => {
  const options = formatOptionsOf(USUAL_FORMAT_CHOICE, numbersLocale(env) ?? '');
  expect(options.csvDelimiter).toBe(delimiter);
});

test('whatever is said comes back as one cell that is no formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const [row = []] = rowsOf(csv(exampleDocument({ segments: [segmentOf(text, 0, 900)] })));
      expect(row).toHaveLength(CSV_COLUMNS.length);
      expect(row[5]?.replace(/^['\u00A0](?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u, '')).toBe(readableText(text));
      expect(row[5]).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
