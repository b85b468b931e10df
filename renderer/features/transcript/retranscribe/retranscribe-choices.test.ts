import { describe, expect, test } from 'vitest';
import { exampleSegment } from '../document/example-segments.ts';
import { retranscribeChoices } from './retranscribe-choices.ts';

const segments = [
  exampleSegment('a', 1000, 'the first words'),
  exampleSegment('b', 20_000, 'some more of them'),
  exampleSegment('c', 30_000, 'and the last ones'),
];
const silences = [
  { startMs: 2000, endMs: 19_500, reason: 'noSpeech' as const },
  { startMs: 40_000, endMs: 60_000, reason: 'noSpeech' as const },
];
const unclear = { startMs: 21_000, endMs: 29_000, reason: 'notUnderstood' as const };
const skipped = silences;
const range = null;

test('offers the passage, the silences next to it, what follows, and everything', () => {
  const choices = retranscribeChoices({
    segments,
    selected: { first: 1, last: 1 },
    skipped,
    range,
    complete: true,
  });
  expect(choices).toEqual([
    { kind: 'passage', startMs: 20_000, endMs: 20_800, text: 'some more of them' },
    { kind: 'stretch', startMs: 2000, endMs: 19_500 },
    { kind: 'stretch', startMs: 40_000, endMs: 60_000 },
    { kind: 'fromHere', startMs: 20_000, endMs: null },
    { kind: 'whole', startMs: 0, endMs: null },
  ]);
});

test('takes a selection from its first segment to its last, wherever others end', () => {
  const long = { ...exampleSegment('long', 500, 'someone talks on'), channel: 1, endMs: 25_000 };
  const both = [long, ...segments];
  const [passage] = retranscribeChoices({
    segments: both,
    selected: { first: 0, last: 1 },
    skipped,
    range,
    complete: true,
  });
  expect(passage).toMatchObject({ kind: 'passage', startMs: 500, endMs: 25_000 });
});

test('of a text that is not finished offers what follows, and everything', () => {
  const choices = retranscribeChoices({
    segments,
    selected: { first: 2, last: 2 },
    skipped,
    range,
    complete: false,
  });
  expect(choices.map(({ kind }) => kind)).toEqual(['fromHere', 'whole']);
});

test('at the beginning, what follows is everything', () => {
  const choices = retranscribeChoices({
    segments,
    selected: { first: 0, last: 0 },
    skipped: [],
    range,
    complete: true,
  });
  expect(choices.map(({ kind }) => kind)).toEqual(['passage', 'whole']);
});

test('where there is no text offers the silences', () => {
  const choices = retranscribeChoices({ segments: [], selected: null, skipped, range, complete: true });
  expect(choices.map(({ kind }) => kind)).toEqual(['stretch', 'stretch', 'whole']);
});

describe('what was not understood', () => {
  const all = [silences[0], unclear, silences[1]].filter((one) => one !== undefined);

  test('comes before the silences', () => {
    const choices = retranscribeChoices({
      segments,
      selected: { first: 1, last: 1 },
      skipped: all,
      range,
      complete: true,
    });
    expect(choices.map(({ kind, startMs }) => [kind, startMs])).toEqual([
      ['passage', 20_000],
      ['unclear', 21_000],
      ['stretch', 2000],
      ['stretch', 40_000],
      ['fromHere', 20_000],
      ['whole', 0],
    ]);
    const withoutText = retranscribeChoices({
      segments: [],
      selected: null,
      skipped: all,
      range,
      complete: true,
    });
    expect(withoutText.map(({ kind }) => kind)).toEqual(['unclear', 'stretch', 'stretch', 'whole']);
  });

  test('comes first where it is being listened to, and once', () => {
    const choices = retranscribeChoices({
      segments,
      selected: { first: 1, last: 1 },
      skipped: all,
      range: unclear,
      complete: true,
    });
    expect(choices.map(({ kind }) => kind).slice(0, 3)).toEqual(['unclear', 'passage', 'stretch']);
    expect(choices.filter(({ kind }) => kind === 'unclear')).toHaveLength(1);
  });
});
