import { expect, test } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { rerunChoices } from './rerun-choices.ts';

const segments = [
  exampleSegment('a', 1000, 'the first words'),
  exampleSegment('b', 20_000, 'some more of them'),
  exampleSegment('c', 30_000, 'and the last ones'),
];
const skipped = [
  { startMs: 2000, endMs: 19_500 },
  { startMs: 40_000, endMs: 60_000 },
];

test('offers the passage, the silences next to it, what follows, and everything', () => {
  const choices = rerunChoices({ segments, selected: { first: 1, last: 1 }, skipped, complete: true });
  expect(choices).toEqual([
    { kind: 'passage', startMs: 20_000, endMs: 20_800, text: 'some more of them' },
    { kind: 'stretch', ...skipped[0] },
    { kind: 'stretch', ...skipped[1] },
    { kind: 'fromHere', startMs: 20_000, endMs: null },
    { kind: 'whole', startMs: 0, endMs: null },
  ]);
});

test('takes a selection from its first segment to its last, wherever others end', () => {
  const long = { ...exampleSegment('long', 500, 'someone talks on'), channel: 1, endMs: 25_000 };
  const both = [long, ...segments];
  const [passage] = rerunChoices({
    segments: both,
    selected: { first: 0, last: 1 },
    skipped,
    complete: true,
  });
  expect(passage).toMatchObject({ kind: 'passage', startMs: 500, endMs: 25_000 });
});

test('of a text that is not finished offers what follows, and everything', () => {
  const choices = rerunChoices({ segments, selected: { first: 2, last: 2 }, skipped, complete: false });
  expect(choices.map(({ kind }) => kind)).toEqual(['fromHere', 'whole']);
});

test('at the beginning, what follows is everything', () => {
  const choices = rerunChoices({ segments, selected: { first: 0, last: 0 }, skipped: [], complete: true });
  expect(choices.map(({ kind }) => kind)).toEqual(['passage', 'whole']);
});

test('where there is no text offers the silences', () => {
  const choices = rerunChoices({ segments: [], selected: null, skipped, complete: true });
  expect(choices.map(({ kind }) => kind)).toEqual(['stretch', 'stretch', 'whole']);
});
