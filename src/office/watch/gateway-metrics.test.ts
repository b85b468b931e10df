import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayOfTest } from '../gateway/testing/gateway-fixture.ts';
import { LiveWorkers } from './live-workers.ts';

let office: Awaited<ReturnType<typeof gatewayOfTest>>;
beforeAll(async () => {
  office = await gatewayOfTest();
});
afterAll(() => office.close());

/** The values of the metrics' text, by name and labels as they stand there. */
async function told(): Promise<Map<string, number>> {
  const lines = (await office.metrics.registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

function addJobs(count: number): string[] {
  const ids = Array.from({ length: count }, () => newId());
  for (const id of ids) office.jobs.add({ id, tenantId: office.tenants.own, atMs: Date.now() - 60_000 });
  return ids;
}

async function asWorker(url: string, payload: object = {}) {
  const headers = { authorization: `Bearer ${office.tokenFor('workers', ['work'])}` };
  const answer = await office.app.inject({ method: 'POST', url, payload, headers });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

it('tells what becomes of jobs, and the depth for each worker that lives', async () => {
  const ids = addJobs(4);
  expect(await told().then((values) => values.get('voicesync_queue_depth_per_worker'))).toBe(4);
  await asWorker('/v1/work/hello', { workerId: randomUUID(), state: 'idle' });
  await asWorker('/v1/work/hello', { workerId: randomUUID(), state: 'working' });
  await asWorker('/v1/work/hello', { workerId: randomUUID(), state: 'draining' });

  const run = async (end: object) => {
    const [ticket = ''] = ids;
    const { id, attemptId } = await asWorker(`/v1/work/${ticket}/begin`);
    const plain = { outcome: 'done', failureCode: null, retryAtMs: null, counted: true };
    await asWorker(`/v1/work/${id}/end`, { attemptId, ...plain, ...end });
  };
  await run({ figures: { audioMs: 60_000, processingMs: 12_000, words: 140 } });
  const failed = { outcome: 'failed', failureCode: 'media.noAudio' };
  await run({ ...failed, retryAtMs: Date.now() - 1 });
  office.jobs.sweep(Date.now());
  await run(failed);

  const values = await told();
  const expected = {
    'voicesync_jobs{state="queued"}': 2,
    'voicesync_jobs{state="failed"}': 1,
    voicesync_queue_depth: 2,
    voicesync_queue_depth_per_worker: 1,
    'voicesync_workers{state="draining"}': 1,
    'voicesync_jobs_ended_total{state="done"}': 1,
    'voicesync_jobs_ended_total{state="failed"}': 1,
    'voicesync_job_attempts_total{outcome="failed"}': 2,
    'voicesync_job_failures_total{code="media.noAudio"}': 2,
    voicesync_job_retries_total: 1,
    voicesync_audio_seconds_total: 60,
    voicesync_processing_seconds_total: 12,
    voicesync_words_total: 140,
    'voicesync_real_time_factor_ratio_bucket{le="0.2"}': 1,
    'voicesync_real_time_factor_ratio_bucket{le="0.1"}': 0,
    voicesync_job_wait_seconds_count: 3,
    'voicesync_http_requests_total{method="POST",route="/v1/work/:id/begin",status="200"}': 3,
  };
  for (const [name, value] of Object.entries(expected))
    expect([name, values.get(name)]).toEqual([name, value]);
  // Two waited a minute, and one was due at once.
  expect(values.get('voicesync_job_wait_seconds_bucket{le="30"}')).toBe(1);
  expect(values.get('voicesync_job_run_seconds_bucket{le="60",outcome="failed"}')).toBe(2);
  expect(values.get('voicesync_oldest_queued_job_age_seconds')).toBeGreaterThanOrEqual(60);
  expect(values.get('voicesync_workers_token_expiry_timestamp_seconds')).toBeGreaterThan(Date.now() / 1000);
});

it('tells what has not happened yet as 0, so that the first time is seen as growth', async () => {
  const values = await told();
  for (const name of [
    'job_failures_total{code="job.interrupted"}',
    'store_errors_total{code="store.unavailable"}',
  ]) {
    expect([name, values.get(`voicesync_${name}`)]).toEqual([name, 0]);
  }
});

it('has no label that grows with use, and is not among what tenants reach', async () => {
  await office.app.inject({ method: 'GET', url: `/${randomUUID()}` });
  const text = await office.metrics.registry.metrics();
  expect(text).toContain('route="unknown",status="404"');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  expect(text).not.toContain('tenant');
  expect((await office.app.inject({ method: 'GET', url: '/metrics' })).statusCode).toBe(404);
});

it('counts a worker until it gives no sign of life for a lease', () => {
  let nowMs = 0;
  const workers = new LiveWorkers(1000, () => nowMs);
  workers.hello('a', 'idle');
  nowMs = 700;
  workers.hello('b', 'working');
  expect(workers.count()).toEqual({ idle: 1, working: 1, draining: 0 });
  nowMs = 1100;
  expect(workers.taking).toBe(1);
  workers.hello('b', 'draining');
  expect([workers.taking, workers.count().draining]).toEqual([0, 1]);
});
