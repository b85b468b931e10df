import { describe, expect, test } from 'vitest';
import { joinedLanguages, joinedSpans, otherLanguageRanges, type WindowLanguage } from './other-languages.ts';

interface WindowCase {
  readonly atS: number;
  /** Null if it was not detected. */
  readonly language: string | null;
  readonly probability?: number;
  readonly channel?: number;
  readonly speechS?: number;
  /** The language that the window itself was transcribed in. */
  readonly own?: string | null;
}

/** A window of two pieces of speech, 20 s together, a pause of five seconds between them. */
function windowOf({
  atS,
  language,
  probability = 0.95,
  channel = 0,
  speechS = 20,
  own = null,
}: WindowCase): WindowLanguage {
  const startMs = atS * 1000;
  const halfMs = speechS * 500;
  const spans = [startMs, startMs + halfMs + 5000].map((from) => ({ startMs: from, endMs: from + halfMs }));
  return {
    channel,
    plan: {
      language: own,
      pieces: spans.map((span, index) => ({
        windowStartMs: index * halfMs,
        recordingStartMs: span.startMs,
        durationMs: halfMs,
        speech: [span],
      })),
    },
    findings: { language: language === null ? null : { language, probability }, notUnderstood: [] },
  };
}

function told(windows: readonly WindowCase[], transcribedIn: string | null = 'en'): string[] {
  return otherLanguageRanges(windows.map(windowOf), transcribedIn).map(
    ({ startMs, endMs, language, probability }) =>
      `${language} ${startMs / 1000}–${endMs / 1000} ${probability.toFixed(2)}`,
  );
}

describe('windows in another language', () => {
  test('in a row are one range, from their first speech to their last, as sure as their mean', () => {
    const windows = [
      { atS: 0, language: 'en' },
      { atS: 30, language: 'de', probability: 0.9 },
      { atS: 60, language: 'de', probability: 0.8 },
      { atS: 90, language: 'de', probability: 1 },
    ];
    expect(told(windows)).toEqual(['de 30–115 0.90']);
  });

  test('are several ranges where another one lies between, or the language changes', () => {
    const windows = [
      { atS: 0, language: 'de' },
      { atS: 30, language: 'en' },
      { atS: 60, language: 'de' },
      { atS: 90, language: 'fr' },
    ];
    expect(told(windows)).toEqual(['de 0–25 0.95', 'de 60–85 0.95', 'fr 90–115 0.95']);
  });

  test('of two channels are two ranges, though one follows the other', () => {
    const windows = [
      { atS: 30, language: 'de', channel: 0 },
      { atS: 0, language: 'de', channel: 1 },
    ];
    expect(told(windows)).toEqual(['de 30–55 0.95', 'de 0–25 0.95']);
  });

  test('tell nothing where the model was unsure, was not asked, or found little speech', () => {
    expect(told([{ atS: 0, language: 'de', probability: 0.79 }])).toEqual([]);
    expect(told([{ atS: 0, language: null }])).toEqual([]);
    expect(told([{ atS: 0, language: 'de', speechS: 3.9 }])).toEqual([]);
    expect(told([{ atS: 0, language: 'de', speechS: 4 }])).toEqual(['de 0–9 0.95']);
  });

  test('tell nothing of what they were before findings were kept', () => {
    const before = { ...windowOf({ atS: 0, language: 'de' }), findings: null };
    expect(otherLanguageRanges([before], 'en')).toEqual([]);
  });

  test('are none where every window has its own language, nor before one is known', () => {
    const mixed = [
      { atS: 0, language: 'en', own: 'en' },
      { atS: 30, language: 'de', own: 'de' },
    ];
    expect(told(mixed, null)).toEqual([]);
    expect(told([{ atS: 0, language: 'de' }], null)).toEqual([]);
  });

  test('of a window that was transcribed in its own language, that counts', () => {
    expect(told([{ atS: 0, language: 'de', own: 'de' }], 'en')).toEqual([]);
    expect(told([{ atS: 0, language: 'en', own: 'de' }], 'en')).toEqual(['en 0–25 0.95']);
  });
});

test('ranges of one language that overlap are told once, as sure as the longest', () => {
  const range = (startMs: number, endMs: number, language: string, probability: number) => ({
    startMs,
    endMs,
    language,
    probability,
  });
  expect(
    joinedLanguages([
      range(9000, 20_000, 'de', 0.9),
      range(0, 3000, 'de', 0.8),
      range(10_000, 12_000, 'fr', 0.85),
      range(15_000, 40_000, 'de', 0.95),
    ]),
  ).toEqual([range(0, 3000, 'de', 0.8), range(9000, 40_000, 'de', 0.95), range(10_000, 12_000, 'fr', 0.85)]);
});

test('spans that overlap are one', () => {
  const spans = [
    { startMs: 5, endMs: 9 },
    { startMs: 0, endMs: 2 },
    { startMs: 8, endMs: 12 },
    { startMs: 8, endMs: 10 },
  ];
  expect(joinedSpans(spans)).toEqual([
    { startMs: 0, endMs: 2 },
    { startMs: 5, endMs: 12 },
  ]);
});
