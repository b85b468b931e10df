import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../contract/audio.ts';
import { windowsOf } from './live-windows.ts';

const spans = (...seconds: [number, number][]): Span[] =>
  seconds.map(([start, end]) => ({ startMs: start * 1000, endMs: end * 1000 }));

const windows = (speech: Span[], known: number, options: { from?: number; ends?: number[] } = {}) =>
  windowsOf(speech, {
    fromMs: (options.from ?? 0) * 1000,
    knownUntilMs: known * 1000,
    endsMs: (options.ends ?? []).map((end) => end * 1000),
  }).map(({ startMs, endMs, isClosed }) => [startMs / 1000, endMs / 1000, isClosed]);

describe('the windows of live text', () => {
  it('begin before the speech, and go on until a pause ends them', () => {
    expect(windows(spans([1, 3]), 3.5)).toEqual([[0.6, 3.4, false]]);
    expect(windows(spans([1, 3]), 3.8)).toEqual([[0.6, 3.4, true]]);
    expect(windows(spans([1, 3], [3.5, 5]), 5)).toEqual([[0.6, 5, false]]);
    expect(windows(spans([1, 3], [4, 5]), 5)).toEqual([
      [0.6, 3.4, true],
      [3.6, 5, false],
    ]);
  });

  it('end at shorter pauses the longer they are', () => {
    expect(windows(spans([1, 10], [10.5, 11]), 11)).toHaveLength(2);
    expect(windows(spans([1, 17], [17.3, 18]), 18)).toHaveLength(2);
    expect(windows(spans([1, 10], [10.3, 11]), 11)).toHaveLength(1);
  });

  it('end where the recording was stopped', () => {
    expect(windows(spans([1, 3]), 3.1, { ends: [3.1] })).toEqual([[0.6, 3.1, true]]);
    expect(windows(spans([1, 3], [3.2, 4]), 4, { ends: [3.1] })).toEqual([
      [0.6, 3.1, true],
      [3.1, 4, false],
    ]);
  });

  it('do not reach into those before', () => {
    expect(windows(spans([1, 3], [4, 5]), 5, { from: 3.8 })).toEqual([[3.8, 5, false]]);
  });

  it('stay as they are once they are closed', () => {
    const lengths = fc.array(
      fc.tuple(fc.integer({ min: 60, max: 9000 }), fc.integer({ min: 100, max: 1500 })),
    );
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 100_000 }), (parts, knownMs) => {
        let at = 500;
        const speech = parts.map(([speechMs, pauseMs]) => {
          const span = { startMs: at, endMs: at + speechMs };
          at += speechMs + pauseMs;
          return span;
        });
        const known = speech.flatMap(({ startMs, endMs }) =>
          startMs < knownMs ? [{ startMs, endMs: Math.min(endMs, knownMs) }] : [],
        );
        const options = { fromMs: 0, endsMs: [] };
        const earlier = windowsOf(known, { ...options, knownUntilMs: knownMs }).filter(
          ({ isClosed }) => isClosed,
        );
        const later = windowsOf(speech, { ...options, knownUntilMs: Math.max(at, knownMs) });
        expect(later.slice(0, earlier.length)).toEqual(earlier);
      }),
    );
  });
});
