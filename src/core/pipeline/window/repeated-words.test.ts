import { expect, test } from 'vitest';
import type { EngineSegment } from '../../../contract/engine.ts';
import { repeatsNeighbours } from './repeated-words.ts';

function segment(text: string, startMs: number): EngineSegment {
  const words = text.split(' ').map((word, index) => ({
    text: ` ${word}`,
    startMs: startMs + index * 300,
    endMs: startMs + index * 300 + 250,
    probability: 0.9,
  }));
  const endMs = startMs + words.length * 300;
  return { startMs, endMs, text: ` ${text}`, words, meanLogProb: -0.1, noSpeechProbability: 0 };
}

test('words that stand beside the range already are not taken twice', () => {
  const around = [segment('We will meet on Monday at nine.', 0)];
  expect(repeatsNeighbours([segment('meet on Monday at', 2500)], around)).toBe(true);
  expect(repeatsNeighbours([segment('and bring the contract', 2500)], around)).toBe(false);
});

test('the same words far away were said twice', () => {
  const around = [segment('We will meet on Monday.', 0)];
  expect(repeatsNeighbours([segment('We will meet on Monday.', 15_000)], around)).toBe(false);
});

test('a single word is no repetition', () => {
  expect(repeatsNeighbours([segment('no', 1000)], [segment('no no no', 0)])).toBe(false);
});
