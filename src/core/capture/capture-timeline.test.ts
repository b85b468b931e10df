import { describe, expect, test } from 'vitest';
import type { CaptureFrame, CaptureInput } from '../../contract/capture.ts';
import { CaptureTimeline } from './capture-timeline.ts';
import { pulsesOfDriftingInputs } from './testing/drifting-inputs.ts';

const RATE = 8000;
const START = 1_800_000_000_000;
const FRAME = 160;

/** Numbers from 1 on: every sample of a device can be told from the others. */
function counted(index: number): number {
  return (index % 30_000) + 1;
}

interface FrameParts {
  readonly input?: CaptureInput;
  readonly atMs?: number;
  readonly sampleRate?: number;
  readonly samples?: Int16Array;
}

/** The frame of this number, captured when its number says. */
function frameOf(sequence: number, parts: FrameParts = {}): CaptureFrame {
  return {
    captureId: '00000000-0000-7000-8000-000000000000',
    input: 'microphone',
    sequence,
    atMs: START + sequence * 20,
    sampleRate: RATE,
    samples: Int16Array.from({ length: FRAME }, (_, i) => counted(sequence * FRAME + i)),
    ...parts,
  };
}

const constant = (value: number, length = FRAME) => new Int16Array(length).fill(value);

/** A timeline with what it has given so far. */
class Recorded {
  readonly timeline: CaptureTimeline;
  readonly channels: number[][];

  constructor(inputs: readonly CaptureInput[] = ['microphone'], sampleRate = RATE) {
    this.timeline = new CaptureTimeline({ sampleRate, inputs, startedAtMs: START });
    this.channels = inputs.map(() => []);
  }

  /** What has come by `ms` after the start. */
  take(ms: number): void {
    for (const { startFrame, frameCount, samples: sound } of this.timeline.take(START + ms)) {
      expect(startFrame).toBe(this.length);
      const samples = sound ?? new Int16Array(frameCount * this.channels.length);
      expect(samples.length).toBe(frameCount * this.channels.length);
      for (let i = 0; i < samples.length; i++) {
        (this.channels[i % this.channels.length] as number[]).push(samples[i] as number);
      }
    }
  }

  push(...frames: CaptureFrame[]): void {
    for (const frame of frames) this.timeline.push(frame);
  }

  /** Frames `from` to `to` of the microphone, each taken when it has come. */
  run(from: number, to: number, parts: (sequence: number) => FrameParts = () => ({})): void {
    for (let sequence = from; sequence < to; sequence++) {
      this.push(frameOf(sequence, parts(sequence)));
      this.take((sequence + 1) * 20 + 5);
    }
  }

  finish(ms: number): void {
    this.timeline.finish(START + ms);
    for (let before = -1; before !== this.length; ) {
      before = this.length;
      this.take(ms);
    }
  }

  get length(): number {
    return (this.channels[0] as number[]).length;
  }

  /** A channel in runs of equal kind: [silent, samples]. */
  runs(channel = 0): [boolean, number][] {
    const runs: [boolean, number][] = [];
    for (const sample of this.channels[channel] as number[]) {
      const last = runs.at(-1);
      if (last?.[0] === (sample === 0)) last[1] += 1;
      else runs.push([sample === 0, 1]);
    }
    return runs;
  }
}

