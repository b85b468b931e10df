import { expect, test } from 'vitest';
import { groupWords, type Token } from './words.ts';

function tokens(...pieces: (string | number[])[]): Token[] {
  return pieces.map((piece, index) => ({
    bytes: typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece),
    startMs: index * 100,
    endMs: index * 100 + 90,
    probability: 0.5,
  }));
}

const texts = (given: Token[]) => groupWords(given).map(({ text }) => text);

test('a word begins at its blank and keeps its endings and punctuation', () => {
  expect(texts(tokens(' record', 'ed', ' on', ' Novem', 'ber', ',', ' eight', "'", 's', '.'))).toEqual([
    ' recorded',
    ' on',
    ' November,',
    " eight's.",
  ]);
});

test('a word has the times of its tokens and the mean of their probabilities', () => {
  const given = tokens(' re', 'port');
  if (given[1]) given[1].probability = 1;
  expect(groupWords(given)).toEqual([{ startMs: 0, endMs: 190, text: ' report', probability: 0.75 }]);
});

test('a letter cut in two by the tokens is whole again', () => {
  expect(texts(tokens(' ma', [0xc3], [0xb1], 'ana', ' s', [0xc3, 0xad]))).toEqual([' mañana', ' sí']);
});

test('a letter begun before a blank never swallows it, whatever the bytes', () => {
  const broken = texts(tokens(' a', [0xc3], ' b', [0x80], [0xff], [0xe6]));
  expect(broken.join('')).toContain('b');
  expect(broken.at(-1)).toContain('�');
});

test('scripts without blanks are cut at the tokens, between characters, with their punctuation', () => {
  expect(texts(tokens('今天', '天', [0xe6, 0xb0], [0x94], '。', '很', '好'))).toEqual([
    '今天',
    '天',
    '气。',
    '很',
    '好',
  ]);
});

test('the words put together are the tokens put together', () => {
  const given = tokens(' ', ' Uno', ' ', 'dos', '日', 'x', ' ');
  expect(texts(given).join('')).toBe('  Uno dos日x ');
});

test('a word never begins before the one ahead of it, nor ends before it begins', () => {
  const given = tokens(' one', ' two', ' three');
  if (given[1]) Object.assign(given[1], { startMs: -50, endMs: -10 });
  expect(groupWords(given)).toMatchObject([
    { startMs: 0, endMs: 90 },
    { startMs: 0, endMs: 0 },
    { startMs: 200, endMs: 290 },
  ]);
});
