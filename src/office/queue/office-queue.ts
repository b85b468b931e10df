import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { v5 as namedId } from 'uuid';
import type { Commits } from '../database/group-commit.ts';
import type { OfficeJob, OfficeJobs, QueuedRow } from '../database/office-jobs.db.ts';
import { QUEUE_NAME } from './redis-connection.ts';

/** Milliseconds that a request waits for Redis: the next sweep makes up for what it did not do by then. */
const REDIS_DEADLINE_MS = 2_000;

/** Rows that a sweep looks at before requests get their turn: sending so many takes some ten milliseconds. */
const PAGE = 100;

/** Ids that are read from Redis at a time. */
const IDS_PAGE = 1_000;

/** What a queue is made of. */
export interface OfficeQueueParts {
  readonly jobs: OfficeJobs;
  /** Of the rows: waited for before Redis is told of them. */
  readonly commits: Commits;
  readonly redis: Redis;
  readonly now?: () => number;
  /** Told of each command that Redis did not take; the next sweep makes up for it. */
  readonly onRedisError: (error: unknown) => void;
  /** Told how many jobs a sweep took from workers that gave no sign of life. */
  readonly onLeasesLost?: (count: number) => void;
}

/**
 * The gateway's side of the office's queue: rows, and BullMQ that carries their ids to the workers. Every change is made in the
 * row first. What Redis refuses, forgets or keeps too long changes nothing about a job: `sweep` brings it in line with the rows,
 * and a worker that gets an id asks the rows which job it may begin.
 */
export class OfficeQueue {
  readonly #jobs: OfficeJobs;
  readonly #commits: Commits;
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #now: () => number;
  readonly #onRedisError: (error: unknown) => void;
  readonly #onLeasesLost: (count: number) => void;

  constructor({
    jobs,
    commits,
    redis,
    now = Date.now,
    onRedisError,
    onLeasesLost = () => {},
  }: OfficeQueueParts) {
    this.#jobs = jobs;
    this.#commits = commits;
    this.#redis = redis;
    this.#now = now;
    this.#onRedisError = onRedisError;
    this.#onLeasesLost = onLeasesLost;
    this.#queue = new Queue(QUEUE_NAME, {
      connection: redis,
      // Nothing of an ended job stays behind in Redis.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.#queue.on('error', onRedisError);
  }

