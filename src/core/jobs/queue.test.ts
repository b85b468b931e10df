import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { forkEngine } from '../engine/engine-process.ts';
import { childrenOf } from '../engine/testing/processes.ts';
import { type FaultPoint, installFault } from '../fault-points.ts';
import type { Workspace } from '../workspace.ts';
import { nextStep, PATIENT, PROMPT } from './retry-policy.ts';
import { EventLog } from './testing/event-log.ts';
import { make, RECORDINGS } from './testing/short-recordings.ts';
import { testFolder } from './testing/test-folder.ts';
import {
  heardIn,
  IMPATIENT,
  makeVault,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  type TestWorkspaceOptions,
} from './testing/test-workspace.ts';

/** Two channels, a window each. */
let call: string;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
  call = await make(join(folder, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
  return () => rm(folder, { recursive: true, force: true });
});

let vault: string;
let log: EventLog;
let open: Workspace[] = [];

beforeEach(async () => {
  vault = join(await testFolder(), 'vault');
  log = new EventLog();
  await makeVault(vault);
});

afterEach(async () => {
  installFault(null);
  const workspaces = open;
  open = [];
  for (const workspace of workspaces) await workspace.close();
});

/** Opens the vault and starts its queue, as the program does. */
async function started(options: TestWorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await openWorkspace(vault, { emit: log.emit, ...options });
  open.push(workspace);
  await workspace.queue.start();
  return workspace;
}

/** Closes the vault and opens it again. */
async function restarted(workspace: Workspace, options: TestWorkspaceOptions = {}): Promise<Workspace> {
  open = open.filter((other) => other !== workspace);
  await workspace.close();
  return await started(options);
}

async function add({ queue }: Workspace, source = call, options = SAMPLE_OPTIONS): Promise<string> {
  return (await queue.addFile(source, PLAIN_IMPORT, options, null)).jobId;
}

/** Throws an error at a point, again and again until it is taken away. */
function failAt(point: FaultPoint, code: string): void {
  installFault((here) => {
    if (here === point) throw Object.assign(new Error('refused'), { code });
  });
}

test('a program that stays open waits 5 and 25 minutes; a command tries once more at once', () => {
  const error = new AppError('engine.crashed', {});
  const steps = (policy: typeof PATIENT) => [1, 2, 3].map((attempt) => nextStep(policy, error, attempt));

  expect(steps(PATIENT)).toEqual([
    { step: 'retry', afterMs: 5 * 60_000 },
    { step: 'retry', afterMs: 25 * 60_000 },
    { step: 'fail' },
  ]);
  expect(steps(PROMPT)).toEqual([{ step: 'retry', afterMs: 0 }, { step: 'fail' }, { step: 'fail' }]);
});

const job = ({ database }: Workspace, jobId: string) => database.jobs.get(jobId);