describe('one input', () => {
  test('comes at once and unchanged', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    expect(recorded.channels[0]).toEqual(Array.from({ length: 50 * FRAME }, (_, i) => counted(i)));
    expect(recorded.timeline.takeGaps()).toEqual([]);
  });

  test('frames in disorder and twice are put in order', () => {
    const recorded = new Recorded();
    for (const sequence of [0, 2, 1, 1, 5, 3, 2, 4, 6]) recorded.push(frameOf(sequence));
    recorded.take(200);
    expect(recorded.channels[0]).toEqual(Array.from({ length: 7 * FRAME }, (_, i) => counted(i)));
  });

  test('lost frames are silence of their length, and declared', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.run(53, 100);
    expect(recorded.runs()).toEqual([
      [false, 50 * FRAME],
      [true, 3 * FRAME],
      [false, 47 * FRAME],
    ]);
    expect(recorded.timeline.framesLost).toBe(3);
    expect(recorded.timeline.takeGaps()).toEqual([
      { input: 'microphone', startMs: 1000, endMs: 1060, reason: 'framesLost' },
    ]);
    expect(recorded.timeline.takeGaps()).toEqual([]);
  });

  test('a frame that is lost holds the others up for a moment only', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.run(51, 60);
    expect(recorded.length).toBe(50 * FRAME);
    recorded.run(60, 68);
    expect(recorded.length).toBe(68 * FRAME);
  });

  test('frames that a busy page sends late, with late times, are no gap', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    for (let sequence = 50; sequence < 150; sequence++)
      recorded.push(frameOf(sequence, { atMs: START + 2990 }));
    recorded.take(3000);
    recorded.run(150, 170);
    expect(recorded.runs()).toEqual([[false, 170 * FRAME]]);
    expect(recorded.timeline.takeGaps()).toEqual([]);
  });

  test('time in which it stood still is silence, and declared', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    // A minute of sleep; frames are numbered on.
    for (let sequence = 50; sequence < 100; sequence++) {
      recorded.push(frameOf(sequence, { atMs: START + 60_000 + sequence * 20 }));
      recorded.take(60_000 + sequence * 20 + 25);
    }
    recorded.finish(62_000);
    expect(recorded.runs()).toEqual([
      [false, 50 * FRAME],
      [true, 60 * RATE],
      [false, 50 * FRAME],
    ]);
    const gap = { input: 'microphone', startMs: 1000, endMs: 61_000, reason: 'suspended' };
    expect(recorded.timeline.takeGaps()).toEqual([gap]);
  });

  test('the silence of a long sleep has no samples, and is told at once', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.timeline.lost('microphone', 'suspended', START + 1000);
    const [block] = recorded.timeline.take(START + 8 * 3_600_000);
    expect(block).toMatchObject({ startFrame: 50 * FRAME, samples: null });
    expect((block?.frameCount ?? 0) / RATE).toBeCloseTo(8 * 3600 - 1.5, 0);
  });

  test('a silence in which another input has sound comes in bounded pieces', () => {
    const recorded = new Recorded(['microphone', 'system']);
    recorded.run(0, 50);
    recorded.timeline.lost('microphone', 'deviceLost', START + 1000);
    for (let n = 0; n < 3000; n++) {
      recorded.push(frameOf(n, { input: 'system', atMs: START + 1000 + n * 20, samples: constant(7) }));
    }
    let pieces = 0;
    for (let taken = -1; taken < recorded.length; pieces += 1) {
      taken = recorded.length;
      recorded.take(61_600);
      expect(recorded.length - taken).toBeLessThanOrEqual(10 * RATE);
    }
    expect(pieces).toBeGreaterThan(6);
    expect(recorded.runs(1).at(-1)?.[0]).toBe(false);
  });

  test('the next device goes on, the gap kept as time', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.timeline.lost('microphone', 'deviceChanged', START + 1010);
    recorded.take(1500);
    recorded.take(2000);
    recorded.take(3000);
    expect(recorded.length / RATE).toBeCloseTo(2.5, 1);
    // It has another rate and its own numbers.
    const samples = constant(1000, 882);
    for (let n = 0; n < 100; n++) {
      recorded.push(frameOf(n, { atMs: START + 3500 + n * 20, sampleRate: 44_100, samples }));
      recorded.take(3500 + n * 20 + 25);
    }
    recorded.finish(5600);
    expect(recorded.length).toBe(5.5 * RATE);
    expect(recorded.channels[0]?.slice(3.5 * RATE + 60, -60).every((sample) => sample === 1000)).toBe(true);
    expect(recorded.timeline.takeGaps()).toEqual([
      { input: 'microphone', startMs: 1000, endMs: 3500, reason: 'deviceChanged' },
    ]);
  });

  test('frames of another page, whose clock is another, are placed by when they come', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.timeline.lost('microphone', 'pageFailed', START + 1010);
    for (let n = 0; n < 50; n++) {
      recorded.push(frameOf(n, { atMs: START - 28_800_000 + n * 20 }));
      recorded.take(3000 + n * 20 + 25);
    }
    recorded.finish(4100);
    expect(recorded.length).toBe(4 * RATE);
    expect(recorded.timeline.timeOf(START + 3500)).toBe(3495);
  });

  test('a device that was lost and does not come back is silence until the end', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.timeline.lost('microphone', 'deviceLost', START + 1000);
    recorded.finish(5005);
    expect(recorded.runs()).toEqual([
      [false, RATE],
      [true, 4 * RATE],
    ]);
  });

  test('pauses are left out, and need no gap', () => {
    const recorded = new Recorded();
    recorded.run(0, 50);
    recorded.timeline.pause(START + 1005);
    recorded.run(50, 100);
    expect(recorded.timeline.timeOf(START + 1800)).toBe(1000);
    recorded.timeline.resume(START + 2005);
    recorded.run(100, 150);
    expect(recorded.length).toBe(100 * FRAME);
    expect(recorded.channels[0]?.[50 * FRAME]).toBe(counted(100 * FRAME));
    expect(recorded.timeline.takeGaps()).toEqual([]);
    expect(recorded.timeline.timeOf(START + 505)).toBe(500);
    expect(recorded.timeline.timeOf(START + 2505)).toBe(1500);
  });

  test('a small frame that was held back at the end is kept', () => {
    const recorded = new Recorded();
    recorded.run(0, 10);
    recorded.push(frameOf(12), frameOf(13, { samples: constant(7, 31) }));
    recorded.take(300);
    recorded.finish(310);
    expect(recorded.length).toBe(13 * FRAME + 31);
  });
});

