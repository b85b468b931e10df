import { constants, getPriority } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feed } from '../../core/capture/testing/capture-feed.ts';
import { type EngineProcess, forkEngine } from '../../core/engine/engine-process.ts';
import { isRunning } from '../../core/engine/testing/processes.ts';
import { capturing, stopped } from '../testing/followed-capture.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import { heardIn, SAMPLE_OPTIONS } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';

let queue: TestQueue;
beforeEach(async () => {
  queue = await TestQueue.make();
});
afterEach(() => queue.remove());

test('the final job of a capture runs on a process of the lowest priority, then on the shared one, and repeats no window', async () => {
  const launched: EngineProcess[] = [];
  const launchEngine = () => {
    const engine = forkEngine();
    launched.push(engine);
    return engine;
  };
  const workspace = await queue.started({ launchEngine });
  const release = workspace.queue.hold();
  const samples = await samplesOf(RECORDINGS.hearing, 16_000, 1);
  const recorder = await capturing(workspace);
  const jobId = await workspace.queue.addCaptureJob(recorder.recordingId, SAMPLE_OPTIONS, null);
  const other = await queue.add(workspace, RECORDINGS.memo);
  await feed(recorder, samples.subarray(0, 16_000 * 80));
  await queue.log.nth('segmentsCommitted');

  expect(launched).toHaveLength(1);
  const background = launched[0]?.pid ?? 0;
  expect(getPriority(background)).toBe(constants.priority.PRIORITY_LOW);
  await stopped(workspace, recorder);
  release();
  await workspace.queue.idle();
  expect(isRunning(background)).toBe(false);
  expect(launched).toHaveLength(2);
  expect(getPriority(launched[1]?.pid ?? 0)).toBe(getPriority(process.pid));
  expect([await job(workspace, jobId), await job(workspace, other)].map(({ state }) => state)).toEqual([
    'done',
    'done',
  ]);
  // Its text is that of the same sound as a file, and each window was transcribed once.
  expect((await heardIn(workspace, jobId)).length).toBeGreaterThan(3);
  const committed = queue.log.all('segmentsCommitted').filter((event) => event.jobId === jobId);
  expect(committed).toHaveLength((await workspace.database.windows.list(jobId)).length);
  const ended = queue.log.all('jobEnded').map((event) => event.jobId);
  expect(ended.lastIndexOf(jobId)).toBeLessThan(ended.indexOf(other));
  await assertWhole(workspace);
});