describe('a job that fails', () => {
  test('at something that no retry changes has failed at once, with its reason', async () => {
    const workspace = await started();
    const model = { ...SAMPLE_OPTIONS.model, path: RECORDINGS.memo };
    const jobId = await add(workspace, call, { ...SAMPLE_OPTIONS, model });
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { code: 'model.notAModel' },
    });
  });

  test('at something that may pass is tried three times, and then listed as failed', async () => {
    const workspace = await started();
    failAt('window.transcribed', 'EIO');
    const jobId = await add(workspace);
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({
      state: 'failed',
      attempts: 3,
      failure: { code: 'disk.failed' },
    });
    const states = log.all('jobEnded').map(({ state }) => state);
    expect(states).toEqual(['waiting', 'waiting', 'failed']);
  });

  test('is left alone once it has failed, and done when the user tries it again', async () => {
    const first = await started();
    failAt('job.started', 'EIO');
    const jobId = await add(first);
    await first.queue.idle();
    installFault(null);
    const second = await restarted(first);
    await second.queue.idle();
    expect((await job(second, jobId)).state).toBe('failed');

    await second.queue.retry(jobId);
    await second.queue.idle();
    expect(await job(second, jobId)).toMatchObject({ state: 'done', attempts: 1, failure: null });
  });

  test('waits as long as it was told, over a restart, and goes on at once when the user asks', async () => {
    const first = await started({ retryPolicy: PATIENT });
    failAt('job.started', 'EIO');
    const jobId = await add(first);
    const { retryAtMs } = await log.nth('jobEnded');
    installFault(null);
    const second = await restarted(first, { retryPolicy: PATIENT });

    expect(await job(second, jobId)).toMatchObject({ state: 'waiting', retryAtMs });
    expect((retryAtMs ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
    await second.queue.retry(jobId);
    await second.queue.idle();
    expect((await job(second, jobId)).state).toBe('done');
  });

  test('does not stop the others', async () => {
    const workspace = await started();
    const garbage = { ...SAMPLE_OPTIONS, model: { ...SAMPLE_OPTIONS.model, path: '/nowhere' } };
    const bad = await add(workspace, call, garbage);
    const good = await add(workspace);
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
    const workspace = await started({ retryPolicy: { delaysMs: [], space } });
    failAt('window.transcribed', 'ENOSPC');
    const jobId = await add(workspace);
    const waiting = await log.nth('jobEnded');
    expect(waiting).toMatchObject({ state: 'waiting', failure: { code: 'disk.full' } });

    // Others that need no room pass it; it is not even tried as long as there is none.
    installFault(null);
    const other = await add(workspace);
    await log.nth('jobEnded', 2);
    expect((await job(workspace, other)).state).toBe('done');
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(1);

    neededBytes = 1;
    await workspace.queue.idle();
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(2);
  });

  test('fails the job of a command that someone waits for', async () => {
    const workspace = await started({ retryPolicy: PROMPT });
    failAt('window.transcribed', 'ENOSPC');
    const jobId = await add(workspace);
    await workspace.queue.idle();

    expect(await job(workspace, jobId)).toMatchObject({ state: 'failed', failure: { code: 'disk.full' } });
  });
});

describe('an engine that dies', () => {
  const engines = () => childrenOf(process.pid, /engine\/main\.ts/);

  test('once in a window costs nothing but that window’s time', async () => {
    const workspace = await started();
    let killed = 0;
    installFault((point) => {
      if (point !== 'window.planned' || killed > 0) return;
      killed += 1;
      for (const pid of engines()) setTimeout(() => process.kill(pid, 'SIGKILL'), 5);
    });
    const jobId = await add(workspace);
    await workspace.queue.idle();

    expect(killed).toBe(1);
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await workspace.database.jobs.attempts(jobId)).toHaveLength(1);
  });

  test('twice in the same window fails the attempt, and the next attempt goes on from there', async () => {
    const program = fileURLToPath(new URL('../engine/testing/disobedient-engine.ts', import.meta.url));
    let launches = 0;
    const launchEngine = () => {
      launches += 1;
      return launches <= 2 ? forkEngine(program) : forkEngine();
    };
    const workspace = await started({ launchEngine, retryPolicy: PROMPT });
    // The stand-in takes any model and dies in every window.
    const jobId = await add(workspace);
    await workspace.queue.idle();

    expect(log.all('jobEnded').map(({ failure }) => failure?.code ?? null)).toEqual(['engine.crashed', null]);
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 2 });
  });
});

