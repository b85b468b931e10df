import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError, failureOf } from '../../contract/errors.ts';
import { endOfFailure, PATIENT } from '../jobs/retry-policy.ts';
import type { AttemptEnding, Lease, WorkQueue } from '../jobs/work-queue.ts';

/** A queue as the contract tries it. */
export interface QueueUnderTest extends AsyncDisposable {
  readonly queue: WorkQueue;
  /** What the queue takes for now. */
  readonly nowMs: () => number;
  /** Makes the row of a job, and queues it. Returns its id. */
  add(): Promise<string>;
  /** Lets time go by for the queue. */
  pass(ms: number): void;
  /** Every process that holds something of the queue dies with what it has taken, and others take their places. */
  restart(): Promise<void>;
}

const MINUTE_MS = 60_000;
const DONE: AttemptEnding = { outcome: 'done', failure: null, figures: null, retryAtMs: null };

/** What every adapter of the queue does: the same tests for each. */
export function workQueueContract(name: string, make: () => Promise<QueueUnderTest>): void {
  describe(`${name}, as a work queue`, () => {
    let tried: QueueUnderTest;

    beforeEach(async () => {
      tried = await make();
    });

    afterEach(() => tried[Symbol.asyncDispose]());

    async function taken(): Promise<Lease> {
      const lease = await tried.queue.take();
      if (lease === null) throw new Error('nothing could be taken');
      return lease;
    }

    /** The ids of the jobs in a state. */
    async function idsIn(state: Parameters<WorkQueue['list']>[0]): Promise<string[]> {
      return (await tried.queue.list(state)).map(({ jobId }) => jobId);
    }

    function fail(lease: Lease): ReturnType<Lease['end']> {
      const error = new AppError('engine.crashed', {});
      return lease.end({
        outcome: 'failed',
        failure: failureOf(error),
        figures: null,
        ...endOfFailure(PATIENT, 'later', lease.attempts, tried.nowMs()),
      });
    }

    test('gives each job once, in the order in which they came, and one put first before the others', async () => {
      const ids = [await tried.add(), await tried.add(), await tried.add()];
      await tried.queue.add(ids[0] ?? '');
      await tried.queue.putFirst(ids[2] ?? '');
      expect(await idsIn('queued')).toEqual([ids[2], ids[0], ids[1]]);

      const order: string[] = [];
      for (let lease = await tried.queue.take(); lease !== null; lease = await tried.queue.take()) {
        order.push(lease.jobId);
        expect(await lease.end(DONE)).toMatchObject({ jobId: lease.jobId, state: 'done', attempts: 1 });
      }
      expect(order).toEqual([ids[2], ids[0], ids[1]]);
      expect(await idsIn('done')).toHaveLength(3);
    });

    test('refuses what has no row', async () => {
      await expect(tried.queue.add('none')).rejects.toThrow(
        expect.objectContaining({ code: 'job.notFound' }),
      );
      await expect(tried.queue.pause('none')).rejects.toThrow(
        expect.objectContaining({ code: 'job.notFound' }),
      );
    });

    test('gives a failed job again after 5 and 25 minutes, a third time last, and keeps it until it is put back', async () => {
      const jobId = await tried.add();
      for (const delayMs of [5 * MINUTE_MS, 25 * MINUTE_MS]) {
        const waiting = await fail(await taken());
        expect(waiting).toMatchObject({ state: 'waiting', retryAtMs: tried.nowMs() + delayMs });
        tried.pass(delayMs - 1);
        await tried.queue.sweep();
        expect(await tried.queue.take()).toBeNull();
        tried.pass(1);
        await tried.queue.sweep();
      }
      expect(await fail(await taken())).toMatchObject({ state: 'failed', attempts: 3, retryAtMs: null });
      tried.pass(60 * MINUTE_MS);
      await tried.queue.sweep();
      expect(await tried.queue.take()).toBeNull();
      expect(await idsIn('failed')).toEqual([jobId]);

      await tried.queue.retry(jobId);
      expect(await taken()).toMatchObject({ jobId, attempts: 0 });
    });

    test('gives nothing that was paused or cancelled, and a resumed job again', async () => {
      const [paused, cancelled, other] = [await tried.add(), await tried.add(), await tried.add()];
      await tried.queue.pause(paused);
      await tried.queue.cancel(cancelled);
      await (await taken()).end(DONE);
      expect(await tried.queue.take()).toBeNull();
      expect(await idsIn('done')).toEqual([other]);
      expect(await idsIn('cancelled')).toEqual([cancelled]);
      await expect(tried.queue.resume(cancelled)).rejects.toThrow(
        expect.objectContaining({ code: 'job.wrongState' }),
      );

      await tried.queue.resume(paused);
      expect((await taken()).jobId).toBe(paused);
    });

    test('takes a running job from its taker, who can neither go on nor end it', async () => {
      const ids = [await tried.add(), await tried.add()];
      const leases = [await taken(), await taken()];
      await leases[0]?.renew();
      await tried.queue.cancel(ids[0] ?? '');
      await tried.queue.pause(ids[1] ?? '');
      for (const lease of leases) {
        const refused = expect.objectContaining({ code: 'job.wrongState' });
        await expect(lease.renew()).rejects.toThrow(refused);
        await expect(lease.end(DONE)).rejects.toThrow(refused);
      }
      expect(await idsIn('cancelled')).toEqual([ids[0]]);
      expect(await idsIn('paused')).toEqual([ids[1]]);
      expect(await tried.queue.take()).toBeNull();
      await tried.queue.retry(ids[0] ?? '');
      await tried.queue.sweep();
      expect((await taken()).jobId).toBe(ids[0]);
    });

    test('gives an interrupted job again at its place, without counting the attempt', async () => {
      const ids = [await tried.add(), await tried.add()];
      await (await taken()).end({ outcome: 'interrupted', failure: null, figures: null, retryAtMs: null });
      expect(await idsIn('queued')).toEqual(ids);
      expect(await taken()).toMatchObject({ jobId: ids[0], attempts: 0 });
    });

    test('gives the job of a dead taker again, once, and lets the dead end nothing', async () => {
      const ids = [await tried.add(), await tried.add()];
      const dead = await taken();
      await tried.restart();
      await tried.queue.sweep();
      await expect(dead.end(DONE)).rejects.toThrow();

      const again = [await taken(), await taken()];
      expect(again.map(({ jobId }) => jobId).sort()).toEqual([...ids].sort());
      expect(again.map(({ attempts }) => attempts)).toEqual([0, 0]);
      expect(await tried.queue.take()).toBeNull();
    });

    test('keeps and lists dead letters over a restart, in the order of the queue, until each is put back', async () => {
      const dead = [await tried.add(), await tried.add()];
      const other = await tried.add();
      for (const _ of dead) {
        const lease = await taken();
        const never = endOfFailure(PATIENT, 'never', lease.attempts, tried.nowMs());
        const failure = failureOf(new AppError('engine.crashed', {}));
        await lease.end({ outcome: 'failed', failure, figures: null, ...never });
      }
      await tried.restart();
      await tried.queue.sweep();
      const letters = await tried.queue.list('failed');
      expect(letters).toEqual(
        dead.map((jobId) => ({ jobId, state: 'failed', attempts: 1, retryAtMs: null })),
      );
      await tried.queue.retry(dead[1] ?? '');
      expect(await idsIn('failed')).toEqual([dead[0]]);
      const next = [(await taken()).jobId, (await taken()).jobId];
      expect(next.sort()).toEqual([dead[1], other].sort());
    });

    test('keeps order, waiting and paused jobs over a restart', async () => {
      const [failing, paused] = [await tried.add(), await tried.add()];
      const [first, second] = [await tried.add(), await tried.add()];
      await fail(await taken());
      await tried.queue.pause(paused);
      await tried.restart();
      await tried.queue.sweep();
      expect(await idsIn('waiting')).toEqual([failing]);
      expect(await idsIn('paused')).toEqual([paused]);

      const leases = [await taken(), await taken()];
      expect(leases.map(({ jobId }) => jobId)).toEqual([first, second]);
      expect(await tried.queue.take()).toBeNull();
      tried.pass(5 * MINUTE_MS);
      await tried.queue.sweep();
      expect(await taken()).toMatchObject({ jobId: failing, attempts: 1 });
    });
  });
}
