import { expect, test } from 'vitest';
import { exampleSegment } from '../document/example-segments.ts';
import { layOut } from '../document/paragraph-layout.ts';
import { similarParagraphs } from './similar-paragraphs.ts';

const SEGMENTS = [
  exampleSegment('a', 0, 'Good morning.', { speaker: 'Ben' }),
  exampleSegment('b', 500, 'Please sit down.', { speaker: 'Ben' }),
  exampleSegment('c', 1200, 'Thank you.', { speaker: 'Cleo' }),
  exampleSegment('d', 9000, 'Shall we begin?', { speaker: 'Ben' }),
  exampleSegment('e', 9700, 'We shall.', { speaker: 'Ben' }),
];
const { table } = layOut(SEGMENTS);

function found(id: string, certainty: number) {
  const { startMs, endMs, text, speaker } =
    SEGMENTS.find((one) => one.id === id) ?? exampleSegment(id, 0, 'Gone.');
  return { id, startMs, endMs, text, speaker, certainty };
}

test('found segments of one paragraph are one, as certain as the least certain of them', () => {
  const paragraphs = similarParagraphs(
    [found('b', 0.7), found('d', 0.8), found('a', 0.9), found('c', 0.6)],
    table,
  );
  expect(paragraphs).toMatchObject([
    { segments: ['d'], text: 'Shall we begin?', certainty: 0.8, speaker: 'Ben' },
    { segments: ['a', 'b'], text: 'Good morning. Please sit down.', certainty: 0.7, startMs: 0, endMs: 1100 },
    { segments: ['c'], certainty: 0.6, speaker: 'Cleo' },
  ]);
});

test('segments that the text no longer holds are left out', () => {
  expect(similarParagraphs([found('gone', 0.9)], table)).toEqual([]);
});
