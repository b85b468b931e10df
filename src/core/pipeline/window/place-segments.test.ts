import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineWord } from '../../../contract/engine.ts';
import type { PlannedWindow, WindowPiece } from '../../speech/window-packer.ts';
import { placeSegments, type TranscribedSegment } from './place-segments.ts';

/** Speech at 10–12 s with a pause from 10.8 to 11.2, at 12.6–14 s and at 60–62 s, each padded by 200 ms. */
const WINDOW: PlannedWindow = {
  language: null,
  pieces: [
    piece(0, 9800, 12_200, [10_000, 10_800], [11_200, 12_000]),
    piece(2400, 12_400, 14_200, [12_600, 14_000]),
    piece(4200, 59_800, 62_200, [60_000, 62_000]),
  ],
};

function piece(
  windowStartMs: number,
  startMs: number,
  endMs: number,
  ...speech: [number, number][]
): WindowPiece {
  return {
    windowStartMs,
    recordingStartMs: startMs,
    durationMs: endMs - startMs,
    speech: speech.map(([from, to]) => ({ startMs: from, endMs: to })),
  };
}

function segment(startMs: number, endMs: number, ...words: [string, number, number][]): TranscribedSegment {
  return {
    startMs,
    endMs,
    text: words.map(([text]) => text).join(''),
    words: words.map(
      ([text, from, to]): EngineWord => ({ text, startMs: from, endMs: to, probability: 0.9 }),
    ),
    meanLogProb: -0.1,
    noSpeechProbability: 0,
    language: 'en',
    flags: [],
  };
}

function place(...segments: TranscribedSegment[]) {
  return placeSegments(WINDOW, segments, null);
}

