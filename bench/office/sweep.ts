import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { openOfficeDatabase } from '../../src/office/database/office-database.db.ts';
import { RedisServer } from '../../src/office/demo/redis-server.ts';
import { OfficeQueue } from '../../src/office/queue/office-queue.ts';
import { connectRedis } from '../../src/office/queue/redis-connection.ts';
import type { Report } from '../report.ts';
import type { BenchSettings } from '../settings.ts';

/** Jobs of a morning. */
const JOBS = 30_000;

/** Longest that a sweep may keep the gateway from its requests, in milliseconds. */
const TARGET_MS = 50;

/** What a sweep costs. */
interface Swept {
  readonly what: string;
  readonly tookMs: number;
  /** Most processor time of the thread between two turns of its event loop: what else the machine does is not in it. */
  readonly blockedMs: number;
  /** Growth of this process's memory while it went on. */
  readonly grownMb: number;
}

/** What it takes the gateway to send 30,000 jobs to Redis, and how long nobody else gets a turn meanwhile. */
export async function benchOfficeSweep({ tell }: BenchSettings): Promise<Report> {
  await using server = await RedisServer.start();
  const database = openOfficeDatabase(join(server.folder, 'office.db'), randomBytes(32));
  const redis = connectRedis(server.address);
  await redis.ping();
  const errors: unknown[] = [];
  const queue = new OfficeQueue({
    ...{ ...database, redis },
    onRedisError: (error) => errors.push(error),
    onLeasesLost: () => undefined,
  });
  try {
    const ids = database.connection.transaction(() =>
      Array.from({ length: JOBS }, () => {
        const id = newId();
        database.jobs.add({ id, tenantId: 'tenant', atMs: Date.now() });
        return id;
      }),
    );
    tell(`${JOBS} jobs to an empty Redis`);
    const swept = [await sweep('none is in Redis', queue), await sweep('all are in Redis', queue)];
    const found = await queue.depth();
    const dueMs = Date.now() - 1;
    for (const id of ids) {
      const { attemptId } = database.jobs.begin({ jobId: id, atMs: dueMs, leaseUntilMs: dueMs });
      if (attemptId === null) throw new Error('a job without an attempt');
    }
    tell('all workers are dead');
    swept.push(await sweep('the leases of all have run out', queue));
    return reportOf(swept, found, errors);
  } finally {
    await queue.close();
    redis.disconnect();
    database.close();
  }
}

function reportOf(swept: readonly Swept[], found: number, errors: readonly unknown[]): Report {
  const blockedMs = Math.max(...swept.map((sweep) => sweep.blockedMs));
  return {
    title: 'The office’s sweep',
    tables: [
      {
        title: `A sweep over ${JOBS} jobs`,
        header: ['before it', 'seconds', 'busiest without a turn, ms', 'memory, MB'],
        rows: swept.map(({ what, tookMs, blockedMs, grownMb }) => [
          ...[what, (tookMs / 1000).toFixed(1), blockedMs.toFixed(0), grownMb.toFixed(0)],
        ]),
      },
    ],
    notes: [`${errors.length} commands were not taken by Redis.`],
    claims: [
      {
        what: 'longest that a sweep keeps the gateway from its requests',
        target: `at most ${TARGET_MS} ms`,
        measured: `${blockedMs.toFixed(0)} ms`,
        isKept: blockedMs <= TARGET_MS,
      },
      {
        what: 'jobs that Redis has after one sweep',
        target: String(JOBS),
        measured: String(found),
        isKept: found === JOBS,
      },
    ],
  };
}

async function sweep(what: string, queue: OfficeQueue): Promise<Swept> {
  const state = { lastMs: threadMs(), blockedMs: 0, peak: 0 };
  const before = process.memoryUsage().rss;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      await wait(1);
      const nowMs = threadMs();
      state.blockedMs = Math.max(state.blockedMs, nowMs - state.lastMs);
      state.lastMs = nowMs;
      state.peak = Math.max(state.peak, process.memoryUsage().rss);
    }
  })();
  await wait(20);
  const startedMs = performance.now();
  await queue.sweep();
  const tookMs = performance.now() - startedMs;
  isOver = true;
  await watching;
  return { what, tookMs, blockedMs: state.blockedMs, grownMb: Math.max(0, state.peak - before) / 2 ** 20 };
}

/** Processor time of this thread so far, in milliseconds. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
