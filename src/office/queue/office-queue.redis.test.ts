import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { WorkItem, WorkQueue } from '../../app/jobs/work-queue.ts';
import { type QueueUnderTest, workQueueContract } from '../../app/testing/work-queue-contract.ts';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import type { OfficeJob } from '../database/office-jobs.db.ts';
import { RedisServer } from '../demo/redis-server.ts';
import { JobTaker } from './job-taker.ts';
import { OfficeQueue } from './office-queue.ts';
import { ownRows } from './own-rows.ts';
import { connectRedis } from './redis-connection.ts';

/** Long enough for a busy machine, short enough to wait for. */
const LEASE_MS = 1_500;

let server: RedisServer;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server[Symbol.asyncDispose]());

/** A queue of the office with one worker, as the contract tries it. */
class TriedOffice implements QueueUnderTest {
  readonly redisErrors: unknown[] = [];
  readonly #file = join(server.folder, newId());
  readonly #key = randomBytes(32);
  #nowMs = Date.now();
  #gateway = this.#newGateway();
  #taker = this.#newTaker();

  static async make(): Promise<TriedOffice> {
    const tried = new TriedOffice();
    await vi.waitFor(() => tried.redis.ping());
    await tried.redis.flushall();
    return tried;
  }

  get redis() {
    return this.#gateway.redis;
  }

  get jobs() {
    return this.#gateway.database.jobs;
  }

  get office() {
    return this.#gateway.office;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  pass(ms: number): void {
    this.#nowMs += ms;
  }

  async add(tenantId = 'tenant'): Promise<string> {
    const id = newId();
    this.jobs.add({ id, tenantId, atMs: this.nowMs() });
    await this.office.add(id);
    return id;
  }

  /** Worker, gateway and Redis end, Redis by SIGKILL; all are started again. */
  async restart(): Promise<void> {
    await this.#close();
    await server.kill();
    await server.start();
    this.#gateway = this.#newGateway();
    this.#taker = this.#newTaker();
    this.pass(LEASE_MS);
    // In Redis the dead worker's locks run out by Redis's own clock.
    const locks = async () => expect(await this.redis.keys('bull:*:lock')).toEqual([]);
    await vi.waitFor(locks, { timeout: 20 * LEASE_MS });
  }

  /** What lives as long as the gateway's process. */
  #newGateway() {
    const database = openOfficeDatabase(this.#file, this.#key);
    const redis = connectRedis(server.address);
    const common = { redis, onRedisError: (error: unknown) => this.redisErrors.push(error) };
    const office = new OfficeQueue({ ...common, ...database, now: () => this.nowMs() });
    return { database, redis, office };
  }