describe('the user', () => {
  /** Waits for the first window of the first job, then acts. */
  async function duringFirstJob(action: (workspace: Workspace, jobId: string) => Promise<void>) {
    const workspace = await started();
    const jobId = await add(workspace);
    await log.nth('segmentsCommitted');
    await action(workspace, jobId);
    return { workspace, jobId };
  }

  test('pauses a running job and resumes it: no window is repeated', async () => {
    const { workspace, jobId } = await duringFirstJob((w, id) => w.queue.pause(id));
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('paused');
    const windows = log.all('segmentsCommitted').length;

    await workspace.queue.resume(jobId);
    await workspace.queue.idle();
    expect(await job(workspace, jobId)).toMatchObject({ state: 'done', attempts: 1 });
    expect(log.all('segmentsCommitted').length).toBe(2);
    expect(windows).toBeLessThan(2);
  });

  test('cancels a running job: what was heard stays, the rest is not done, and it can be tried again', async () => {
    const { workspace, jobId } = await duringFirstJob((w, id) => w.queue.cancel(id));
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('cancelled');
    expect((await heardIn(workspace, jobId)).length).toBeGreaterThan(0);

    await workspace.queue.retry(jobId);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
  });

  test('pauses and cancels jobs that do not run; a job that is done can be neither', async () => {
    const workspace = await started();
    const first = await add(workspace);
    const second = await add(workspace);
    const third = await add(workspace);
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
    const workspace = await started();
    const first = await add(workspace);
    await add(workspace, RECORDINGS.memo);
    const urgent = await add(workspace, RECORDINGS.memo);
    await log.nth('segmentsCommitted');
    await workspace.queue.putFirst(urgent);
    await workspace.queue.idle();

    const done = log.all('jobEnded').filter(({ state }) => state === 'done');
    expect(done[0]?.jobId).toBe(urgent);
    expect(done[1]?.jobId).toBe(first);
    expect(done).toHaveLength(3);
    // Two windows of the call, one of each memo.
    expect(log.all('segmentsCommitted')).toHaveLength(4);
  });

  test('puts a stretch of a job first: it is heard first, and the words are the same', async () => {
    const folder = await testFolder();
    const hearing = await make(join(folder, 'hearing.flac'), '-t', '130', '-i', RECORDINGS.hearing);
    const options = { ...SAMPLE_OPTIONS, language: 'auto' };
    const workspace = await started();
    const plain = await add(workspace, hearing, options);
    await workspace.queue.idle();
    const reference = await heardIn(workspace, plain);
    const { language } = (await log.nth('languageDetected')) ?? {};

    const { recordingId } = await job(workspace, plain);
    const unstarted = await restarted(workspace);
    await unstarted.queue.close();
    const jobId = await unstarted.queue.addJob(recordingId, options, null);
    await unstarted.queue.putFirst(jobId, { startMs: 100_000, endMs: 110_000 });
    const again = await restarted(unstarted);
    const before = log.all('segmentsCommitted').length;
    await again.queue.idle();

    const heard = log.all('segmentsCommitted').slice(before);
    const starts = heard.map(({ segments }) => segments[0]?.startMs ?? 0);
    expect(starts[0]).toBeGreaterThan(starts[1] ?? 0);
    expect(heard[0]?.segments.some(({ endMs }) => endMs > 100_000)).toBe(true);
    expect(starts.slice(1)).toEqual(starts.slice(1).toSorted((a, b) => a - b));
    expect(await heardIn(again, jobId)).toEqual(reference);
    expect((await job(again, jobId)).detectedLanguage).toBe(language);
  });

  test('cannot erase a recording while a job of it runs, but can while it waits', async () => {
    const { workspace, jobId } = await duringFirstJob(async (w, id) => {
      const { recordingId } = await job(w, id);
      await expect(w.eraseRecording(recordingId)).rejects.toEqual(
        expect.objectContaining({ code: 'recording.busy' }),
      );
    });
    const waiting = await add(workspace, RECORDINGS.memo);
    const { recordingId } = await job(workspace, waiting);
    await workspace.eraseRecording(recordingId);
    await workspace.queue.idle();

    expect((await workspace.database.jobs.list()).map(({ id, state }) => [id, state])).toEqual([
      [jobId, 'done'],
    ]);
    const parts = await workspace.database.objects.idsOfRecording(recordingId);
    expect(parts).toEqual([]);
  });
});

describe('several recordings', () => {
  test('are imported while the first is transcribed, and done in the order they came', async () => {
    const workspace = await started();
    const jobs = [await add(workspace), await add(workspace, RECORDINGS.memo), await add(workspace)];
    await workspace.queue.idle();

    const ended = log.all('jobEnded').map(({ jobId, state }) => [jobId, state]);
    expect(ended).toEqual(jobs.map((jobId) => [jobId, 'done']));
    const types = log.events.map(({ type }) => type);
    const firstEnd = types.indexOf('jobEnded');
    expect(types.slice(0, firstEnd).filter((type) => type === 'recordingReady')).toHaveLength(3);
  });

  test('are refused before anything is copied when they would not fit', async () => {
    const workspace = await started({ retryPolicy: IMPATIENT });
    const file = join(vault, '..', 'long.flac');
    await copyFile(call, file);
    // A hole of eight terabytes, which takes up nothing here but would in the vault.
    await truncate(file, 8 * 1024 ** 4);

    await expect(add(workspace, file)).rejects.toEqual(
      expect.objectContaining({
        code: 'disk.full',
        details: { neededBytes: expect.any(Number), freeBytes: expect.any(Number) },
      }),
    );
    expect(await workspace.database.recordings.list()).toEqual([]);
  });
});
