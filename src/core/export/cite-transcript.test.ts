import { afterAll, expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { USUAL_STYLE } from '../../contract/export-style.ts';
import { citationOf, placeOfLine } from './cite-transcript.ts';
import { type CitedExport, CitedPages } from './court/citations.ts';
import { closeExporter } from './export-thread.ts';
import { exampleDocument, longDocument } from './testing/example-documents.ts';

afterAll(closeExporter);

const template = { kind: 'court', profile: 'plain', lines: 20, columns: 45 } as const;
const CITED: CitedExport = { content: FULL_CONTENT, style: { ...USUAL_STYLE, template }, language: 'en' };

test('the thread answers by the pages of the text and of the page set-up that it was asked about, not by those before', async () => {
  const long = longDocument(450);
  const corrected = {
    ...long,
    segments: long.segments.map((one, at) => (at === 3 ? { ...one, text: 'word '.repeat(300).trim() } : one)),
  };
  const wider = { ...CITED, style: { ...USUAL_STYLE, template: { ...template, columns: 60 } } };
  const [from, to] = [
    { segment: 440, offset: 0 },
    { segment: 440, offset: 5 },
  ];
  const places = new Set<string>();
  for (const [document, cited] of [
    [long, CITED],
    [long, CITED],
    [corrected, CITED],
    [corrected, wider],
    [long, CITED],
  ] as const) {
    const expected = new CitedPages(document, cited);
    const citation = await citationOf(document, cited, from, to);
    expect(citation).toEqual(expected.citation(from, to));
    expect(await placeOfLine(document, cited, 9, 4)).toEqual(expected.placeAt(9, 4));
    places.add(citation?.place ?? '');
  }
  expect(places.size).toBe(3);
  expect(await placeOfLine(exampleDocument(), CITED, 9, 4)).toBeNull();
});
