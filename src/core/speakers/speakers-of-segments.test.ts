import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import { speakersOfSegments } from './speakers-of-segments.ts';

const label = (speaker: number) => `Speaker ${speaker + 1}`;

function segmentOf(
  words: readonly [string, number, number][],
  text = words.map(([word]) => word).join(' '),
): Segment {
  return {
    startMs: words[0]?.[1] ?? 0,
    endMs: words.at(-1)?.[2] ?? 0,
    text,
    ...{ speaker: null, language: 'en', confidence: 0.9, flags: [] },
    words: words.map(([word, startMs, endMs]) => ({ text: word, startMs, endMs, confidence: 0.9 })),
  };
}

const QUESTION = segmentOf([
  ['Really?', 0, 800],
  ['Yes,', 1_000, 1_300],
  ['really.', 1_300, 1_900],
]);

const turn = (startMs: number, endMs: number, speaker: number, certainty = 1) => ({
  ...{ startMs, endMs, speaker, certainty },
});

test('a segment is split where the speaker changes', () => {
  const split = speakersOfSegments([QUESTION], [turn(0, 900, 0), turn(950, 2_000, 1)], label);
  expect(split.map(({ speaker, text, startMs, endMs }) => ({ speaker, text, startMs, endMs }))).toEqual([
    { speaker: 'Speaker 1', text: 'Really?', startMs: 0, endMs: 800 },
    { speaker: 'Speaker 2', text: 'Yes, really.', startMs: 1_000, endMs: 1_900 },
  ]);
});

test('speakers of one label are not split, nor are those without one', () => {
  const turns = [turn(0, 900, 0), turn(950, 2_000, 1)];
  expect(speakersOfSegments([QUESTION], turns, () => 'Anna')).toHaveLength(1);
  expect(speakersOfSegments([QUESTION], turns, () => null)).toEqual([QUESTION]);
});

test('words that two people say are flagged, and unsure ones', () => {
  const both = speakersOfSegments([QUESTION], [turn(0, 2_000, 0), turn(1_200, 2_000, 1)], label);
  expect(both.flatMap(({ flags }) => flags)).toContain('overlap');
  const unsure = speakersOfSegments([QUESTION], [turn(0, 2_000, 0, 0.1)], label);
  expect(unsure.map(({ flags }) => flags)).toEqual([['unsureSpeaker']]);
});

test('nothing of a text is lost, whatever the turns', () => {
  const turns = fc.array(
    fc.record({ startMs: fc.nat(9_000), lengthMs: fc.integer({ min: 100, max: 3_000 }), speaker: fc.nat(3) }),
    { maxLength: 12 },
  );
  const words = fc.array(fc.constantFrom('a', 'be', 'sea,', 'a', 'dé.'), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(turns, words, fc.constantFrom(' ', ''), (spoken, texts, blank) => {
      const segment = segmentOf(
        texts.map((text, i) => [text, i * 450, i * 450 + 400] as [string, number, number]),
        texts.join(blank),
      );
      const ordered = spoken
        .map(({ startMs, lengthMs, speaker }) => turn(startMs, startMs + lengthMs, speaker))
        .sort((a, b) => a.startMs - b.startMs);
      const split = speakersOfSegments([segment], ordered, label);
      expect(split.map(({ text }) => text).join(blank)).toBe(segment.text);
      expect(split.flatMap((one) => one.words)).toEqual(segment.words);
      for (const [i, one] of split.entries()) {
        expect(one.endMs).toBeGreaterThanOrEqual(one.startMs);
        if (i > 0) expect(one.speaker).not.toBe(split[i - 1]?.speaker);
      }
    }),
  );
});
