import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type ExportFormat, FULL_CONTENT } from '../../../contract/document.ts';
import {
  COURT_MEASURES,
  type CourtProfile,
  USUAL_CONVENTIONS,
  USUAL_STYLE,
} from '../../../contract/export-style.ts';
import { render } from '../render.ts';
import { exampleDocument, longDocument, segmentOf } from '../testing/example-documents.ts';

const MATTER = { name: 'Ríos v. Soto', caseNumber: '26-CV-104' };

async function courtFile(
  document: Parameters<typeof render>[0],
  format: ExportFormat,
  profile: CourtProfile,
  measures = COURT_MEASURES[profile],
): Promise<Uint8Array> {
  const chunks = await render(document, {
    format,
    timestamps: true,
    content: FULL_CONTENT,
    language: 'en',
    style: {
      ...USUAL_STYLE,
      conventions: { ...USUAL_CONVENTIONS, speakerLabels: 'questionAnswer' },
      template: { kind: 'court', profile, ...measures },
    },
  });
  return Buffer.concat(chunks);
}

async function pagesOfText(...given: Parameters<typeof courtFile>): Promise<string[][]> {
  const text = new TextDecoder().decode(await courtFile(...given));
  return text.split('\f').map((page) => page.split('\n'));
}

/** The numbered lines of a page, by their numbers. */
function numbered(page: readonly string[] = []): Map<number, string> {
  return new Map(
    page.flatMap((line) => {
      const [, number, text = ''] = /^ ?(\d{1,2})(?: {3}(.*))?$/.exec(line) ?? [];
      return number === undefined ? [] : [[Number(number), text] as const];
    }),
  );
}

const EXAMINATION = exampleDocument({
  matter: MATTER,
  segments: [
    segmentOf('Please be seated, and let us go on where we left off before the recess.', 0, 900, 'The Court'),
    segmentOf(
      'Where were you on the night of the ninth of April when the telephone rang twice?',
      1000,
      2000,
      'Ana',
    ),
    segmentOf('At home.', 2500, 3000, 'Ben'),
  ],
});

test('Utah: Q and A in the fifth column, text in the tenth, further lines at the margin', async () => {
  const pages = await pagesOfText(EXAMINATION, 'txt', 'utah');
  const lines = numbered(pages[1]);
  expect([...lines.values()]).toEqual([
    '         THE COURT:  Please be seated, and let us go on where',
    'we left off before the recess.',
    '    Q    Where were you on the night of the ninth of April when',
    'the telephone rang twice?',
    '    A    At home.',
  ]);
  expect(pages[1]?.filter(Boolean).at(-1)).toMatch(/^ {5}Ríos v\. Soto · 26-CV-104 +2$/);
});

test('New York: five blanks before Q, ten before its text; title page and index', async () => {
  const pages = await pagesOfText(EXAMINATION, 'txt', 'newYork');
  expect(numbered(pages[1]).get(3)).toBe('     Q    Where were you on the night of the ninth of April');
  const title = pages[0]?.join('\n') ?? '';
  for (const told of ['Ríos v. Soto', 'Case No. 26-CV-104', 'TRANSCRIPT', 'not reviewed', 'Q: Ana', 'A: Ben'])
    expect(title).toContain(told);
  const index = pages[2]?.join('\n') ?? '';
  expect(index).toMatch(/Q \.+ 2:03/);
  expect(index).toMatch(/A \.+ 2:05/);
});

test('every page is full, no line is longer than the page is wide, and no word is lost', async () => {
  const document = { ...longDocument(300), matter: MATTER };
  const measures = { lines: 20, columns: 45 };
  const pages = (await pagesOfText(document, 'txt', 'plain', measures))
    .map(numbered)
    .filter(({ size }) => size > 0);
  expect(pages.length).toBeGreaterThan(20);
  for (const page of pages.slice(0, -1))
    expect([...page.keys()]).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  const lines = pages.flatMap((page) => [...page.values()]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(45);
  const words = lines.join(' ').replace(/\s+/g, ' ');
  for (const { text } of document.segments) expect(words).toContain(text);
});

test('the Word document has the same words at the same page and line as the text, by breaks of its own', async () => {
  const document = { ...longDocument(120), matter: MATTER };
  const text = (await pagesOfText(document, 'txt', 'newYork')).map(numbered);
  const xml = strFromU8(
    unzipSync(await courtFile(document, 'docx', 'newYork'))['word/document.xml'] as Uint8Array,
  );
  const pages = xml.split('<w:pageBreakBefore/>').map((page) =>
    numbered(
      [...page.matchAll(/<w:p>.*?<\/w:p>/g)].flatMap(([paragraph]) => {
        const [, number] = /<w:r><w:t>(\d+)<\/w:t><\/w:r><w:r><w:tab\/>/.exec(paragraph) ?? [];
        const [, words = ''] = /preserve">([^<]*)</.exec(paragraph) ?? [];
        return number === undefined ? [] : [`${number.padStart(2)}   ${words}`.trimEnd()];
      }),
    ),
  );
  expect(pages).toEqual(text);
  const html = new TextDecoder().decode(await courtFile(document, 'pdf', 'newYork'));
  expect(html.match(/<section>/g)?.length).toBe(text.length);
});
