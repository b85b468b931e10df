import { copyFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retryRule } from '../../contract/errors.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { childrenOf } from '../../core/engine/testing/processes.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { type FaultPoint, installFault } from '../../core/fault-points.ts';
import { heldEngine } from '../testing/held-engine.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import { IMPATIENT, SAMPLE_OPTIONS } from '../testing/test-workspace.ts';
import { endOfFailure, PATIENT, PROMPT } from './retry-policy.ts';

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

/** Throws an error at a point, every time until it is removed. */
function failAt(point: FaultPoint, code: string): void {
  installFault((here) => {
    if (here === point) throw Object.assign(new Error('refused'), { code });
  });
}

test('a program that stays open waits 5 and 25 minutes; a command tries once more at once', () => {
  const delays = (policy: typeof PATIENT) =>
    [0, 1, 2].map((attempts) => endOfFailure(policy, retryRule('engine.crashed'), attempts, 0).retryAtMs);

  expect(delays(PATIENT)).toEqual([5 * 60_000, 25 * 60_000, null]);
  expect(delays(PROMPT)).toEqual([0, null, null]);
});

describe('a job that fails', () => {
  test('at something that no retry changes has failed at once, with its reason', async () => {
    const workspace = await queue.started();
    const model = { ...SAMPLE_OPTIONS.model, path: RECORDINGS.memo };
    const jobId = await queue.add(workspace, queue.call, { ...SAMPLE_OPTIONS, model });
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { code: 'model.notAModel' },
    });
  });

  test('at something that may pass is tried three times, and then listed as failed', async () => {
    const workspace = await queue.started();
    failAt('window.transcribed', 'EIO');
    const jobId = await queue.add(workspace);
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({
      state: 'failed',
      attempts: 3,
      failure: { code: 'disk.failed' },
    });
    const states = queue.log.all('jobEnded').map(({ state }) => state);
    expect(states).toEqual(['waiting', 'waiting', 'failed']);
  });

  test('is left alone once it has failed, and done when the user tries it again', async () => {
    const first = await queue.started();
    failAt('job.started', 'EIO');
    const jobId = await queue.add(first);
    await first.queue.idle();
    installFault(null);
    const second = await queue.restarted(first);
    await second.queue.idle();
    expect((await job(second, jobId)).state).toBe('failed');

    await second.queue.retry(jobId);
    await second.queue.idle();
    expect(await job(second, jobId)).toMatchObject({ state: 'done', attempts: 1, failure: null });
  });

  test('waits as long as it was told, over a restart, and goes on at once when the user asks', async () => {
    const first = await queue.started({ retryPolicy: PATIENT });
    failAt('job.started', 'EIO');
    const jobId = await queue.add(first);
    const { retryAtMs } = await queue.log.nth('jobEnded');
    installFault(null);
    const second = await queue.restarted(first, { retryPolicy: PATIENT });

    expect(await job(second, jobId)).toMatchObject({ state: 'waiting', retryAtMs });
    expect((retryAtMs ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
    await second.queue.retry(jobId);
    await second.queue.idle();
    expect((await job(second, jobId)).state).toBe('done');
  });

  test('does not stop the others', async () => {
    const workspace = await queue.started();
    const garbage = { ...SAMPLE_OPTIONS, model: { ...SAMPLE_OPTIONS.model, path: '/nowhere' } };
    const bad = await queue.add(workspace, queue.call, garbage);
    const good = await queue.add(workspace);
    await workspace.queue.idle();

    expect((await job(workspace, bad)).state).toBe('failed');
    expect((await job(workspace, good)).state).toBe('done');
  });
});

