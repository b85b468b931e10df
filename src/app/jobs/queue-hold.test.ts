import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { feed } from '../../core/capture/testing/capture-feed.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { installFault } from '../../core/fault-points.ts';
import { capturing, stopped } from '../testing/followed-capture.ts';
import { heldEngine } from '../testing/held-engine.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import { SAMPLE_OPTIONS, type Workspace } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

/** Whether a job stays queued while others had the time to begin. */
async function staysQueued(workspace: Workspace, jobId: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await job(workspace, jobId)).state === 'queued';
}

describe('a held queue', () => {
  test('lets the running job finish its window, and no more until the last of two holds is released', async () => {
    const go = Promise.withResolvers<void>();
    const planned = Promise.withResolvers<void>();
    let isPlanned = false;
    installFault((point) => {
      if (point !== 'window.planned') return;
      isPlanned = true;
      planned.resolve();
    });
    const workspace = await queue.started({ launchEngine: heldEngine(go.promise, () => isPlanned) });
    const jobId = await queue.add(workspace);
    await planned.promise;
    const release = workspace.queue.hold();
    const releaseOther = workspace.queue.hold();
    go.resolve();
    expect(await queue.log.nth('jobEnded')).toMatchObject({ jobId, state: 'queued', failure: null });
    expect(queue.log.all('segmentsCommitted')).toHaveLength(1);
    release();
    release();
    expect(await staysQueued(workspace, jobId)).toBe(true);
    releaseOther();
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1, position: 1 });
    const windows = await workspace.database.windows.list(jobId);
    // None of them was transcribed twice.
    expect(queue.log.all('segmentsCommitted')).toHaveLength(windows.length);
    expect(windows.map(({ failures }) => failures)).toEqual(windows.map(() => 0));
    await assertWhole(workspace);
  });

  test('begins nothing that is added, and is not idle; a user still pauses and cancels', async () => {
    const workspace = await queue.started();
    const release = workspace.queue.hold();
    const first = await queue.add(workspace);
    const second = await queue.add(workspace, RECORDINGS.memo);
    let isIdle = false;
    const idle = workspace.queue.idle().then(() => {
      isIdle = true;
    });
    await workspace.queue.pause(first);
    await workspace.queue.putFirst(second);
    expect(await staysQueued(workspace, second)).toBe(true);
    expect(isIdle).toBe(false);
    release();
    await idle;
    expect([await job(workspace, first), await job(workspace, second)].map(({ state }) => state)).toEqual([
      'paused',
      'done',
    ]);
  });

  test('is closed with the vault: the job that waits goes on at the next start', async () => {
    const workspace = await queue.started();
    const release = workspace.queue.hold();
    const jobId = await queue.add(workspace);
    const again = await queue.restarted(workspace);
    release();
    await again.queue.idle();
    expect((await job(again, jobId)).state).toBe('done');
  });
});

describe('the final job of a capture', { timeout: 180_000 }, () => {
  test('waits for the end of the hold where a second model does not fit into the free memory', async () => {
    let launches = 0;
    const workspace = await queue.started({
      freeMemory: () => 100_000_000,
      launchEngine: () => {
        launches += 1;
        return replayEngine();
      },
    });
    const release = workspace.queue.hold();
    const recorder = await capturing(workspace);
    const jobId = await workspace.queue.addCaptureJob(recorder.recordingId, SAMPLE_OPTIONS, null);
    await feed(recorder, await samplesOf(RECORDINGS.memo, 16_000, 1));
    await stopped(workspace, recorder);
    expect(await staysQueued(workspace, jobId)).toBe(true);
    expect(launches).toBe(0);
    release();
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
  });

  test('that an earlier run left is taken up again, with what is to be delivered', async () => {
    const workspace = await queue.started();
    const release = workspace.queue.hold({ only: () => [] });
    const recorder = await capturing(workspace);
    const { recordingId } = recorder;
    const jobId = await workspace.queue.addCaptureJob(recordingId, SAMPLE_OPTIONS, null);
    await workspace.queue.pause(jobId);
    expect(await workspace.queue.addCaptureJob(recordingId, SAMPLE_OPTIONS, null)).toBe(jobId);
    expect((await job(workspace, jobId)).state).toMatch(/queued|running/);
    await feed(recorder, await samplesOf(RECORDINGS.memo, 16_000, 1));
    await stopped(workspace, recorder);
    release();
    await workspace.queue.idle();
    expect((await workspace.database.jobs.list({ recordingId })).map(({ state }) => state)).toEqual(['done']);
  });

  test('lets others pass while it waits for sound and the queue is not held', async () => {
    const workspace = await queue.started();
    const recorder = await capturing(workspace);
    const jobId = await workspace.queue.addCaptureJob(recorder.recordingId, SAMPLE_OPTIONS, null);
    await queue.log.nth('jobStarted');
    const other = await queue.add(workspace);
    await expect.poll(async () => (await job(workspace, other)).state, { timeout: 60_000 }).toBe('done');
    expect((await job(workspace, jobId)).state).not.toBe('done');
    await feed(recorder, (await samplesOf(RECORDINGS.memo, 16_000, 1)).subarray(0, 16_000 * 5));
    await stopped(workspace, recorder);
    await workspace.queue.putFirst(jobId);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
  });
});