describe('two inputs', () => {
  const BOTH = ['microphone', 'system'] as const;
  const system = (atMs: number, sequence: number) =>
    frameOf(sequence, { input: 'system', atMs, samples: constant(1000) });

  /** Runs both for `ms`; `speaks` tells whether the system delivers at a time. */
  function run(recorded: Recorded, fromMs: number, toMs: number, speaks: (ms: number) => boolean): void {
    for (let ms = fromMs; ms < toMs; ms += 20) {
      recorded.push(frameOf(ms / 20));
      if (speaks(ms)) recorded.push(system(START + ms, Math.round(ms / 20)));
      recorded.take(ms + 30);
    }
  }

  test('an input that delivers nothing while silent is silent, and in its place when it speaks', () => {
    const recorded = new Recorded(BOTH);
    let sequence = 0;
    for (let ms = 0; ms < 20_000; ms += 20) {
      recorded.push(frameOf(ms / 20));
      if ((ms >= 5000 && ms < 8000) || ms >= 15_000) recorded.push(system(START + ms, sequence++));
      recorded.take(ms + 30);
    }
    expect(20 * RATE - recorded.length).toBeLessThan(0.1 * RATE);
    const runs = recorded
      .runs(1)
      .map(([silent, samples]) => [silent, Math.round((samples / RATE) * 100) / 100]);
    expect(runs.slice(0, 3)).toEqual([
      [true, 5],
      [false, 3],
      [true, 7],
    ]);
    expect(recorded.runs(0)).toEqual([[false, recorded.length]]);
    expect(recorded.timeline.takeGaps()).toEqual([]);
  });

  test('what the other does not deliver is waited for a quarter of a second', () => {
    const recorded = new Recorded(BOTH);
    run(recorded, 0, 5000, () => false);
    expect(5 * RATE - recorded.length).toBeLessThan(0.3 * RATE);
  });

  test('lost frames of the other are declared for it', () => {
    const recorded = new Recorded(BOTH);
    run(recorded, 0, 4000, (ms) => ms < 2000 || ms >= 2100);
    const gaps = recorded.timeline.takeGaps();
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({ input: 'system', reason: 'framesLost', endMs: 2100 });
    expect(gaps[0]?.startMs).toBeGreaterThanOrEqual(1999);
  });

  test('a microphone that never begins is a declared gap while the other goes on', () => {
    const recorded = new Recorded(BOTH);
    for (let n = 0; n < 250; n++) {
      recorded.push(system(START + n * 20, n));
      recorded.take(n * 20 + 25);
    }
    recorded.finish(5000);
    expect(recorded.length).toBe(5 * RATE);
    expect(recorded.runs(0)).toEqual([[true, 5 * RATE]]);
    expect(recorded.timeline.takeGaps()).toEqual([
      { input: 'microphone', startMs: 0, endMs: 5000, reason: 'suspended' },
    ]);
  });

  test('a microphone that begins late is in its place', () => {
    const recorded = new Recorded(BOTH);
    for (let n = 0; n < 250; n++) {
      recorded.push(system(START + n * 20, n));
      if (n >= 100) recorded.push(frameOf(n - 100, { atMs: START + n * 20 }));
      recorded.take(n * 20 + 25);
    }
    recorded.finish(5000);
    expect(recorded.runs(0)).toEqual([
      [true, 2 * RATE],
      [false, 3 * RATE],
    ]);
    expect(recorded.timeline.takeGaps()[0]).toMatchObject({ startMs: 0, endMs: 2000 });
  });

  test('a microphone that stops without a word is a declared gap, and both stay on one clock', () => {
    const recorded = new Recorded(BOTH);
    run(recorded, 0, 2000, () => true);
    for (let n = 100; n < 200; n++) {
      recorded.push(system(START + n * 20, n));
      recorded.take(n * 20 + 25);
    }
    run(recorded, 4000, 6000, () => true);
    recorded.finish(6000);
    expect(recorded.runs(0)).toEqual([
      [false, 2 * RATE],
      [true, 2 * RATE],
      [false, 2 * RATE],
    ]);
    expect(recorded.length).toBe(6 * RATE);
    const last = { input: 'microphone', startMs: 2000, endMs: 4000 };
    expect(recorded.timeline.takeGaps().at(-1)).toMatchObject(last);
  });

  test('a lost one does not hold the other up', () => {
    const recorded = new Recorded(BOTH);
    run(recorded, 0, 2000, () => true);
    recorded.timeline.lost('system', 'deviceLost', START + 2000);
    run(recorded, 2000, 4000, () => false);
    expect(recorded.length).toBe(4 * RATE);
    expect(recorded.timeline.takeGaps()[0]).toMatchObject({ input: 'system', reason: 'deviceLost' });
  });

  test('pauses are left out of both', () => {
    const recorded = new Recorded(BOTH);
    run(recorded, 0, 2000, () => true);
    recorded.timeline.pause(START + 2005);
    run(recorded, 2000, 7000, () => true);
    recorded.timeline.resume(START + 7005);
    run(recorded, 7000, 9000, (ms) => ms >= 8000);
    recorded.finish(9000);
    expect(recorded.length).toBe(4 * RATE);
    expect(recorded.runs(1).map(([silent]) => silent)).toEqual([false, true, false]);
    expect(recorded.runs(1)[1]?.[1]).toBeCloseTo(RATE, -2);
    expect(recorded.timeline.takeGaps()).toEqual([]);
  });

  test.each([500, -500])('stay together while one drifts by %i ppm', (ppm) => {
    const { distances, gaps } = pulsesOfDriftingInputs(ppm, 0.25);
    expect(gaps).toEqual([]);
    expect(distances).toHaveLength(90);
    expect(Math.max(...distances)).toBeLessThan(15);
  });
});

