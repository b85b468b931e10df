import { expect, test } from 'vitest';
import type { CoreEvent } from '../src/contract/events.ts';
import { toldTimes, worstDeviation } from './told-times.ts';

const STARTED_AT = Date.UTC(2026, 10, 20);

function progress(percent: number, readyAtMs: number | null): CoreEvent {
  const rest = { stage: 'transcribe', transcribedMs: 0, durationMs: 1000, speed: null } as const;
  return { type: 'jobProgress', jobId: 'a', progress: { ...rest, percent, readyAtMs } };
}

const STARTED: CoreEvent = { type: 'jobStarted', jobId: 'a', recordingId: 'r', attempt: 1, resumed: false };
const ENDED: CoreEvent = {
  ...{ type: 'jobEnded', jobId: 'a', recordingId: 'r', state: 'done', failure: null },
  ...{ retryAtMs: null, figures: null },
};

test('a time that was told too early or too late counts as a share of the whole duration', () => {
  const events = [
    { event: STARTED, atMs: 1000 },
    { event: progress(5, null), atMs: 1500 },
    { event: progress(20, STARTED_AT + 10_500), atMs: 3000 },
    { event: progress(60, STARTED_AT + 11_200), atMs: 7000 },
    { event: ENDED, atMs: 11_000 },
  ];
  const [attempt] = toldTimes(events, STARTED_AT);
  expect(attempt?.durationMs).toBe(10_000);
  expect(attempt?.reports.map(({ percent }) => percent)).toEqual([20, 60]);
  expect(attempt && worstDeviation(attempt)).toBeCloseTo(0.05);
});

test('an attempt that told no time has no deviation', () => {
  const events = [
    { event: STARTED, atMs: 0 },
    { event: progress(50, null), atMs: 10 },
    { event: ENDED, atMs: 20 },
  ];
  expect(toldTimes(events, STARTED_AT).map(worstDeviation)).toEqual([null]);
});
