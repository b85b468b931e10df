import { expect, test } from 'vitest';
import type { CoreEvent } from '../../contract/events.ts';
import { Attention } from './attention.ts';

const FIGURES = null;
const started = (jobId: string): CoreEvent => ({
  type: 'jobStarted',
  jobId,
  recordingId: jobId,
  attempt: 1,
  resumed: false,
});
const ended = (jobId: string, state: 'done' | 'failed' | 'paused'): CoreEvent => ({
  type: 'jobEnded',
  jobId,
  recordingId: jobId,
  state,
  failure: null,
  retryAtMs: null,
  figures: FIGURES,
});

function shell() {
  const told: unknown[] = [];
  const attention = new Attention({
    keepAwake: (isNeeded) => told.push(['awake', isNeeded]),
    showProgress: (progress) => told.push(['progress', progress]),
    notify: (what) => told.push(['notify', what]),
  });
  return { attention, told };
}

test('the machine stays awake from the first job to the end of the last', () => {
  const { attention, told } = shell();
  attention.take(started('a'));
  attention.take(started('b'));
  attention.take(ended('a', 'paused'));
  expect(told).toEqual([
    ['awake', true],
    ['awake', true],
  ]);
  attention.take(ended('b', 'paused'));
  expect(told.slice(2)).toEqual([
    ['progress', null],
    ['awake', false],
  ]);
});

test('what has ended well or badly is said, what was paused is not', () => {
  const { attention, told } = shell();
  for (const state of ['done', 'failed', 'paused'] as const) {
    attention.take(started(state));
    attention.take(ended(state, state));
  }
  expect(told.filter((entry) => Array.isArray(entry) && entry[0] === 'notify')).toEqual([
    ['notify', 'ready'],
    ['notify', 'failed'],
  ]);
});