describe('placeSegments', () => {
  it('puts words back where they were said and trims them', () => {
    expect(
      place(segment(200, 2200, [' Good', 200, 700], [' morning', 1400, 1900], ['.', 1900, 2200])),
    ).toEqual([
      {
        startMs: 10_000,
        endMs: 12_000,
        text: 'Good morning.',
        speaker: null,
        language: 'en',
        confidence: 0.9,
        flags: [],
        words: [
          { startMs: 10_000, endMs: 10_500, text: 'Good', confidence: 0.9 },
          { startMs: 11_200, endMs: 11_700, text: 'morning.', confidence: 0.9 },
        ],
      },
    ]);
  });

  it('moves a start from the silence before to the onset of the speech, and an end from the silence after', () => {
    // The window's very beginning, and the end of the padding after the second piece.
    const [found] = place(segment(0, 4150, [' Good', 0, 700], [' morning', 3000, 4150]));
    expect([found?.startMs, found?.endMs]).toEqual([10_000, 14_000]);
    expect(found?.words[0]?.startMs).toBe(10_000);
  });

  it('takes a start at the tail of the last sentence for the next, and one that is a consonant late for the onset', () => {
    const tail = place(segment(950, 2200, [' morning', 1400, 2200]));
    expect(tail[0]?.startMs).toBe(11_200);
    const late = place(segment(1500, 2200, [' morning', 1500, 2200]));
    expect(late[0]?.startMs).toBe(11_200);
    const inside = place(segment(1700, 2200, [' morning', 1700, 2200]));
    expect(inside[0]?.startMs).toBe(11_500);
  });

  it('splits a segment where a long silence was left out, and not at a short one', () => {
    const found = place(
      segment(
        1400,
        6000,
        [' we', 1400, 1800],
        [' met', 2600, 3000],
        [' (', 3000, 3000],
        ['then', 4500, 5000],
        [' left)', 5000, 6000],
      ),
    );
    expect(found.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['we met', 11_200, 13_000],
      ['(then left)', 60_000, 61_600],
    ]);
    expect(found[1]?.words.map(({ text }) => text)).toEqual(['(then', 'left)']);
  });

  it('keeps a word that the engine lets reach over a seam in the piece that holds most of it', () => {
    const found = place(segment(3000, 4900, [' morning', 3000, 4900]));
    expect(found[0]).toMatchObject({ startMs: 13_000, endMs: 14_000 });
  });

  it('moves a word out of a pause to the speech it belongs to', () => {
    // The pause is from 1000 to 1400 in the window.
    const begins = place(segment(200, 2200, [' Yes.', 200, 900], [' This', 980, 1000], [' is', 1500, 1700]));
    expect(begins[0]?.words.map(({ startMs }) => startMs)).toEqual([10_000, 11_200, 11_300]);
    const goesOn = place(segment(200, 2200, [' good', 200, 900], [' day', 1050, 1150], [' sir', 1500, 1700]));
    expect(goesOn[0]?.words[1]).toMatchObject({ startMs: 10_700, endMs: 10_800 });
  });

  it('keeps the first word of a sentence with the rest of it, across a silence that was left out', () => {
    const found = place(
      segment(4150, 6000, [' This', 4150, 4190], [' goes', 4500, 5000], [' on.', 5000, 6000]),
    );
    expect(found).toMatchObject([{ text: 'This goes on.', startMs: 60_000 }]);
    expect(found[0]?.words[0]?.startMs).toBe(60_000);
  });

  it('keeps the sentence of a speaker with a channel of their own together', () => {
    const halves = [
      segment(200, 900, [' we', 200, 500], [' met', 500, 900]),
      segment(1400, 2200, [' again.', 1400, 2200]),
      segment(2600, 4000, [' Then', 2600, 4000]),
    ];
    expect(placeSegments(WINDOW, halves, 'Speaker 1').map(({ text }) => text)).toEqual([
      'we met again.',
      'Then',
    ]);
    expect(placeSegments(WINDOW, halves, null)).toHaveLength(3);
  });

  it('drops what says nothing', () => {
    const texts = ['', ' ', ' [BLANK_AUDIO]', ' (laughs) [music].', ' ♪♪', ' *coughs*', ' ...', ' ♪ la la ♪'];
    expect(place(...texts.map((text) => segment(200, 900, [text, 200, 900])))).toEqual([]);
    expect(place(segment(200, 900, [' (pause)', 200, 500], [' Yes', 500, 900]))).toHaveLength(1);
  });

  it('places a segment for which the engine gave no words', () => {
    const bare = { ...segment(2600, 4000), text: ' Good morning. ', meanLogProb: Math.log(0.5) };
    expect(place(bare)).toMatchObject([
      { startMs: 12_600, endMs: 14_000, text: 'Good morning.', words: [{ text: 'Good morning.' }] },
    ]);
    expect(place(bare)[0]?.confidence).toBeCloseTo(0.5);
  });

  it('passes on speaker, language and the flags of each segment', () => {
    const segments: TranscribedSegment[] = [
      { ...segment(200, 900, [' [noise]', 200, 900]), flags: ['loop'] },
      { ...segment(2600, 4000, [' Sí', 2600, 4000]), language: 'es', flags: ['improbable'] },
    ];
    const found = placeSegments(WINDOW, segments, '2');
    expect(found).toMatchObject([{ language: 'es', speaker: '2', flags: ['improbable'] }]);
  });

  it('keeps every word, in order and inside its segment and the recording, whatever times the engine gives', () => {
    const time = fc.integer({ min: -500, max: 9000 });
    const word = fc.tuple(fc.constantFrom(' yes', ' no', ',', ' ¿', 'and'), time, time);
    const transcribed = fc.array(
      fc
        .tuple(time, time, fc.array(word, { minLength: 1, maxLength: 12 }))
        .map(([a, b, words]) => segment(a, b, ...words)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(transcribed, (segments) => {
        const found = place(...segments);
        const letters = (text: string) => text.replace(/[^a-z]/g, '');
        expect(letters(found.map(({ text }) => text).join(''))).toBe(
          letters(segments.map(({ text }) => text).join('')),
        );
        let earliestMs = 9800;
        for (const { startMs, endMs, words } of found) {
          expect(startMs).toBeGreaterThanOrEqual(earliestMs);
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          expect(endMs).toBeLessThanOrEqual(62_200);
          let previousMs = startMs;
          for (const { startMs: from, endMs: to } of words) {
            expect(from).toBeGreaterThanOrEqual(previousMs);
            expect(to).toBeGreaterThanOrEqual(from);
            expect(to).toBeLessThanOrEqual(endMs);
            previousMs = to;
          }
          earliestMs = endMs;
        }
      }),
      { numRuns: 500 },
    );
  });
});
