import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { windowIds } from '../contract/flow.ts';
import { type OfficeDatabase, openOfficeDatabase } from './office-database.db.ts';
import type { OfficeAttemptEnd, OfficeJob } from './office-jobs.db.ts';

const WINDOWS = 3;
const LEASE_MS = 1000;
const TENANT = 'tenant';

let file: string;
let database: OfficeDatabase;
let recording: string;
let windows: string[];

beforeEach(() => {
  file = join(tmpdir(), `office-${newId()}.db`);
  database = openOfficeDatabase(file, randomBytes(32));
  recording = newId();
  windows = windowIds(recording, WINDOWS);
  database.jobs.add({ id: recording, tenantId: TENANT, atMs: 1 });
  database.jobs.add({ id: newId(), tenantId: TENANT, atMs: 1 });
  attempt(recording, { outcome: 'divided', windows: WINDOWS, counted: false });
});
afterEach(() => {
  database.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
});

/** Takes a job and ends it like this; done, if nothing is said. */
function attempt(jobId: string, end: Partial<OfficeAttemptEnd> = {}): OfficeJob {
  const { attemptId } = database.jobs.begin({ jobId, atMs: 2, leaseUntilMs: 2 + LEASE_MS });
  return database.jobs.end(jobId, {
    ...{ attemptId: attemptId ?? '', atMs: 3, outcome: 'done', failureCode: null, retryAtMs: null },
    ...{ counted: true, ...end },
  });
}

const states = () => database.jobs.windowsOf(recording).map(({ state }) => state);
const parent = () => database.jobs.get(recording);

it('queues the windows right behind their recording, which runs without a worker, and hides them from the tenant', () => {
  expect(parent()).toMatchObject({ state: 'running', phase: 'windows', windows: WINDOWS, attempts: 0 });
  expect(
    database.jobs
      .list({ state: 'queued' })
      .map(({ id }) => id)
      .slice(0, WINDOWS),
  ).toEqual(windows);
  expect(database.jobs.list({ tenantId: TENANT })).toHaveLength(2);
  const told = database.connection.all<{ id: string }>('SELECT DISTINCT job_id AS id FROM job_events');
  expect(told.filter(({ id }) => windows.includes(id))).toEqual([]);
  // No lease of it can run out, and no worker can take it.
  database.jobs.sweep(Date.now() * 1000);
  expect(parent().state).toBe('running');
  expect(() => attempt(recording)).toThrow();
});

it('stitches after the last window, whichever it is, and forgets the windows', () => {
  const [first = '', second = '', third = ''] = windows;
  attempt(third);
  attempt(first, { outcome: 'failed', failureCode: 'engine.failed', retryAtMs: 4 });
  attempt(second);
  expect(parent()).toMatchObject({ state: 'running', phase: 'windows', progress: 2 / 3 });
  database.jobs.sweep(4);
  attempt(first);
  expect(parent()).toMatchObject({ state: 'queued', phase: 'stitch' });
  expect(attempt(recording)).toMatchObject({ state: 'done', attempts: 1 });
  expect(database.jobs.withLeftoverWindows().map(({ id }) => id)).toEqual([recording]);
  database.jobs.removeWindows(recording);
  expect([states(), database.jobs.withLeftoverWindows()]).toEqual([[], []]);
});

it('fails with a window that failed for good, and tries again what is not done', () => {
  const [first = '', second = ''] = windows;
  attempt(first);
  attempt(second, { outcome: 'failed', failureCode: 'engine.failed' });
  expect(parent()).toMatchObject({ state: 'failed', failureCode: 'engine.failed' });
  expect(states()).toEqual(['done', 'cancelled', 'cancelled']);
  database.jobs.retry(recording);
  expect(parent()).toMatchObject({ state: 'running', phase: 'windows', failureCode: null, attempts: 0 });
  expect(states()).toEqual(['done', 'queued', 'queued']);
});

it('pauses, resumes and cancels the windows with their recording', () => {
  const [first = '', second = ''] = windows;
  attempt(first);
  const { attemptId } = database.jobs.begin({ jobId: second, atMs: 2, leaseUntilMs: 2 + LEASE_MS });
  database.jobs.takeBack({ jobId: recording, state: 'paused', atMs: 3 });
  expect(states()).toEqual(['done', 'paused', 'paused']);
  // Its worker finds out at its next sign of life.
  const renewal = { jobId: second, attemptId: attemptId ?? '', leaseUntilMs: 9, progress: null };
  expect(() => database.jobs.renew(renewal)).toThrow();
  database.jobs.resume(recording);
  expect([parent().state, ...states()]).toEqual(['running', 'done', 'queued', 'queued']);
  database.jobs.takeBack({ jobId: recording, state: 'cancelled', atMs: 3 });
  expect([parent().state, ...states()]).toEqual(['cancelled', 'done', 'cancelled', 'cancelled']);
});

it('divides a recording anew whose texts the store has lost', () => {
  for (const id of windows) attempt(id);
  attempt(recording, { outcome: 'failed', failureCode: 'object.gone' });
  database.jobs.retry(recording);
  expect(parent()).toMatchObject({ state: 'queued', phase: 'recording', windows: 0 });
  attempt(recording, { outcome: 'divided', windows: WINDOWS });
  expect(states()).toEqual(['queued', 'queued', 'queued']);
});
