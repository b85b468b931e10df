import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import { previewOf } from './preview.ts';
import { render } from './render.ts';
import { exampleDocument, segmentOf } from './testing/example-documents.ts';
import { withTimeOffset } from './time-offset.ts';

const document = exampleDocument({
  segments: [segmentOf('First words.', 1000, 2000, 'A'), segmentOf('Last words.', 61_000, 62_500, 'A')],
  markers: [
    { atMs: 30_000, label: 'The <lawyer>\n*objects*' },
    { atMs: 40_000, label: '' },
  ],
});

async function written(format: ExportFormat, isTimed = true, offsetMs = 0): Promise<string> {
  const content = { ...FULL_CONTENT, times: isTimed };
  const options = { format, timestamps: isTimed, content, language: 'en' } as const;
  const bytes = Buffer.concat(await render(withTimeOffset(document, offsetMs), options));
  if (format !== 'docx') return bytes.toString();
  return strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
}

test.each([
  ['txt', '[00:30 marker: The <lawyer> *objects*]', '[00:40 marker]'],
  ['docx', '[00:30 marker: The &lt;lawyer&gt; *objects*]', '[00:40 marker]'],
  ['html', '[00:30 marker: The &lt;lawyer&gt; *objects*]', '[00:40 marker]'],
  ['md', '\\[00:30 marker: The \\<lawyer\\> \\*objects\\*\\]', '\\[00:40 marker\\]'],
] as const)('%s shows markers at their times, between the words around them', async (format, ...notes) => {
  const text = await written(format);
  const places = ['First words.', ...notes, 'Last words.'].map((one) => text.indexOf(one));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  const plain = await written(format, false);
  expect(plain, 'they go with the times').not.toMatch(/\bmarker\b(?! \{)/);
});

test('oTranscribe has markers to click on', async () => {
  expect(await written('otr')).toContain('data-timestamp=\\"30\\">00:30</span> marker: The &lt;lawyer&gt;');
});

test('CSV has a row for each, JSON a list', async () => {
  expect(await written('csv')).toContain('00:00:30.000,00:00:30.000,,,,The <lawyer> *objects*,marker\r\n');
  expect(JSON.parse(await written('json')).markers).toEqual(document.markers);
});

test('they move with the times', async () => {
  expect(await written('txt', true, 60_000)).toContain('[01:30 marker: The <lawyer>');
});

test('the preview shows them as the file does', async () => {
  const preview = await previewOf(document, 'docx', FULL_CONTENT, 'en');
  const shown = preview.type === 'page' ? preview.page.paragraphs : [];
  expect(shown.map(({ isNote, runs }) => (isNote ? runs[0]?.text : null))).toEqual([
    null,
    '[00:30 marker: The <lawyer> *objects*]',
    '[00:40 marker]',
    null,
  ]);
});
