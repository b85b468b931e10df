import { describe, expect, it } from 'vitest';
import type { CoreEvent, JobProgress } from '../src/contract/events.ts';
import { measurePhases, PHASES, phaseWatch, randomKill } from './kill-plan.ts';
import { seededRandom } from './statistics.ts';
import type { TimedEvent } from './voicesync.ts';

function progress(stage: JobProgress['stage']): CoreEvent {
  const unknown = { transcribedMs: 0, durationMs: null, percent: null, speed: null, readyAtMs: null };
  return { type: 'jobProgress', jobId: 'j', progress: { stage, ...unknown } };
}

const committed: CoreEvent = { type: 'segmentsCommitted', jobId: 'j', segments: [] };
const RUN: TimedEvent[] = [
  { atMs: 500, event: { type: 'recordingAdded', recordingId: 'r', jobId: 'j', name: 'n' } },
  { atMs: 600, event: progress('load') },
  {
    atMs: 800,
    event: {
      ...{ type: 'recordingReady', recordingId: 'r', sha256: null, durationMs: 1, layout: 'single' },
      ...{ channels: 1, incomplete: false },
    },
  },
  { atMs: 700, event: progress('transcribe') },
  { atMs: 1700, event: committed },
  { atMs: 2700, event: committed },
  { atMs: 2701, event: progress('assemble') },
  { atMs: 2731, event: progress('export') },
];

describe('measurePhases', () => {
  it('tells how long each phase lasted', () => {
    const phases = Object.fromEntries(measurePhases(RUN, 3000));
    expect(phases).toMatchObject({
      start: { durationMs: 500 },
      import: { durationMs: 300 },
      load: { durationMs: 100 },
      assemble: { durationMs: 30 },
      export: { durationMs: 269 },
    });
    expect(phases.windows).toEqual({ durationMs: 1000.5, occurrences: 2 });
  });
});

describe('phaseWatch', () => {
  it('lets every window begin once, and nothing begin by mere progress', () => {
    const events = [progress('transcribe'), progress('transcribe'), committed, progress('transcribe')];
    expect(events.map(phaseWatch())).toEqual(['windows', null, 'windows', null]);
  });
});

describe('randomKill', () => {
  it('comes to every phase and every window, never after its end', () => {
    const lengths = measurePhases(RUN, 3000);
    const random = seededRandom(3);
    const plans = Array.from({ length: 600 }, () => randomKill(lengths, random));
    for (const phase of PHASES) {
      const ofPhase = plans.filter((plan) => plan.phase === phase);
      expect(ofPhase.length).toBeGreaterThan(60);
      const delays = ofPhase.map(({ delayMs }) => delayMs);
      const { durationMs = 0, occurrences = 0 } = lengths.get(phase) ?? {};
      expect(Math.max(...delays)).toBeLessThanOrEqual(durationMs);
      expect(Math.max(...delays)).toBeGreaterThan(durationMs * 0.9);
      expect(new Set(ofPhase.map(({ occurrence }) => occurrence)).size).toBe(occurrences);
    }
  });
});
