import { DEFAULT_CHOICE } from '../../src/contract/starting-choice.ts';
import type { JobView, RecordingView } from '../../src/contract/views.ts';

/** A sealed recording for tests, without a matter or a job. */
export function exampleRecording(more: Partial<RecordingView> = {}): RecordingView {
  return {
    id: '0198a000-0000-7000-8000-000000000000',
    matterId: null,
    name: 'Ward round',
    state: 'ready',
    assumed: null,
    durationMs: 1000,
    layout: 'single',
    createdAtMs: 0,
    sourcePath: '',
    sourceStillThere: true,
    parts: [],
    importFailure: null,
    isSafe: true,
    binnedAtMs: null,
    job: null,
    placeMs: null,
    hasTranscript: false,
    speakers: 0,
    ...more,
  };
}

/** A job for tests that is done, with the default options. */
export function exampleJob(more: Partial<JobView> = {}): JobView {
  return {
    id: '0198a000-0000-7000-8000-00000000000a',
    state: 'done',
    range: null,
    progress: null,
    failure: null,
    hindrance: null,
    retryAtMs: null,
    language: null,
    languageProbability: null,
    choice: DEFAULT_CHOICE,
    position: 0,
    attempts: 1,
    figures: null,
    ...more,
  };
}
