import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readEvents, type ServerSentEvent } from '../client/read-events.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { type OfficeDatabase, openOfficeDatabase } from '../database/office-database.db.ts';
import { EventStreams } from './event-streams.ts';

const LIMITS = { tickMs: 5, checkMs: 5, perToken: 3, waitingBytes: 16_384, stalledMs: 300 };

let folder: string;
let database: OfficeDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'events-'));
  database = openOfficeDatabase(join(folder, 'office.db'), randomBytes(32));
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

let streams: EventStreams;
/** Tokens that hold. */
let accepted: Set<string>;
let server: ReturnType<typeof createServer>;
let tenantId: string;
beforeEach(async () => {
  tenantId = newId();
  streams = new EventStreams(database, (error) => expect.unreachable(String(error)), {
    limits: LIMITS,
  });
  accepted = new Set(['a', 'b']);
  server = createServer((request, response) => {
    const { authorization = '', 'last-event-id': lastEventId = null } = request.headers;
    const accept = () => {
      if (!accepted.has(authorization)) throw new Error('refused');
    };
    try {
      const asked = { tenantId: request.url?.slice(1) ?? '', authorization, accept };
      streams.open({ ...asked, lastEventId: lastEventId?.toString() ?? null }, () => response);
    } catch (error) {
      response.writeHead(isOfficeError(error, 'events.tooMany') ? 429 : 500).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  streams.close();
  server.close();
  await once(server, 'close');
});

const port = () => (server.address() as AddressInfo).port;

/** Opens a stream, and answers how to read its events. */
async function listen(token = 'a', lastEventId: number | null = null) {
  const headers = {
    authorization: token,
    ...(lastEventId !== null && { 'last-event-id': `${lastEventId}` }),
  };
  const answer = await fetch(`http://127.0.0.1:${port()}/${tenantId}`, { headers });
  if (answer.body === null || !answer.ok) return { status: answer.status, next: null, rest: async () => [] };
  const events = readEvents(answer.body);
  const next = async () => {
    const { value } = await events.next();
    return value as ServerSentEvent | undefined;
  };
  const rest = async () => {
    const all: ServerSentEvent[] = [];
    for (let event = await next(); event !== undefined; event = await next()) all.push(event);
    return all;
  };
  return { status: answer.status, next, rest };
}

function addJob(): string {
  const id = newId();
  database.jobs.add({ id, tenantId, atMs: Date.now() });
  return id;
}

/** Begins a job; answers how to renew its lease. */
function begin(jobId: string) {
  const times = { atMs: Date.now(), leaseUntilMs: Date.now() + 60_000 };
  const { attemptId } = database.jobs.begin({ jobId, ...times });
  if (attemptId === null) throw new Error('it did not begin');
  return { jobId, attemptId, leaseUntilMs: times.leaseUntilMs };
}

function fail(jobId: string): void {
  const { attemptId } = begin(jobId);
  const end = { outcome: 'failed', failureCode: 'media.noAudio', retryAtMs: null, counted: true } as const;
  database.jobs.end(jobId, { ...end, attemptId, atMs: Date.now() });
}

test('a reader hears each change once and in order, and goes on where it stopped', async () => {
  const first = await listen();
  expect(await first.next?.()).toEqual({ name: 'ready', id: '0', data: {} });
  const job = addJob();
  expect(await first.next?.()).toMatchObject({ name: 'job', id: '1', data: { jobId: job, state: 'queued' } });
  fail(job);
  const [running, failed] = [await first.next?.(), await first.next?.()];
  expect([running?.id, running?.data]).toMatchObject(['2', { state: 'running', failureCode: null }]);
  const { finishedAtMs } = database.jobs.get(job);
  expect(failed).toEqual({
    ...{ name: 'job', id: '3' },
    data: { jobId: job, state: 'failed', failureCode: 'media.noAudio', atMs: finishedAtMs },
  });
  // What is rolled back was never told.
  const addAndFail = () =>
    database.connection.transaction(() => {
      addJob();
      throw new Error('rolled back');
    });
  expect(addAndFail).toThrow();
  const second = await listen('b', 1);
  expect(await second.next?.()).toMatchObject({ name: 'ready', id: '1' });
  expect([(await second.next?.())?.id, (await second.next?.())?.id]).toEqual(['2', '3']);
  const going = addJob();
  expect((await second.next?.())?.data).toMatchObject({ jobId: going, state: 'queued' });
  database.jobs.renew({ ...begin(going), progress: 0.25 });
  const two = [await second.next?.(), await second.next?.()];
  const progress = { name: 'progress', id: null, data: { jobId: going, progress: 0.25 } };
  expect(two).toEqual(expect.arrayContaining([expect.objectContaining({ id: '5' }), progress]));
});

test('of what is no longer kept, or never was, a reader is told that there is a gap', async () => {
  addJob();
  database.connection.run(
    `WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 10001)
     INSERT INTO job_events SELECT @tenantId, n, 'job', 'queued', NULL, 0 FROM n`,
    { tenantId },
  );
  addJob();
  expect(database.events.after(tenantId, 0, 1)).toMatchObject([{ sequence: 3 }]);
  for (const [asked, expected] of [
    [1, ['ready 1', 'gap 10002']],
    [2, ['ready 2', 'job 3']],
    [20_000, ['gap 10002', 'ready 10002']],
  ] as const) {
    const { next } = await listen('a', asked);
    const told = [await next?.(), await next?.()].map((event) => `${event?.name} ${event?.id}`);
    expect(told).toEqual(expected);
  }
});

test('a stream ends with its token, and a token opens only so many', async () => {
  const [a, b] = [await listen('a'), await listen('b')];
  await listen('a');
  await listen('a');
  expect((await listen('a')).status).toBe(429);
  accepted.delete('a');
  expect((await a.rest()).map(({ name }) => name)).toEqual(['ready']);
  await vi.waitFor(() => expect(streams.size).toBe(1));
  addJob();
  await b.next?.();
  expect(await b.next?.()).toMatchObject({ name: 'job' });
});

test('a reader that does not read is cut off, holds little meanwhile, and delays nobody', async () => {
  const good = await listen('b');
  await good.next?.();
  const slow = connect(port(), '127.0.0.1');
  slow.pause();
  slow.write(`GET /${tenantId} HTTP/1.1\r\nhost: office\r\nauthorization: a\r\n\r\n`);
  await vi.waitFor(() => expect(streams.size).toBe(2));
  slow.once('error', () => undefined);
  // More than sockets of this machine take in by themselves.
  const count = 9_000;
  const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers;
  database.connection.run(
    `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @count)
     INSERT INTO job_events SELECT @tenantId, n, @filler, 'queued', NULL, 0 FROM n`,
    { tenantId, count, filler: 'x'.repeat(1_000) },
  );
  for (let heard = 0; heard < count; heard += 1) await good.next?.();
  const after = process.memoryUsage().external + process.memoryUsage().arrayBuffers;
  expect(after - before).toBeLessThan(16 * 1024 * 1024);
  await vi.waitFor(() => expect(streams.size).toBe(1), { timeout: 20_000 });
});
