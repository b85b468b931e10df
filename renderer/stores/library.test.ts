import { expect, test } from 'vitest';
import type { JobView, RecordingView } from '../../src/contract/views.ts';
import { queuePlace } from './library.ts';

/** A recording whose job has this state and position: all that the queue's order needs. */
function waiting(id: string, state: JobView['state'], position: number): [string, RecordingView] {
  return [id, { id, job: { state, position } } as RecordingView];
}

test('a queued job is told its place behind those that wait before it, not behind what runs or is done', () => {
  const recordings = new Map([
    waiting('late', 'queued', 12.5),
    waiting('running', 'running', 1),
    waiting('first', 'queued', -3),
    waiting('done', 'done', 2),
    waiting('middle', 'queued', 4),
  ]);
  expect([-3, 4, 12.5].map((position) => queuePlace(recordings, position))).toEqual([1, 2, 3]);
  const changed = new Map(recordings).set(...waiting('first', 'paused', -3));
  expect(queuePlace(changed, 12.5)).toBe(2);
});
