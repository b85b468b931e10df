import type { CaptureView } from '../../src/contract/capture.ts';

/** A running session for tests, which records and has nothing to complain about. */
export function exampleCapture(more: Partial<CaptureView> = {}): CaptureView {
  return {
    id: '0198a000-0000-7000-8000-0000000000c1',
    recordingId: '0198a000-0000-7000-8000-000000000000',
    name: 'Ward round',
    state: 'listening',
    startedAtMs: 0,
    durationMs: 42_000,
    microphone: 'Desk microphone',
    system: null,
    warnings: [],
    minutesLeft: null,
    liveModel: 'tiny.en',
    markers: [],
    failure: null,
    metrics: {
      framesIn: 0,
      framesRecorded: 0,
      framesSkippedByLiveText: 0,
      framesLost: 0,
      gapMs: 0,
      recorderQueue: 0,
      liveQueue: 0,
    },
    ...more,
  };
}
