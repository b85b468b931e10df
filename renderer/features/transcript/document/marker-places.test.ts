import { expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { placeMarkers } from './marker-places.ts';
import { layOut } from './paragraph-layout.ts';

const marker = (atMs: number) => ({
  id: `0198a000-0000-7000-8000-${String(atMs).padStart(12, '0')}`,
  atMs,
  label: '',
});

function wordsAfter(times: readonly number[], hasWords = true): string[] {
  const segments = [exampleSegment('a', 1000, 'one two three'), exampleSegment('b', 5000, 'four five')];
  const { text, table } = layOut(hasWords ? segments : segments.map((one) => ({ ...one, words: [] })));
  const placed = placeMarkers(table, (from, to) => text.slice(from, to), times.map(marker));
  return placed.map(({ position }) => text.slice(position).split(/\s/u)[0] ?? '');
}

it('puts each before the word that is being said, in the order of time', () => {
  expect(wordsAfter([5210, 0, 1000, 1210, 1390])).toEqual(['one', 'one', 'two', 'three', 'five']);
});

it('puts one in a pause before what is said next, and one after all words at the end', () => {
  expect(wordsAfter([1600, 4000, 9000])).toEqual(['four', 'four', '']);
});

it('puts one at its segment while the words are not there yet', () => {
  expect(wordsAfter([1300, 5200], false)).toEqual(['one', 'four']);
});

it('has a place in a text without segments', () => {
  const { text, table } = layOut([]);
  expect(placeMarkers(table, (from, to) => text.slice(from, to), [marker(7)])).toMatchObject([
    { position: 0 },
  ]);
});
