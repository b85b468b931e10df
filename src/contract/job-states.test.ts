import { expect, test } from 'vitest';
import { JobState } from './job.ts';
import { assertAllowed, isFinal, isPending, isUnfinished, offeredActions } from './job-states.ts';

test('a job is pending, paused or at its end, and nothing else', () => {
  const pending = JobState.options.filter(isPending);
  expect(pending).toEqual(['queued', 'running', 'waiting']);
  expect(JobState.options.filter(isUnfinished).toSorted()).toEqual([...pending, 'paused'].toSorted());
  expect(JobState.options.filter((state) => isFinal(state) !== isUnfinished(state))).toEqual(
    JobState.options,
  );
});

test('nothing is offered that the queue would refuse', () => {
  for (const state of JobState.options) {
    const range = { startMs: 0, endMs: null };
    for (const action of [...offeredActions({ state, range: null }), ...offeredActions({ state, range })]) {
      if (action === 'first') expect(isPending(state)).toBe(true);
      else if (state === 'running') assertAllowed('finish', state);
      else assertAllowed(action, state);
    }
  }
});

test('done is left by no action, and failed only by retrying or giving up', () => {
  for (const action of ['run', 'finish', 'pause', 'resume', 'cancel', 'retry'] as const) {
    expect(() => assertAllowed(action, 'done')).toThrow(expect.objectContaining({ code: 'job.wrongState' }));
    if (action === 'cancel' || action === 'retry') assertAllowed(action, 'failed');
    else expect(() => assertAllowed(action, 'failed')).toThrow();
  }
});