  #newTaker(): JobTaker {
    return new JobTaker({
      rows: ownRows(this.jobs, LEASE_MS, () => this.nowMs()),
      redis: server.address,
      leaseMs: LEASE_MS,
      onRedisError: (error) => this.redisErrors.push(error),
    });
  }

  async #close(): Promise<void> {
    const { office, redis, database } = this.#gateway;
    await this.#taker.close();
    await office.close();
    redis.disconnect();
    database.close();
  }

  get queue(): WorkQueue {
    const { office } = this;
    return {
      add: (jobId) => office.add(jobId),
      take: async () => {
        const lease = await this.#taker.take();
        if (lease === null) return null;
        return {
          ...workItem(lease.job),
          renew: () => lease.renew(),
          end: async ({ outcome, failure, retryAtMs, counted = outcome !== 'interrupted' }) => {
            if (outcome === 'paused' || outcome === 'cancelled') throw new Error('taken back by the gateway');
            return workItem(
              await lease.end({ outcome, failureCode: failure?.code ?? null, retryAtMs, counted }),
            );
          },
        };
      },
      putFirst: (jobId) => office.putFirst(jobId),
      pause: (jobId) => office.pause(jobId),
      resume: (jobId) => office.resume(jobId),
      cancel: (jobId) => office.cancel(jobId),
      retry: (jobId) => office.retry(jobId),
      list: async (state) => office.list({ state }).map(workItem),
      sweep: () => office.sweep(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

function workItem({ id, state, attempts, retryAtMs }: OfficeJob): WorkItem {
  return { jobId: id, state, attempts, retryAtMs };
}

workQueueContract('rows of the office with BullMQ', () => TriedOffice.make());

async function takeAll(queue: WorkQueue): Promise<string[]> {
  const ids: string[] = [];
  for (let lease = await queue.take(); lease !== null; lease = await queue.take()) {
    ids.push(lease.jobId);
    await lease.end({ outcome: 'done', failure: null, figures: null, retryAtMs: null });
  }
  return ids;
}

test('an emptied Redis loses no job and no order: the next sweep sends them again', async () => {
  await using tried = await TriedOffice.make();
  const ids = [await tried.add(), await tried.add(), await tried.add()];
  const running = await tried.queue.take();
  await tried.redis.flushall();
  expect(await tried.queue.take()).toBeNull();
  await tried.queue.sweep();
  await tried.queue.sweep();
  // Its worker ends the job that it had taken, as if nothing had happened.
  expect(
    await running?.end({ outcome: 'done', failure: null, figures: null, retryAtMs: null }),
  ).toMatchObject({
    state: 'done',
  });
  expect(await takeAll(tried.queue)).toEqual(ids.slice(1));
});

test('a killed Redis stops nobody from adding jobs; back again it has them all, each once', async () => {
  await using tried = await TriedOffice.make();
  const before = await tried.add();
  await server.kill();
  await vi.waitFor(() => expect(tried.redis.status).not.toBe('ready'), { timeout: 20_000 });
  const meanwhile = await tried.add();
  expect(tried.redisErrors).not.toEqual([]);
  await server.start();
  await vi.waitFor(() => tried.redis.ping(), { timeout: 20_000 });
  await tried.queue.sweep();
  expect(await takeAll(tried.queue)).toEqual([before, meanwhile]);
});

test('an id that Redis gives out twice is begun once', async () => {
  await using tried = await TriedOffice.make();
  const jobId = await tried.add();
  const first = await tried.queue.take();
  // As after a lost lock: the id is in the queue again while its worker still runs it.
  await tried.redis.del(`bull:transcribe:${jobId}:lock`);
  await tried.redis.lrem('bull:transcribe:active', 0, jobId);
  await tried.redis.lpush('bull:transcribe:wait', jobId);
  expect(await tried.queue.take()).toBeNull();
  await first?.renew();
  expect(tried.jobs.get(jobId).state).toBe('running');
});

test('one tenant’s many jobs keep another’s few waiting no longer than their turns', async () => {
  await using tried = await TriedOffice.make();
  for (let count = 0; count < 30; count += 1) await tried.add('court');
  const few = [await tried.add('clinic'), await tried.add('clinic'), await tried.add('clinic')];
  const order = await takeAll(tried.queue);
  expect(order).toHaveLength(33);
  expect(order.slice(0, 6)).toEqual(expect.arrayContaining(few));
});

test('a job whose id a worker holds for another’s turn is given all the same', async () => {
  await using tried = await TriedOffice.make();
  const [, second] = [await tried.add('court'), await tried.add('court')];
  const other = await tried.add('clinic');
  await tried.queue.take();
  // The clinic’s turn comes first: its job is taken with the id of the court’s second one,
  const turn = await tried.queue.take();
  expect(turn?.jobId).toBe(other);
  // which is given by another id, taken back, and queued again.
  expect((await tried.queue.take())?.jobId).toBe(second);
  await tried.queue.pause(second);
  await tried.queue.resume(second);
  expect(await tried.queue.take()).toBeNull();
  await tried.queue.sweep();
  await tried.queue.sweep();
  expect((await tried.queue.take())?.jobId).toBe(second);
  expect(await tried.queue.take()).toBeNull();
  await turn?.renew();
});

test('nothing but ids is in Redis’s files', async () => {
  await using tried = await TriedOffice.make();
  await tried.add();
  const keys = (await tried.redis.keys('*')).filter((key) => /:[0-9a-f-]{36}$/.test(key));
  expect(keys).toHaveLength(1);
  expect(JSON.parse((await tried.redis.hget(keys[0] ?? '', 'data')) ?? '')).toEqual({});
});
