import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { installFault } from '../../core/fault-points.ts';
import { heldEngine } from '../testing/held-engine.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import type { Workspace } from '../testing/test-workspace.ts';
import { heardIn, SAMPLE_OPTIONS, type TestWorkspaceOptions, textInto } from '../testing/test-workspace.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

describe('the user', () => {
  /** An engine that holds every window after the first committed one, until released. */
  function heldBehindFirst(over: Promise<unknown>): TestWorkspaceOptions {
    return { launchEngine: heldEngine(over, () => queue.log.all('segmentsCommitted').length > 0) };
  }

  /** Waits for the first window of the first job, acts while the second is transcribed, and waits for the result. */
  async function duringFirstJob(action: (workspace: Workspace, jobId: string) => Promise<void>) {
    const over = Promise.withResolvers<void>();
    const workspace = await queue.started(heldBehindFirst(over.promise));
    const jobId = await queue.add(workspace);
    await queue.log.nth('segmentsCommitted');
    await action(workspace, jobId);
    await workspace.queue.idle();
    over.resolve();
    return { workspace, jobId };
  }

  test('pauses a running job and resumes it: no window is repeated', async () => {
    const { workspace, jobId } = await duringFirstJob((w, id) => w.queue.pause(id));
    expect((await job(workspace, jobId)).state).toBe('paused');
    const windows = queue.log.all('segmentsCommitted').length;

    await workspace.queue.resume(jobId);
    await workspace.queue.idle();
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(queue.log.all('segmentsCommitted').length).toBe(2);
    expect(windows).toBeLessThan(2);
  });

  test('cancels a running job: what was heard stays, the rest is not done, and it can be tried again', async () => {
    const { workspace, jobId } = await duringFirstJob((w, id) => w.queue.cancel(id));
    expect((await job(workspace, jobId)).state).toBe('cancelled');
    expect((await heardIn(workspace, jobId)).length).toBeGreaterThan(0);

    await workspace.queue.retry(jobId);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
  });

  test('pauses and cancels jobs that do not run; a job that is done can be neither', async () => {
    const workspace = await queue.started();
    const first = await queue.add(workspace);
    const second = await queue.add(workspace);
    const third = await queue.add(workspace);
    await workspace.queue.pause(second);
    await workspace.queue.cancel(third);
    await workspace.queue.idle();

    const states = (await workspace.database.jobs.list()).map(({ state }) => state);
    expect(states).toEqual(['done', 'paused', 'cancelled']);
    const refused = expect.objectContaining({ code: 'job.wrongState' });
    await expect(workspace.queue.pause(first)).rejects.toEqual(refused);
    await expect(workspace.queue.cancel(first)).rejects.toEqual(refused);
  });

  test('puts a job first: the running one gives way and loses nothing', async () => {
    const over = Promise.withResolvers<void>();
    const workspace = await queue.started(heldBehindFirst(over.promise));
    const first = await queue.add(workspace);
    await queue.add(workspace, RECORDINGS.memo);
    const urgent = await queue.add(workspace, RECORDINGS.memo);
    await queue.log.nth('segmentsCommitted');
    await workspace.queue.putFirst(urgent);
    over.resolve();
    await workspace.queue.idle();

    const done = queue.log.all('jobEnded').filter(({ state }) => state === 'done');
    expect(done[0]?.jobId).toBe(urgent);
    expect(done[1]?.jobId).toBe(first);
    expect(done).toHaveLength(3);
    // Two windows of the call, one of each memo.
    expect(queue.log.all('segmentsCommitted')).toHaveLength(4);
  });

  test('puts a stretch of a job first: it is heard first, and the words are the same', {
    timeout: SLOW_MS,
  }, async () => {
    const hearing = await make(join(queue.folder, 'hearing.flac'), '-t', '130', '-i', RECORDINGS.hearing);
    const options = { ...SAMPLE_OPTIONS, language: 'auto' };
    const workspace = await queue.started();
    const plain = await queue.add(workspace, hearing, options);
    await workspace.queue.idle();
    const reference = await heardIn(workspace, plain);
    const { language } = (await queue.log.nth('languageDetected')) ?? {};

    const { recordingId } = await job(workspace, plain);
    const unstarted = await queue.restarted(workspace);
    await unstarted.queue.close();
    const jobId = await unstarted.queue.addJob(recordingId, options, null);
    await unstarted.queue.putFirst(jobId, { startMs: 100_000, endMs: 110_000 });
    const again = await queue.restarted(unstarted);
    const before = queue.log.all('segmentsCommitted').length;
    await again.queue.idle();

    const heard = queue.log.all('segmentsCommitted').slice(before);
    const starts = heard.map(({ segments }) => segments[0]?.startMs ?? 0);
    expect(starts[0]).toBeGreaterThan(starts[1] ?? 0);
    expect(heard[0]?.segments.some(({ endMs }) => endMs > 100_000)).toBe(true);
    expect(starts.slice(1)).toEqual(starts.slice(1).toSorted((a, b) => a - b));
    expect(await heardIn(again, jobId)).toEqual(reference);
    expect((await job(again, jobId)).detectedLanguage).toBe(language);
  });

  test('gives the same order again: the failed job goes on and delivers to the new place, nothing is imported twice', async () => {
    const workspace = await queue.started();
    const engineLost = () => {
      throw new AppError('model.damaged', { file: 'model.bin' });
    };
    installFault((point) => (point === 'window.transcribed' ? engineLost() : undefined));
    const jobId = await queue.add(workspace);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('failed');

    installFault(null);
    const elsewhere = textInto(queue.folder);
    const taken = await workspace.queue.takeUpJobOf(queue.call, SAMPLE_OPTIONS, elsewhere);
    await workspace.queue.idle();
    expect(taken?.id).toBe(jobId);
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', delivery: elsewhere });
    expect(await readdir(queue.folder)).toContain('call.txt');
    expect(await workspace.database.recordings.list()).toHaveLength(1);
    // With other options it is another job.
    const other = { ...SAMPLE_OPTIONS, prompt: 'green car' };
    expect(await workspace.queue.takeUpJobOf(queue.call, other, elsewhere)).toBeNull();
  });

  test('cannot erase a recording while a job of it runs, but can while it waits', async () => {
    const hearing = await make(join(queue.folder, 'hearing.flac'), '-t', '200', '-i', RECORDINGS.hearing);
    const over = Promise.withResolvers<void>();
    const workspace = await queue.started(heldBehindFirst(over.promise));
    const jobId = await queue.add(workspace, hearing);
    const waiting = await queue.add(workspace, RECORDINGS.memo);
    await queue.log.nth('segmentsCommitted');
    const running = await job(workspace, jobId);
    await expect(workspace.app.recordings.erase(running.recordingId)).rejects.toEqual(
      expect.objectContaining({ code: 'recording.busy' }),
    );
    const { recordingId } = await job(workspace, waiting);
    await workspace.app.recordings.erase(recordingId);
    over.resolve();
    await workspace.queue.idle();

    expect((await workspace.database.jobs.list()).map(({ id, state }) => [id, state])).toEqual([
      [jobId, 'done'],
    ]);
    const parts = await workspace.database.objects.idsOfRecording(recordingId);
    expect(parts).toEqual([]);
  });
});
