import { expect, test } from 'vitest';
import { FULL_CONTENT, type TranscriptDocument } from '../../../contract/document.ts';
import { type Conventions, USUAL_CONVENTIONS, USUAL_STYLE } from '../../../contract/export-style.ts';
import { render } from '../render.ts';
import { exampleDocument, longDocument, segmentOf } from '../testing/example-documents.ts';
import { CitedPages, citedRange } from './citations.ts';

const MEASURES = { lines: 20, columns: 45 };

function styleWith(conventions: Partial<Conventions>, measures = MEASURES) {
  return {
    ...USUAL_STYLE,
    conventions: { ...USUAL_CONVENTIONS, ...conventions },
    template: { kind: 'court' as const, profile: 'plain' as const, ...measures },
  };
}

/** The numbered lines of the plain text export, as `page:line` and words. */
async function printed(document: TranscriptDocument, conventions: Partial<Conventions>) {
  const style = styleWith(conventions);
  const options = { format: 'txt', timestamps: true, content: FULL_CONTENT, language: 'en', style } as const;
  const text = Buffer.concat(await render(document, options)).toString('utf8');
  return text.split('\f').flatMap((page, at) =>
    page.split('\n').flatMap((line) => {
      const [, number, words] = /^ ?(\d{1,2}) {3}(.*)$/.exec(line) ?? [];
      return words === undefined ? [] : [{ page: at + 1, line: Number(number), words: words.trim() }];
    }),
  );
}

function cited(document: TranscriptDocument, conventions: Partial<Conventions>) {
  return new CitedPages(document, { content: FULL_CONTENT, style: styleWith(conventions), language: 'en' });
}

test.each([
  ['verbatim', {}],
  [
    'clean, with pauses and Q and A',
    { wording: 'clean', pausesFromMs: 300, speakerLabels: 'questionAnswer' },
  ],
] as const)(
  '%s: every segment is cited where the exported page has its words',
  async (_name, conventions) => {
    const long = longDocument(200);
    // No two are alike: each is found once.
    const segments = long.segments.map(({ text, startMs, endMs, speaker }, at) =>
      segmentOf(`Number ${at}: ${text}`, startMs, endMs, speaker),
    );
    const document = { ...long, segments };
    const lines = await printed(document, conventions);
    const pages = cited(document, conventions);
    let found = 0;
    for (const [segment, { text }] of document.segments.entries()) {
      const citation = pages.citation({ segment, offset: 0 }, { segment, offset: text.length });
      if (citation === null) continue;
      const [, page, line, toPage, toLine] = /^(\d+):(\d+)(?:–(?:(\d+):)?(\d+))?$/.exec(citation.place) ?? [];
      const first = lines.findIndex((one) => one.page === Number(page) && one.line === Number(line));
      const last = lines.findIndex(
        (one) => one.page === Number(toPage ?? page) && one.line === Number(toLine ?? line),
      );
      const words = citation.quote.replace(/^“|”$/g, '');
      const shown = lines.slice(first, last + 1).map((one) => one.words);
      expect(shown.join(' ')).toContain(words);
      // Nor does it begin later or end earlier.
      expect(shown.slice(1).join(' ')).not.toContain(words);
      expect(shown.slice(0, -1).join(' ')).not.toContain(words);
      // Going to the first line leads back to it, or to what stands before it there.
      const back = pages.placeAt(Number(page), Number(line));
      expect(back?.segment).toBeLessThanOrEqual(segment);
      found += 1;
    }
    expect(found).toBeGreaterThan(190);
  },
);

const EXAMINATION = exampleDocument({
  segments: [
    segmentOf('Where were you um when it rang?', 1000, 2000, 'Ana'),
    segmentOf('At home.', 2500, 3000, 'Ben'),
    segmentOf('Um.', 3200, 3400, 'Ben'),
  ],
});

test('a selection within a segment, over two speakers, and of what was left out', () => {
  const clean = { wording: 'clean', speakerLabels: 'questionAnswer' } as const;
  const pages = cited(EXAMINATION, clean);
  expect(pages.citation({ segment: 0, offset: 6 }, { segment: 0, offset: 22 })).toEqual({
    place: '2:1',
    quote: '“were you when”',
  });
  expect(pages.citation({ segment: 0, offset: 0 }, { segment: 1, offset: 8 })).toEqual({
    place: '2:1–2',
    quote: 'Q  Where were you when it rang?\nA  At home.',
  });
  expect(pages.citation({ segment: 2, offset: 0 }, { segment: 2, offset: 3 })).toBeNull();
  expect(pages.placeAt(2, 2)).toEqual({ segment: 1, offset: 0 });
  expect(pages.placeAt(1, 1)).toBeNull();
});

test('names of several lines, and words that are broken between lines, keep their lines', () => {
  const name = 'The Honourable Maximiliana de la Cruz y Villanueva';
  const word = 'x'.repeat(100);
  const document = exampleDocument({ segments: [segmentOf(`So ${word} ends.`, 0, 900, name)] });
  const pages = cited(document, {});
  const lines = [0, 3, 3 + 60, 3 + 99, 104].map(
    (offset) => pages.citation({ segment: 0, offset }, { segment: 0, offset: offset + 1 })?.place,
  );
  // So, and 45 letters a line of the long word.
  expect(lines).toEqual(['2:2', '2:3', '2:4', '2:5', '2:5']);
});

test('both ends of a range share what they have in common', () => {
  expect(citedRange({ page: 45, line: 12 }, { page: 45, line: 12 })).toBe('45:12');
  expect(citedRange({ page: 45, line: 12 }, { page: 45, line: 18 })).toBe('45:12–18');
  expect(citedRange({ page: 45, line: 12 }, { page: 46, line: 3 })).toBe('45:12–46:3');
});

test('initials that look like Q and A are no examination', async () => {
  const lines = await printed(EXAMINATION, { speakerLabels: 'initials' });
  expect(lines[0]?.words).toMatch(/^A: {2}Where/);
});