describe('any feed', () => {
  /** Numbers from 0 to 1 that are the same in every run. */
  function randomOf(seed: number): () => number {
    let state = seed * 7919 + 1;
    return () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  }

  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'keeps all the sound that comes, and declares the rest (%i)',
    (seed) => {
      const random = randomOf(seed);
      const recorded = new Recorded();
      const delivered: number[] = [];
      const inFlight: { frame: CaptureFrame; atMs: number }[] = [];
      let stoodMs = 0;
      let busyUntilMs = 0;
      let lastAtMs = 0;
      for (let sequence = 0; sequence < 600; sequence++) {
        if (sequence > 0 && random() < 0.004) stoodMs += 60 + random() * 5000;
        const capturedMs = stoodMs + sequence * 20;
        if (random() < 0.01) busyUntilMs = Math.max(busyUntilMs, capturedMs + random() * 800);
        // A busy page stamps and sends late; deliveries have their delay, and overtake each other now and then.
        const stampedMs = Math.max(capturedMs + random() * 8, busyUntilMs - 20);
        const arrivesMs = sequence === 0 ? 20 : stampedMs + 20 + random() * 30;
        lastAtMs = Math.max(lastAtMs, arrivesMs);
        if (sequence > 0 && random() < 0.01) continue;
        const frame = frameOf(sequence, { atMs: START + stampedMs });
        delivered.push(...frame.samples);
        inFlight.push({ frame, atMs: arrivesMs });
        if (random() < 0.02) inFlight.push({ frame, atMs: arrivesMs + random() * 300 });
      }
      inFlight.sort((a, b) => a.atMs - b.atMs);
      let nextTakeMs = 0;
      for (const { frame, atMs } of inFlight) {
        for (; nextTakeMs < atMs; nextTakeMs += 10 + random() * 150) recorded.take(nextTakeMs);
        recorded.push(frame);
      }
      recorded.finish(lastAtMs + 50);
      const sound = recorded.channels[0] as number[];
      const kept = Buffer.from(Int16Array.from(sound.filter((sample) => sample !== 0)).buffer);
      expect(kept.equals(Buffer.from(Int16Array.from(delivered).buffer))).toBe(true);

      // The declared gaps are the silence, to the sample but for their rounding.
      let at = 0;
      const silences: [number, number][] = [];
      for (const [silent, length] of recorded.runs()) {
        if (silent) silences.push([(at * 1000) / RATE, ((at + length) * 1000) / RATE]);
        at += length;
      }
      const declared: [number, number][] = [];
      for (const { startMs, endMs } of recorded.timeline.takeGaps()) {
        const last = declared.at(-1);
        if (last?.[1] === startMs) last[1] = endMs;
        else declared.push([startMs, endMs]);
      }
      expect(declared.map((gap) => gap.map(Math.round))).toEqual(silences.map((gap) => gap.map(Math.round)));

      // And the recording lasts as long as the time that passed.
      const lastSequence = Math.max(...inFlight.map(({ frame }) => frame.sequence));
      expect(Math.abs((recorded.length * 1000) / RATE - stoodMs - (lastSequence + 1) * 20)).toBeLessThan(45);
    },
  );
});