describe('a full disk', () => {
  test('is waited out: the job goes on as soon as there is room, and no attempt is counted', async () => {
    let neededBytes = Number.MAX_SAFE_INTEGER;
    const space = {
      pollMs: 20,
      get neededBytes() {
        return neededBytes;
      },
    };
    const workspace = await queue.started({ retryPolicy: { delaysMs: [], space } });
    failAt('window.transcribed', 'ENOSPC');
    const jobId = await queue.add(workspace);
    const waiting = await queue.log.nth('jobEnded');
    expect(waiting).toMatchObject({ state: 'waiting', failure: { code: 'disk.full' } });

    // Others that need no space overtake it; it is not even tried while there is none.
    installFault(null);
    const other = await queue.add(workspace);
    await queue.log.nth('jobEnded', 2);
    expect((await job(workspace, other)).state).toBe('done');
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(1);

    neededBytes = 1;
    await workspace.queue.idle();
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(2);
  });

  test('fails the job of a command that someone waits for', async () => {
    const workspace = await queue.started({ retryPolicy: PROMPT });
    failAt('window.transcribed', 'ENOSPC');
    const jobId = await queue.add(workspace);
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({ state: 'failed', failure: { code: 'disk.full' } });
  });
});

describe('an engine that dies', () => {
  const engines = () => childrenOf(process.pid, /engine\/main\.ts/);

  test('once in a window costs nothing but that window’s time', async () => {
    const workspace = await queue.started({ launchEngine: forkEngine });
    let killed = 0;
    installFault((point) => {
      if (point !== 'window.planned' || killed > 0) return;
      for (const pid of engines()) {
        killed += 1;
        setTimeout(() => process.kill(pid, 'SIGKILL'), 5);
      }
    });
    const jobId = await queue.add(workspace);
    await workspace.queue.idle();

    expect(killed).toBe(1);
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(1);
  });

  test('twice in the same window fails the attempt, and the next attempt goes on from there', async () => {
    const program = fileURLToPath(
      new URL('../../core/engine/testing/disobedient-engine.ts', import.meta.url),
    );
    let launches = 0;
    const launchEngine = () => {
      launches += 1;
      return launches <= 2 ? forkEngine(program) : replayEngine();
    };
    const workspace = await queue.started({ launchEngine, retryPolicy: PROMPT });
    // The stand-in accepts any model and dies in every window.
    const jobId = await queue.add(workspace);
    await workspace.queue.idle();

    expect(queue.log.all('jobEnded').map(({ failure }) => failure?.code ?? null)).toEqual([
      'engine.crashed',
      null,
    ]);
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 2 });
  });
});

describe('several recordings', () => {
  test('are imported while the first is transcribed, and done in the order they came', async () => {
    const workspace = await queue.started({ launchEngine: heldEngine(queue.log.nth('recordingReady', 3)) });
    // Whoever speaks in them is another matter, and would need a real engine.
    const options = { ...SAMPLE_OPTIONS, speakers: 'none' as const };
    const jobs = [
      await queue.add(workspace, RECORDINGS.interview, options),
      await queue.add(workspace, RECORDINGS.memo, options),
      await queue.add(workspace),
    ];
    await workspace.queue.idle();

    const ended = queue.log.all('jobEnded').map(({ jobId, state }) => [jobId, state]);
    expect(ended).toEqual(jobs.map((jobId) => [jobId, 'done']));
    const types = queue.log.events.map(({ type }) => type);
    const firstEnd = types.indexOf('jobEnded');
    expect(types.slice(0, firstEnd).filter((type) => type === 'recordingReady')).toHaveLength(3);
  });

  test('are refused before anything is copied when they would not fit', async () => {
    const workspace = await queue.started({ retryPolicy: IMPATIENT });
    const file = join(queue.folder, 'long.flac');
    await copyFile(queue.call, file);
    // A sparse file of eight terabytes, which occupies nothing here but would in the vault.
    await truncate(file, 8 * 1024 ** 4);

    await expect(queue.add(workspace, file)).rejects.toEqual(
      expect.objectContaining({
        code: 'disk.full',
        details: { neededBytes: expect.any(Number), freeBytes: expect.any(Number) },
      }),
    );
    expect(await workspace.database.recordings.list()).toEqual([]);
  });
});
