import { expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { render } from './render.ts';
import { exampleDocument, segmentOf } from './testing/example-documents.ts';
import { withTimeOffset } from './time-offset.ts';

const document = exampleDocument({
  segments: [segmentOf('First words.', 1000, 2000), segmentOf('Last words.', 61_000, 62_500)],
  skipped: [{ startMs: 10_000, endMs: 20_000, reason: 'notUnderstood' }],
});

async function written(
  format: 'txt' | 'srt' | 'vtt' | 'csv' | 'otr' | 'md' | 'html' | 'json',
  offsetMs: number,
) {
  const options = { format, timestamps: true, content: FULL_CONTENT, language: 'en' } as const;
  return Buffer.concat(await render(withTimeOffset(document, offsetMs), options)).toString();
}

test.each([
  ['txt', '[01:31:01]', '1:30:10'],
  ['srt', '01:31:01,000 --> 01:31:0', '01:30:10,000'],
  ['vtt', '01:31:01.000 --> 01:31:0', '01:30:10.000'],
  ['csv', '01:31:01.000,01:31:02.500', '01:30:10.000,01:30:20.000'],
  ['otr', 'data-timestamp=\\"5461\\"', 'data-timestamp=\\"5410\\"'],
  ['md', '`01:31:01`', 'Moved by +01:30:00'],
  ['html', '01:31:01', 'Moved by +01:30:00'],
  ['json', '"startMs":5461000', '"timeOffsetMs": 5400000'],
] as const)('%s has every time moved', async (format, ...places) => {
  const text = await written(format, 5_400_000);
  for (const place of places) expect(text).toContain(place);
  expect(await written(format, 0)).not.toContain('1:31:01');
});

test('nothing is before 0, and nothing is lost there', () => {
  const { segments, skipped } = withTimeOffset(document, -61_500);
  expect(segments.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
    [0, 0, 'First words.'],
    [0, 1000, 'Last words.'],
  ]);
  for (const { startMs, endMs } of [...segments.flatMap(({ words }) => words), ...skipped]) {
    expect(startMs).toBeGreaterThanOrEqual(0);
    expect(endMs).toBeGreaterThanOrEqual(startMs);
  }
});
