import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLES_PER_MS, WINDOW_MAX_MS } from '../../contract/audio.ts';
import { toRecordingMs, toWindowMs } from './time-map.ts';
import {
  fillWindow,
  type PackableSpan,
  type PlannedWindow,
  WindowPacker,
  windowDurationMs,
} from './window-packer.ts';

/** Spans in order that do not overlap, some of them touching, in one or two languages or in none. */
const spansArbitrary = fc
  .array(
    fc.record({
      gapMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 20, max: 2000 }),
        fc.integer({ min: 0, max: 400_000 }),
      ),
      durationMs: fc.oneof(fc.integer({ min: 20, max: 6000 }), fc.integer({ min: 20, max: WINDOW_MAX_MS })),
      language: fc.constantFrom(undefined, 'en', 'es'),
    }),
    { maxLength: 60 },
  )
  .map((parts) => {
    let nowMs = 0;
    return parts.map(({ gapMs, durationMs, language }): PackableSpan => {
      const startMs = nowMs + gapMs;
      nowMs = startMs + durationMs;
      const speech = [{ startMs: startMs + 5, endMs: nowMs - 5 }];
      return { startMs, endMs: nowMs, speech, ...(language === undefined ? {} : { language }) };
    });
  });

function pack(spans: readonly PackableSpan[], options = {}): PlannedWindow[] {
  const packer = new WindowPacker(options);
  return [...spans.flatMap((span) => packer.add(span)), ...packer.finish()];
}

function span(startMs: number, endMs: number, language?: string): PackableSpan {
  return { startMs, endMs, speech: [], ...(language === undefined ? {} : { language }) };
}

describe('WindowPacker', () => {
  it('puts every span into exactly one window of at most 30 s, in order and in one language', () => {
    fc.assert(
      fc.property(spansArbitrary, fc.constantFrom(0, 300), (spans, gapMs) => {
        const windows = pack(spans, { gapMs });
        const pieces = windows.flatMap((window) => window.pieces);
        expect(pieces.map((p) => [p.recordingStartMs, p.recordingStartMs + p.durationMs, p.speech])).toEqual(
          spans.map((s) => [s.startMs, s.endMs, s.speech]),
        );
        let next = 0;
        for (const window of windows) {
          expect(windowDurationMs(window)).toBeLessThanOrEqual(WINDOW_MAX_MS);
          let endMs = 0;
          for (const piece of window.pieces) {
            expect(piece.windowStartMs).toBeGreaterThanOrEqual(endMs);
            endMs = piece.windowStartMs + piece.durationMs;
            expect(spans[next++]?.language ?? null).toBe(window.language);
          }
        }
      }),
    );
  });

  it('makes the same plan when it is told early that nothing follows for long', () => {
    fc.assert(
      fc.property(spansArbitrary, fc.array(fc.nat(100), { maxLength: 60 }), (spans, shares) => {
        const packer = new WindowPacker();
        const windows = spans.flatMap((next, index) => {
          const decidedMs = Math.floor((next.startMs * (shares[index] ?? 100)) / 100);
          return [...packer.advance(decidedMs), ...packer.add(next)];
        });
        expect([...windows, ...packer.finish()]).toEqual(pack(spans));
      }),
    );
  });

  it('keeps neighbours of different languages apart', () => {
    const windows = pack([
      span(0, 2000, 'en'),
      span(2500, 4000, 'en'),
      span(4500, 6000, 'es'),
      span(6500, 7000, 'en'),
    ]);
    expect(windows.map((window) => [window.language, window.pieces.length])).toEqual([
      ['en', 2],
      ['es', 1],
      ['en', 1],
    ]);
  });

  it('does not keep sparse speech waiting for more than five minutes', () => {
    const packer = new WindowPacker();
    packer.add(span(1000, 2000));
    expect(packer.advance(200_000)).toEqual([]);
    expect(packer.advance(301_000)).toHaveLength(1);
  });
});

describe('the time map of a window', () => {
  it('is monotonic and maps every instant of a span there and back', () => {
    fc.assert(
      fc.property(spansArbitrary, fc.constantFrom(0, 300), (spans, gapMs) => {
        for (const window of pack(spans, { gapMs })) {
          let previousMs = 0;
          for (let windowMs = 0; windowMs <= windowDurationMs(window); windowMs += 10) {
            const recordingMs = toRecordingMs(window, windowMs);
            expect(recordingMs).toBeGreaterThanOrEqual(previousMs);
            expect(toRecordingMs(window, windowMs, 'end')).toBeLessThanOrEqual(recordingMs);
            previousMs = recordingMs;
          }
          for (const { recordingStartMs, windowStartMs, durationMs } of window.pieces) {
            for (const intoMs of [0, 1, Math.floor(durationMs / 2), durationMs - 1]) {
              expect(toRecordingMs(window, windowStartMs + intoMs)).toBe(recordingStartMs + intoMs);
              expect(toWindowMs(window, recordingStartMs + intoMs)).toBe(windowStartMs + intoMs);
            }
            expect(toRecordingMs(window, windowStartMs + durationMs, 'end')).toBe(
              recordingStartMs + durationMs,
            );
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('puts what falls between or outside the pieces at their edges', () => {
    const window = pack([span(1000, 2000), span(60_000, 61_000)], { gapMs: 300 })[0] as PlannedWindow;
    expect([-50, 1000, 1100, 1200, 1300, 5000].map((ms) => toRecordingMs(window, ms))).toEqual([
      1000, 2000, 2000, 60_000, 60_000, 61_000,
    ]);
    expect(toWindowMs(window, 30_000)).toBeNull();
  });
});

describe('fillWindow', () => {
  const recording = Int16Array.from(
    { length: 4000 * SAMPLES_PER_MS },
    (_, i) => 1 + Math.floor(i / SAMPLES_PER_MS),
  );
  const read = async (startMs: number, durationMs: number) =>
    recording.slice(startMs * SAMPLES_PER_MS, (startMs + durationMs) * SAMPLES_PER_MS);

  it('puts every sample where the map says, and silence between', async () => {
    const window = pack([span(100, 1100), span(3000, 3500)], { gapMs: 200 })[0] as PlannedWindow;
    const samples = await fillWindow(window, read);
    expect(samples).toHaveLength(1700 * SAMPLES_PER_MS);
    for (const windowMs of [0, 999, 1200, 1699]) {
      expect(samples[windowMs * SAMPLES_PER_MS]).toBe(1 + toRecordingMs(window, windowMs));
    }
    expect(samples[1100 * SAMPLES_PER_MS]).toBe(0);
  });

  it('takes silence for what the recording does not have any more', async () => {
    const window = pack([span(3900, 4020)])[0] as PlannedWindow;
    const samples = await fillWindow(window, read);
    expect(samples).toHaveLength(120 * SAMPLES_PER_MS);
    expect(samples.at(-1)).toBe(0);
    expect(samples[99 * SAMPLES_PER_MS]).toBe(4000);
  });
});
