import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_MS } from '../../contract/audio.ts';
import { FRAME_FEATURE_BYTES } from './frame-features.ts';
import { SpeechDetector, type SpeechDetectorOptions, type SpeechSpan } from './speech-detector.ts';

/** Chunks and frames that last equally long: 160 ms. */
const CHUNKS = 5;
const FRAMES = 8;
const STEP_MS = FRAMES * FRAME_MS;

/** Voice activity and features of steps of 160 ms: 1 is speech, 0 is not. */
function sound(steps: readonly number[]): { probabilities: Uint8Array; features: Uint8Array } {
  return {
    probabilities: Uint8Array.from(steps.flatMap((is) => Array<number>(CHUNKS).fill(is * 250))),
    features: Uint8Array.from(
      steps.flatMap((is) => Array<number>(FRAMES * FRAME_FEATURE_BYTES).fill(60 + is * 80)),
    ),
  };
}

function spansOf(steps: readonly number[], cuts: readonly number[] = [], options?: SpeechDetectorOptions) {
  const detector = new SpeechDetector(options);
  const spans: SpeechSpan[] = [];
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, steps.length)).sort((a, b) => a - b), steps.length];
  for (let i = 1; i < bounds.length; i++) {
    const { probabilities, features } = sound(steps.slice(bounds[i - 1], bounds[i]));
    spans.push(...detector.push(probabilities, features));
  }
  return [...spans, ...detector.finish()];
}

const steps = (...runs: [number, number][]) => runs.flatMap(([count, is]) => Array<number>(count).fill(is));

describe('SpeechDetector', () => {
  it('gives speech with sound around it, and no silence', () => {
    const spans = spansOf(steps([20, 0], [10, 1], [40, 0], [10, 1], [20, 0]), [], { padMs: 400 });
    expect(spans.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [20 * STEP_MS - 400, 30 * STEP_MS + 400],
      [70 * STEP_MS - 400, 80 * STEP_MS + 400],
    ]);
    expect(spans[0]?.speech).toEqual([{ startMs: 20 * STEP_MS, endMs: 30 * STEP_MS }]);
  });

  it('leaves a short pause inside a span', () => {
    expect(spansOf(steps([10, 1], [4, 0], [10, 1]))).toHaveLength(1);
  });

  it('cuts long speech in a pause, or where it is softest', () => {
    const paused = spansOf(steps([150, 1], [2, 0], [150, 1]));
    expect(paused.map(({ endMs }) => endMs)).toEqual([151 * STEP_MS, 302 * STEP_MS]);
    const endless = spansOf(steps([400, 1]));
    expect(Math.max(...endless.map(({ startMs, endMs }) => endMs - startMs))).toBeLessThanOrEqual(30_000);
    expect(endless.at(-1)?.endMs).toBe(400 * STEP_MS);
  });

  it('gives everything where silence is to be kept', () => {
    const spans = spansOf(steps([300, 0], [5, 1], [20, 0]), [], { keepSilence: true });
    expect(spans[0]?.startMs).toBe(0);
    expect(spans.at(-1)?.endMs).toBe(325 * STEP_MS);
    for (const [index, { startMs }] of spans.slice(1).entries()) expect(startMs).toBe(spans[index]?.endMs);
  });

  it('gives the same spans however a recording is portioned', () => {
    const recording = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 1)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(recording, fc.array(fc.nat(900), { maxLength: 6 }), (runs, cuts) => {
        const all = steps(...runs);
        expect(spansOf(all, cuts)).toEqual(spansOf(all));
      }),
      { numRuns: 60 },
    );
  });

  it('knows in time that nothing starts any more', () => {
    const detector = new SpeechDetector({ padMs: 400 });
    const { probabilities, features } = sound(steps([100, 0]));
    detector.push(probabilities, features);
    expect(detector.decidedUntilMs).toBe(100 * STEP_MS - 400);
  });
});
