import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { windowIds } from '../contract/flow.ts';
import { ENVELOPE_TYPE, WorkJob } from '../contract/office-api.ts';
import { flowKey, resultKey, windowKey, windowTextKey } from '../store/object-keys.ts';
import { gatewayOfTest } from './testing/gateway-fixture.ts';

let office: Awaited<ReturnType<typeof gatewayOfTest>>;
beforeAll(async () => {
  office = await gatewayOfTest();
});
afterAll(() => office.close());

async function asked(token: string, url: string, payload: object = {}) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await office.app.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, json: answer.json() };
}

it('divides a recording, queues its windows and then its stitching, tells no tenant of them, and cleans up', async () => {
  const { jobs, store, sent, tenants } = office;
  const worker = office.tokenFor('workers', ['work']);
  // Which job is begun is told by whose turn it is: among a tenant's, by its place.
  const attempt = async (ticket: string, end: object) => {
    const { id, attemptId } = WorkJob.parse((await asked(worker, `/v1/work/${ticket}/begin`)).json);
    const usual = { attemptId, outcome: 'done', failureCode: null, retryAtMs: null, counted: true };
    return (await asked(worker, `/v1/work/${id}/end`, { ...usual, ...end })).json;
  };
  const id = randomUUID();
  const [first = '', second = ''] = windowIds(id, 2);
  const objects = [
    flowKey(tenants.own, id),
    ...[first, second].flatMap((one) => [
      windowKey(tenants.own, id, one),
      windowTextKey(tenants.own, id, one),
    ]),
  ];
  const kept = resultKey(tenants.own, id);
  for (const key of [kept, ...objects])
    await store.put(key, ENVELOPE_TYPE, Readable.from([Buffer.from('sealed')]));

  jobs.add({ id, tenantId: tenants.own, atMs: 1 });
  expect(await attempt(id, { outcome: 'divided', windows: 2 })).toMatchObject({
    ...{ state: 'running', phase: 'windows' },
  });
  expect(sent.splice(0)).toEqual([id]);
  const own = office.tokenFor(tenants.own);
  for (const action of ['pause', 'cancel', 'retry']) {
    const answer = await asked(own, `/v1/jobs/${first}/${action}`);
    expect([answer.status, answer.json.code]).toEqual([404, 'job.notFound']);
  }
  await attempt(second, {});
  expect((await attempt(first, {})).parentId).toBe(id);
  expect(sent.splice(0)).toEqual([id, id]);
  expect(jobs.get(id)).toMatchObject({ state: 'queued', phase: 'stitch', windows: 2 });
  // No worker may divide what is divided already.
  expect((await attempt(id, { outcome: 'divided', windows: 3 })).code).toBe('job.wrongState');
  office.jobs.sweep(Number.MAX_SAFE_INTEGER - 1);
  await attempt(id, {});
  await vi.waitFor(() => expect(jobs.withLeftoverWindows()).toEqual([]), { timeout: 20_000 });
  for (const key of objects) expect([key, await store.head(key)]).toEqual([key, null]);
  expect(await store.head(kept)).not.toBeNull();
  expect(jobs.windowsOf(id)).toEqual([]);
});
