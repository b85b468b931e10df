import type { CaptureGap } from '../../database/captures/captures.db.ts';
import { CaptureTimeline } from '../capture-timeline.ts';

const START = 1_800_000_000_000;

/** Samples a second: a low rate, since it is hours. */
const RATE = 1000;

const FRAME_MS = 20;

/** How far apart both channels hear the same pulses, and the gaps that were declared. */
export interface DriftingPulses {
  /** Milliseconds, one for each pulse of the first channel. */
  readonly distances: readonly number[];
  readonly gaps: readonly Pick<CaptureGap, 'startMs' | 'endMs'>[];
}

/**
 * Records a pulse in every tenth second of true time by two devices, of which the microphone is 40 ppm slow and the other as
 * many fast as said. Their times are up to 15 ms late, as those of a page are.
 */
export function pulsesOfDriftingInputs(ppm: number, hours: number): DriftingPulses {
  const timeline = new CaptureTimeline({
    sampleRate: RATE,
    inputs: ['microphone', 'system'],
    startedAtMs: START,
  });
  const devices = [
    { input: 'microphone' as const, ppm: -40, sequence: 0 },
    { input: 'system' as const, ppm, sequence: 0 },
  ];
  const pulses: [number[], number[]] = [[], []];
  let random = 1;
  for (let ms = 100; ms < hours * 3_600_000; ms += 100) {
    for (const device of devices) {
      const frameMs = FRAME_MS / (1 + device.ppm / 1e6);
      for (; (device.sequence + 1) * frameMs <= ms; device.sequence++) {
        const startMs = device.sequence * frameMs;
        random = (random * 48_271) % 2_147_483_647;
        timeline.push({
          captureId: '00000000-0000-7000-8000-000000000000',
          input: device.input,
          sequence: device.sequence,
          atMs: START + startMs + (random % 1500) / 100,
          sampleRate: RATE,
          samples: soundFrom(startMs, frameMs),
        });
      }
    }
    for (const { startFrame, samples } of timeline.take(START + ms + FRAME_MS)) {
      if (samples === null) continue;
      for (let i = 0; i < samples.length; i++) {
        if ((samples[i] as number) > 6000) (pulses[i % 2] as number[]).push(startFrame + Math.floor(i / 2));
      }
    }
  }
  const [first, second] = pulses;
  return {
    distances: first.map((at) => Math.min(...second.map((other) => Math.abs(other - at)))),
    gaps: timeline.takeGaps(),
  };
}

/** A frame of silence, with the pulse in it if it is in its time. */
function soundFrom(startMs: number, frameMs: number): Int16Array {
  const samples = new Int16Array((RATE * FRAME_MS) / 1000);
  const pulseMs = Math.ceil((startMs - 5000) / 10_000) * 10_000 + 5000;
  if (pulseMs < startMs + frameMs) {
    samples[Math.floor(((pulseMs - startMs) / frameMs) * samples.length)] = 20_000;
  }
  return samples;
}
