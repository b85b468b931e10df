import { describe, expect, it } from 'vitest';
import { accuracyOf } from './accuracy-figures.ts';
import type { HeardWord } from './heard-words.ts';
import type { ReferenceSegment } from './reference-recordings.ts';

const REFERENCE: ReferenceSegment[] = [
  { start: 1, end: 2, speaker: 0, language: 'en', text: 'The code is four.' },
  { start: 5, end: 6, speaker: 1, language: 'es', text: 'Sí, puedo.' },
];

interface Spoken {
  text: string;
  startMs: number;
  segmentStartMs?: number;
  speaker?: string | null;
  language?: string;
}

function heard(words: Spoken[]): HeardWord[] {
  return words.map(({ text, startMs, segmentStartMs = startMs, speaker = null, language = 'en' }) => ({
    ...{ text, startMs, segmentStartMs, speaker, language },
  }));
}

const PERFECT: Spoken[] = [
  { text: 'the', startMs: 1000, segmentStartMs: 1000, speaker: 'Speaker 1' },
  { text: 'code', startMs: 1200, segmentStartMs: 1000, speaker: 'Speaker 1' },
  { text: 'is', startMs: 1400, segmentStartMs: 1000, speaker: 'Speaker 1' },
  { text: 'four', startMs: 1600, segmentStartMs: 1000, speaker: 'Speaker 1' },
  { text: 'sí', startMs: 5000, segmentStartMs: 5000, speaker: 'Speaker 2', language: 'es' },
  { text: 'puedo', startMs: 5300, segmentStartMs: 5000, speaker: 'Speaker 2', language: 'es' },
];

describe('accuracyOf', () => {
  it('finds no fault with a perfect transcript', () => {
    expect(accuracyOf(REFERENCE, heard(PERFECT))).toMatchObject({
      ...{ words: 6, errorCount: 0, rightLanguage: 6, rightSpeaker: 6, speakers: 2, unmatchedStarts: 0 },
      segmentStartErrorsMs: [0, 0],
      wordStartErrorsMs: [0, 0],
      mistakes: [],
    });
  });

  it('tells mistakes in words', () => {
    const words = heard([
      ...PERFECT.slice(0, 1),
      { text: 'car', startMs: 1200 },
      ...PERFECT.slice(2, 4),
      { text: 'thanks', startMs: 3000 },
      ...PERFECT.slice(4, 5),
    ]);
    const figures = accuracyOf(REFERENCE, words);
    expect(figures.errors).toEqual({ substitutions: 1, deletions: 1, insertions: 1 });
    expect(figures.mistakes).toEqual(['code→car', '+thanks', '-puedo']);
  });

  it('measures starts in both directions, and those of the segment where a word is not its first', () => {
    const early = PERFECT.map((word) =>
      word.startMs < 5000
        ? { ...word, segmentStartMs: 800, startMs: word.startMs + 50 }
        : { ...word, segmentStartMs: 800 },
    );
    const figures = accuracyOf(REFERENCE, heard(early));
    expect(figures.segmentStartErrorsMs).toEqual([200, 4200]);
    expect(figures.wordStartErrorsMs).toEqual([50, 0]);
  });

  it('counts sentences whose first word is missing instead of forgetting them', () => {
    const figures = accuracyOf(REFERENCE, heard(PERFECT.slice(1)));
    expect(figures.unmatchedStarts).toBe(1);
    expect(figures.segmentStartErrorsMs).toEqual([0]);
  });

  it('counts words of the wrong language and speaker, and missing ones, as not right', () => {
    const wrong = PERFECT.slice(0, 5).map((word) => ({ ...word, language: 'es', speaker: 'Speaker 2' }));
    expect(accuracyOf(REFERENCE, heard(wrong))).toMatchObject({
      rightLanguage: 1,
      rightSpeaker: 1,
      speakers: 1,
    });
    const nobody = PERFECT.map((word) => ({ ...word, speaker: null }));
    expect(accuracyOf(REFERENCE, heard(nobody))).toMatchObject({ rightSpeaker: 0, speakers: 0 });
  });

  it('counts every word heard where nobody spoke', () => {
    const figures = accuracyOf([], heard([{ text: 'thanks', startMs: 0 }]));
    expect(figures).toMatchObject({ words: 0, errorCount: 1, mistakes: ['+thanks'] });
  });
});
