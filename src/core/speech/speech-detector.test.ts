import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE, type Span, WINDOW_MAX_MS } from '../../contract/audio.ts';
import { FRAME_FEATURE_BYTES, measureFrames } from './frame-features.ts';
import { SpeechDetector, type SpeechDetectorOptions, type SpeechSpan } from './speech-detector.ts';
import {
  atLevel,
  decodeFixture,
  levelOf,
  mix,
  noiseSource,
  type ReferenceSegment,
  referenceSegments,
} from './testing/fixture-audio.ts';
import { WindowPacker } from './window-packer.ts';

function featuresOf(samples: Int16Array): Uint8Array {
  return measureFrames(Float32Array.from(samples, (sample) => sample / 32_768));
}

function detect(samples: Int16Array, options?: SpeechDetectorOptions): SpeechSpan[] {
  const detector = new SpeechDetector(options);
  return [...detector.push(featuresOf(samples)), ...detector.finish()];
}

/** Reference segments that do not lie wholly inside one span. */
function cutOff(segments: readonly ReferenceSegment[], spans: readonly Span[]): string[] {
  return segments
    .filter(
      ({ start, end }) => !spans.some(({ startMs, endMs }) => startMs <= start * 1000 && endMs >= end * 1000),
    )
    .map(({ text }) => text);
}

function totalMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

const FIXTURES = [
  'resources/samples/interview-en.m4a',
  'resources/samples/dictado-es.ogg',
  'e2e/fixtures/memo-en.mp3',
  'e2e/fixtures/phone-8k.wav',
  'e2e/fixtures/bilingual.wav',
  'e2e/fixtures/video-interview.mp4',
  'e2e/fixtures/hearing-12min.opus',
];

describe('SpeechDetector on recordings', () => {
  it.each(FIXTURES)('cuts no sentence off in %s and leaves the silences out', (path) => {
    const samples = decodeFixture(path);
    const segments = referenceSegments(path.split('/').at(-1) as string);
    const spans = detect(samples);
    expect(cutOff(segments, spans)).toEqual([]);
    const spokenMs = segments.reduce((sum, { start, end }) => sum + (end - start) * 1000, 0);
    // Each sentence may bring its padding, and half a second of pause, along.
    expect(totalMs(spans)).toBeLessThan(spokenMs + segments.length * 1000);
  });

  it('finds each speaker of a call in their own channel only', () => {
    for (const channel of [0, 1]) {
      const spans = detect(decodeFixture('resources/samples/call-two-channels.flac', channel));
      const segments = referenceSegments('call-two-channels.flac').filter(
        ({ speaker }) => speaker === channel,
      );
      expect(cutOff(segments, spans)).toEqual([]);
      expect(spans).toHaveLength(segments.length);
    }
  });

  it.each(['silence-40s.wav', 'noise-40s.wav'])('finds nothing in %s', (name) => {
    expect(detect(decodeFixture(`e2e/fixtures/${name}`))).toEqual([]);
  });

  it('finds quiet speech between loud, 30 dB apart', () => {
    const samples = decodeFixture('e2e/fixtures/hearing-12min.opus');
    const segments = referenceSegments('hearing-12min.opus');
    for (const { start, end } of segments.filter((_, index) => index % 2 === 1)) {
      for (let i = Math.floor((start - 0.2) * SAMPLE_RATE); i < (end + 0.2) * SAMPLE_RATE; i++) {
        samples[i] = Math.round((samples[i] ?? 0) / 31.6);
      }
    }
    const spans = detect(samples);
    const inside = (ms: number) => spans.some(({ startMs, endMs }) => startMs <= ms && endMs >= ms);
    const missed = segments.filter(({ start, end }) => !inside(start * 1000) || !inside(end * 1000 - 100));
    expect(missed).toEqual([]);
  });

  it.each(['white', 'pink', 'hum'] as const)('finds speech over steady %s noise 10 dB below it', (kind) => {
    const samples = decodeFixture('resources/samples/interview-en.m4a');
    const noise = atLevel(NOISES[kind](samples.length), levelOf(samples) - 10);
    expect(cutOff(referenceSegments('interview-en.m4a'), detect(mix(samples, noise)))).toEqual([]);
  });

  it('finds a word of a quarter of a second', () => {
    const speech = decodeFixture('resources/samples/interview-en.m4a');
    const samples = mix(atLevel(NOISES.white(10 * SAMPLE_RATE), -72));
    samples.set(
      speech.subarray(Math.round(0.65 * SAMPLE_RATE), Math.round(0.9 * SAMPLE_RATE)),
      5 * SAMPLE_RATE,
    );
    const spans = detect(samples);
    expect(spans).toHaveLength(1);
    expect(spans[0]?.startMs).toBeLessThanOrEqual(5000);
    expect(spans[0]?.endMs).toBeGreaterThanOrEqual(5250);
  });

  it('finds speech that fills the recording from its first to its last sample', () => {
    const { start, end } = referenceSegments('interview-en.m4a')[0] as ReferenceSegment;
    const samples = decodeFixture('resources/samples/interview-en.m4a');
    const spans = detect(samples.slice(Math.round(start * SAMPLE_RATE), Math.round(end * SAMPLE_RATE)));
    expect(spans[0]?.startMs).toBe(0);
    expect(spans.at(-1)?.endMs).toBeGreaterThanOrEqual((end - start) * 1000 - 20);
  });

  it('cuts speech without a pause into spans of at most a window and loses none of it', () => {
    const samples = decodeFixture('e2e/fixtures/hearing-12min.opus');
    const sentences = referenceSegments('hearing-12min.opus').map(({ start, end }) =>
      samples.subarray(Math.round(start * SAMPLE_RATE), Math.round(end * SAMPLE_RATE)),
    );
    const monologue = Int16Array.from(sentences.flatMap((sentence) => [...sentence]));
    const spans = detect(monologue);
    expect(Math.max(...spans.map(({ startMs, endMs }) => endMs - startMs))).toBeLessThanOrEqual(
      WINDOW_MAX_MS,
    );
    expect(totalMs(spans)).toBeGreaterThan((monologue.length / SAMPLE_RATE) * 1000 * 0.995);
  });
});