  /** Queues the job of a row, and those of its windows, if its recording was divided. */
  async add(jobId: string): Promise<void> {
    const queued = this.#family(jobId).filter(({ state }) => state === 'queued');
    await this.#tell(async () => {
      for (const { id } of queued) await this.#send(id);
    });
  }

  /** Puts a queued job before all others of its tenant. Redis knows no order: the rows tell whose turn it is. Throws `job.notFound`. */
  async putFirst(jobId: string): Promise<void> {
    this.#jobs.moveFirst(jobId);
  }

  /** Takes a job back until it is resumed. Throws `job.notFound`, `job.wrongState`. */
  async pause(jobId: string): Promise<void> {
    this.#jobs.takeBack({ jobId, state: 'paused', atMs: this.#now() });
    await this.#tell(() => this.#withdrawFamily(jobId));
  }

  /** Takes a job back for good. Throws `job.notFound`, `job.wrongState`. */
  async cancel(jobId: string): Promise<void> {
    this.#jobs.takeBack({ jobId, state: 'cancelled', atMs: this.#now() });
    await this.#tell(() => this.#withdrawFamily(jobId));
  }

  /** Queues a paused job again. Throws `job.notFound`, `job.wrongState`. */
  async resume(jobId: string): Promise<void> {
    this.#jobs.resume(jobId);
    await this.add(jobId);
  }

  /** Queues a failed, waiting, paused or cancelled job at once. Throws `job.notFound`, `job.wrongState`. */
  async retry(jobId: string): Promise<void> {
    this.#jobs.retry(jobId);
    // One that waits stands among the delayed ones.
    await this.#tell(() => this.#withdrawFamily(jobId));
    await this.add(jobId);
  }

  /** Jobs in the order of the queue. */
  list(filter: Parameters<OfficeJobs['list']>[0]): OfficeJob[] {
    return this.#jobs.list(filter);
  }

  /**
   * Brings Redis in line with the rows: queued jobs that are missing there are sent again, after an emptied or lost Redis, too;
   * those that are due or whose worker died are sent. It goes page by page, so that requests get their turns between: tens of
   * thousands may be due at once.
   */
  async sweep(): Promise<void> {
    await this.#sweepRows();
    const waiting = new Set<string>();
    if (!(await this.#tellByPages((first) => this.#addWaiting(waiting, first)))) return;
    let last: QueuedRow | null = null;
    const isThrough = await this.#tellByPages(async () => {
      const page = this.#jobs.queued(last, PAGE);
      last = page.at(-1) ?? last;
      await this.#sendMissing(page.flatMap(({ id }) => (waiting.has(id) ? [] : [id])));
      return page.length === PAGE;
    });
    // What dead workers held, once their locks have run out.
    if (isThrough)
      await this.#tell(async () => void (await this.#withdrawn(await this.#queue.getRanges(['active']))));
  }

  async #sweepRows(): Promise<void> {
    for (let isMore = true; isMore; ) {
      const { queued, lost } = this.#jobs.sweep(this.#now(), PAGE);
      if (lost > 0) this.#onLeasesLost(lost);
      isMore = queued >= PAGE;
      await nextTurn();
    }
  }

  /** Adds the ids of a page, from this place on; whether there may be more. What is added meanwhile only moves others to the next page. */
  async #addWaiting(waiting: Set<string>, first: number): Promise<boolean> {
    const found = await this.#queue.getRanges(['wait', 'prioritized'], first, first + IDS_PAGE - 1);
    for (const id of found) waiting.add(id);
    return found.length >= IDS_PAGE;
  }

  /** Sends jobs that Redis does not offer. While a worker holds an id for a job whose turn came before, another one stands for it. */
  async #sendMissing(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const isFree = await this.#withdrawn(ids);
    await this.#queue.addBulk(
      ids.map((id, place) => ({
        name: QUEUE_NAME,
        data: {},
        opts: { jobId: isFree[place] ? id : namedId('another', id) },
      })),
    );
  }

  /** Tells Redis something page by page, until none is left; false if it did not take one. */
  async #tellByPages(page: (first: number) => Promise<boolean>): Promise<boolean> {
    for (let first = 0, isMore = true; isMore; first += IDS_PAGE) {
      isMore = false;
      const isTaken = await this.#tell(async () => {
        isMore = await page(first);
      });
      if (!isTaken) return false;
      await nextTurn();
    }
    return true;
  }

  /** How many jobs Redis holds for the workers. Throws Redis's errors. */
  async depth(): Promise<number> {
    return await this.#queue.getWaitingCount();
  }

  /** Ends the use of Redis; its connection stays the caller's. */
  async close(): Promise<void> {
    await this.#queue.close();
  }

  /** BullMQ adds no job whose id it holds already. */
  async #send(id: string): Promise<void> {
    await this.#queue.add(QUEUE_NAME, {}, { jobId: id });
  }

  #family(jobId: string): OfficeJob[] {
    return [this.#jobs.get(jobId), ...this.#jobs.windowsOf(jobId)];
  }

  async #withdrawFamily(jobId: string): Promise<void> {
    for (const { id } of this.#family(jobId)) await this.#withdraw(id);
  }

  /** Takes an id out of Redis. False for one that a worker holds: it stays until that worker lets it go. */
  async #withdraw(jobId: string): Promise<boolean> {
    return (await this.#queue.remove(jobId)) === 1;
  }

  /** Takes ids out of Redis, and tells of each what `#withdraw` does. */
  async #withdrawn(ids: readonly string[]): Promise<boolean[]> {
    return await Promise.all(ids.map((id) => this.#withdraw(id)));
  }

  /** Tells Redis what a row already says; false if it did not take it. The row holds, whatever becomes of it. Throws if the disk failed. */
  async #tell(command: () => Promise<unknown>): Promise<boolean> {
    await this.#commits.durable();
    const settled = new AbortController();
    try {
      // A command that is sent to a Redis that is away would be carried out later, when rows may say something else.
      if (this.#redis.status !== 'ready') throw new Error('Redis is away');
      const deadline = wait(REDIS_DEADLINE_MS, null, { signal: settled.signal }).then(() => {
        throw new Error('Redis does not answer');
      });
      await Promise.race([command(), deadline]);
      return true;
    } catch (error) {
      this.#onRedisError(error);
      return false;
    } finally {
      settled.abort();
    }
  }
}
