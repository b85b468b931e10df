import { expect, it } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import { type ComparedText, markedText } from './tried-text.ts';

/** A text of one segment from these words, a second each. */
function textOf(text: string, untilMs = 100_000): ComparedText {
  const words = text.split(' ').map((word, index) => ({
    ...{ startMs: index * 1000, endMs: index * 1000 + 900, text: word, confidence: 1 },
  }));
  const segment: Segment = {
    ...{ startMs: 0, endMs: words.length * 1000, text, speaker: null, language: 'en' },
    ...{ confidence: 1, flags: [], words },
  };
  return { segments: [segment], untilMs };
}

const marked = (text: ComparedText, ...others: ComparedText[]) => {
  const { paragraphs, differences } = markedText(text, others);
  const pieces = paragraphs.flatMap((paragraph) => paragraph.pieces);
  return [pieces.map(({ text: piece, differs }) => (differs ? `[${piece}]` : piece)).join(''), differences];
};

it('marks the words that another text does not have, whatever their case and punctuation', () => {
  const first = textOf('The court finds for Mr Thorne, today.');
  expect(marked(first, textOf('the court fines for Mr Thorn today'))).toEqual([
    'The court [finds] for Mr [Thorne,] today.',
    2,
  ]);
  expect(
    marked(first, textOf('The court finds for Mr Thorne today'), textOf('A court finds for today')),
  ).toEqual(['[The] court finds for [Mr Thorne,] today.', 3]);
});

it('marks nothing that the other text has not come to yet', () => {
  expect(marked(textOf('one two three four'), textOf('one too', 2000))).toEqual(['one [two] three four', 1]);
});
