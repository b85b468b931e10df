import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_MS, WINDOW_MAX_MS } from '../../contract/audio.ts';
import { SpanBuilder, type SpeechSpan } from './span-builder.ts';
import type { Burst } from './voice-bursts.ts';

const PAD_MS = 240;

const burstsArbitrary = fc
  .array(fc.tuple(fc.oneof(fc.nat(30), fc.nat(3000)), fc.integer({ min: 1, max: 250 })), { maxLength: 80 })
  .map((parts) => {
    let frame = 0;
    return parts.map(([gap, length]): Burst => {
      const start = frame + gap;
      frame = start + length;
      return { start, end: frame };
    });
  });

/** A deterministic loudness with dips at irregular frames. */
const loudness = (frame: number) => (Math.imul(frame, 2_654_435_761) >>> 16) % 100;

function build(
  bursts: readonly Burst[],
  keepSilence: boolean,
  told: (frame: number) => boolean,
): SpeechSpan[] {
  const builder = new SpanBuilder({ padMs: PAD_MS, keepSilence }, loudness);
  const end = (bursts.at(-1)?.end ?? 0) + 20;
  const spans: SpeechSpan[] = [];
  let next = 0;
  for (let frame = 0; frame <= end; frame++) {
    const burst = bursts[next];
    const open = burst !== undefined && frame >= burst.start;
    if (!open && told(frame)) spans.push(...builder.advance(frame));
    if (burst !== undefined && frame === burst.end) {
      spans.push(...builder.add(burst));
      next++;
    }
  }
  return [...spans, ...builder.finish(end)];
}

describe('SpanBuilder', () => {
  it('keeps spans within a window, apart and in order, with all speech in exactly one of them', () => {
    fc.assert(
      fc.property(burstsArbitrary, fc.boolean(), (bursts, keepSilence) => {
        const spans = build(bursts, keepSilence, () => true);
        let endMs = 0;
        for (const span of spans) {
          expect(span.startMs).toBeGreaterThanOrEqual(endMs);
          expect(span.endMs - span.startMs).toBeGreaterThan(0);
          expect(span.endMs - span.startMs).toBeLessThanOrEqual(WINDOW_MAX_MS);
          endMs = span.endMs;
        }
        const frames = (list: readonly Burst[]) => list.flatMap(({ start, end }) => range(start, end));
        const detected = spans.flatMap(({ speech }) =>
          speech.flatMap(({ startMs, endMs: until }) => range(startMs / FRAME_MS, until / FRAME_MS)),
        );
        expect(detected).toEqual(frames(bursts));
        for (const span of spans) {
          if (!keepSilence) expect(span.speech.length).toBeGreaterThan(0);
          for (const part of span.speech) {
            expect(part.startMs).toBeGreaterThanOrEqual(span.startMs);
            expect(part.endMs).toBeLessThanOrEqual(span.endMs);
          }
        }
      }),
    );
  });

  it('gives the same spans however seldom it is told that time has passed', () => {
    fc.assert(
      fc.property(
        burstsArbitrary,
        fc.boolean(),
        fc.integer({ min: 2, max: 500 }),
        (bursts, keepSilence, every) => {
          expect(build(bursts, keepSilence, (frame) => frame % every === 0)).toEqual(
            build(bursts, keepSilence, () => true),
          );
        },
      ),
    );
  });

  it('covers everything where silence is kept', () => {
    fc.assert(
      fc.property(burstsArbitrary, (bursts) => {
        let endMs = 0;
        for (const span of build(bursts, true, () => true)) {
          expect(span.startMs).toBe(endMs);
          endMs = span.endMs;
        }
        expect(endMs).toBe(((bursts.at(-1)?.end ?? 0) + 20) * FRAME_MS);
      }),
    );
  });

  it('cuts long speech in its longest late pause, and at its quietest moment where there is none', () => {
    const paused = [
      { start: 0, end: 240 },
      { start: 240, end: 480 },
      { start: 480, end: 720 },
      { start: 730, end: 900 },
      { start: 920, end: 1150 },
      { start: 1160, end: 1400 },
      { start: 1400, end: 1640 },
    ];
    expect(build(paused, false, () => true)[0]?.endMs).toBe(910 * FRAME_MS);

    const endless = Array.from({ length: 10 }, (_, i) => ({ start: i * 200, end: (i + 1) * 200 }));
    const builder = new SpanBuilder({ padMs: PAD_MS, keepSilence: false }, (frame) => Math.abs(frame - 1333));
    const spans = [...endless.flatMap((burst) => builder.add(burst)), ...builder.finish(2000)];
    expect(spans[0]?.endMs).toBe(1333 * FRAME_MS);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