/** Noises of one minute that no detector may take for speech, from their first sample on. */
const NOISES = {
  white: (length: number) => {
    const noise = noiseSource(1);
    return Float64Array.from({ length }, noise);
  },
  pink: (length: number) => {
    const noise = noiseSource(2);
    let [slow, middle, fast] = [0, 0, 0];
    // P. Kellet's economy filter: white noise to −3 dB an octave.
    return Float64Array.from({ length }, () => {
      const white = noise();
      slow = 0.99765 * slow + white * 0.099046;
      middle = 0.963 * middle + white * 0.2965164;
      fast = 0.57 * fast + white * 1.0526913;
      return slow + middle + fast + white * 0.1848;
    });
  },
  brown: (length: number) => {
    const noise = noiseSource(3);
    let level = 0;
    return Float64Array.from({ length }, () => {
      level = 0.995 * level + noise();
      return level;
    });
  },
  hum: (length: number) =>
    Float64Array.from({ length }, (_, i) => {
      let sum = 0;
      for (let k = 1; k <= 12; k++) sum += Math.sin((2 * Math.PI * 50 * k * i) / SAMPLE_RATE + k) / k;
      return sum;
    }),
};

describe('SpeechDetector on noise', () => {
  const length = 60 * SAMPLE_RATE;
  const cases = Object.keys(NOISES).flatMap((kind) => [-30, -18, -6].map((db) => [kind, db] as const));

  it.each(cases)('finds nothing in %s noise at %i dBFS, steady or slowly swelling', (kind, db) => {
    const noise = NOISES[kind as keyof typeof NOISES](length);
    const swelling = noise.map((value, i) => value * 2 ** Math.sin((2 * Math.PI * i) / (8 * SAMPLE_RATE)));
    expect(detect(mix(atLevel(noise, db)))).toEqual([]);
    expect(detect(mix(atLevel(swelling, db - 3)))).toEqual([]);
  });

  it('finds nothing where noise is switched on or off', () => {
    const noise = atLevel(NOISES.white(length), -30);
    expect(detect(mix(noise.map((value, i) => (i < length / 2 ? value / 100 : value))))).toEqual([]);
    expect(detect(mix(noise.map((value, i) => (i < length / 2 ? value : 0))))).toEqual([]);
  });

  it('finds nothing in clicks', () => {
    const noise = atLevel(NOISES.white(length), -70);
    for (let click = 5000; click + 80 < length; click += 7001) {
      for (let i = 0; i < 80; i++) noise[click + i] = 20_000 * Math.cos(i) * Math.exp(-i / 20);
    }
    expect(detect(mix(noise))).toEqual([]);
  });

  it('finds nothing in digital silence and in an empty recording', () => {
    expect(detect(new Int16Array(length))).toEqual([]);
    expect(detect(new Int16Array(0))).toEqual([]);
  });
});

describe('SpeechDetector and WindowPacker together', () => {
  const features = featuresOf(
    decodeFixture('e2e/fixtures/hearing-12min.opus').subarray(0, 240 * SAMPLE_RATE),
  );
  const frames = features.length / FRAME_FEATURE_BYTES;

  function plan(cuts: readonly number[], keepSilence: boolean) {
    const detector = new SpeechDetector({ keepSilence });
    const packer = new WindowPacker();
    const windows = [];
    const spans: SpeechSpan[] = [];
    let from = 0;
    for (const to of [...cuts, frames]) {
      const found = detector.push(features.subarray(from * FRAME_FEATURE_BYTES, to * FRAME_FEATURE_BYTES));
      spans.push(...found);
      windows.push(...found.flatMap((span) => packer.add(span)), ...packer.advance(detector.decidedUntilMs));
      from = to;
    }
    const rest = detector.finish();
    windows.push(...rest.flatMap((span) => packer.add(span)), ...packer.finish());
    return { spans: [...spans, ...rest], windows };
  }

  it.each([false, true])(
    'plan the same, whatever portions the audio comes in (silence kept: %s)',
    (keepSilence) => {
      const whole = plan([], keepSilence);
      const cuts = fc.array(fc.nat(frames), { maxLength: 40 }).map((list) => list.toSorted((a, b) => a - b));
      fc.assert(
        fc.property(cuts, (list) => {
          expect(plan(list, keepSilence)).toEqual(whole);
        }),
        { numRuns: 15 },
      );
    },
  );

  it('never give a span before the time they called decided', () => {
    const detector = new SpeechDetector();
    let decidedMs = 0;
    for (let frame = 0; frame < frames; frame++) {
      const at = frame * FRAME_FEATURE_BYTES;
      for (const { startMs } of detector.push(features.subarray(at, at + FRAME_FEATURE_BYTES))) {
        expect(startMs).toBeGreaterThanOrEqual(decidedMs);
      }
      expect(detector.decidedUntilMs).toBeGreaterThanOrEqual(decidedMs);
      decidedMs = detector.decidedUntilMs;
    }
    expect(decidedMs).toBeGreaterThan(frames * 20 - WINDOW_MAX_MS - 3000);
  });

  it('cover everything where silence is kept', () => {
    let endMs = 0;
    for (const { startMs, endMs: until } of plan([], true).spans) {
      expect(startMs).toBe(endMs);
      endMs = until;
    }
    expect(endMs).toBe(frames * 20);
  });
});
