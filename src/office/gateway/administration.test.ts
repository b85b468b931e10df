import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantSettings } from '../contract/office-access.ts';
import { ENVELOPE_TYPE } from '../contract/office-api.ts';
import { sha256Base64 } from '../store/upload-parts.ts';
import { gatewayOfTest } from './testing/gateway-fixture.ts';

let office: Awaited<ReturnType<typeof gatewayOfTest>>;
beforeAll(async () => {
  office = await gatewayOfTest();
});
afterAll(() => office.close());

async function ask(token: string, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await office.app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, json: answer.json(), headers: answer.headers };
}

/** A new tenant with these settings, and a token of it. */
function tenantWith(settings: Partial<TenantSettings> = {}) {
  const id = `tenant-${randomUUID()}`;
  office.database.tenants.make(id, settings, Date.now());
  return { id, token: office.tokenFor(id) };
}

/** What is declared of a file. */
function file(sizeBytes: number) {
  const sha256 = sha256Base64(randomBytes(8));
  const fingerprint = randomBytes(32).toString('hex');
  return { id: randomUUID(), fingerprint, type: ENVELOPE_TYPE, sizeBytes, parts: [{ sizeBytes, sha256 }] };
}

/** The code of what came of sending a file. */
async function sent(token: string, sizeBytes: number) {
  const { json } = await ask(token, 'POST', '/v1/uploads', file(sizeBytes));
  return json.code ?? json.state;
}

describe('a quota', () => {
  it('of open jobs refuses the next until one has ended, and nobody else', async () => {
    const [{ id, token }, other] = [tenantWith({ openJobs: 2 }), tenantWith()];
    const jobId = randomUUID();
    office.jobs.add({ id: jobId, tenantId: id, atMs: Date.now() });
    const begun = file(10);
    expect((await ask(token, 'POST', '/v1/uploads', begun)).json.state).toBe('open');
    const refused = await ask(token, 'POST', '/v1/uploads', file(10));
    expect([refused.status, refused.json.code]).toEqual([429, 'quota.openJobs']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // What was begun goes on.
    expect((await ask(token, 'POST', '/v1/uploads', begun)).json.state).toBe('open');
    expect(await sent(other.token, 10)).toBe('open');
    office.end(jobId, 'failed');
    expect(await sent(token, 10)).toBe('open');
    expect((await ask(token, 'POST', `/v1/jobs/${jobId}/retry`)).json.code).toBe('quota.openJobs');
  });

  it('of bytes a day and of bytes in the store is what was declared, and room when it is given up', async () => {
    const { id, token } = tenantWith({ bytesADay: 1000, storedBytes: 1500 });
    expect(await sent(token, 600)).toBe('open');
    const refused = await ask(token, 'POST', '/v1/uploads', file(401));
    expect([refused.status, refused.json.code]).toEqual([429, 'quota.bytesToday']);
    const secondsOfDay = Math.floor(Date.now() / 1000) % 86_400;
    expect(Math.abs(Number(refused.headers['retry-after']) + secondsOfDay - 86_400)).toBeLessThan(30);
    expect(await sent(token, 400)).toBe('open');

    // The next day, 500 more can be stored.
    office.database.tenants.make(id, { bytesADay: null }, Date.now());
    const full = await ask(token, 'POST', '/v1/uploads', file(501));
    expect([full.status, full.json.code]).toEqual([403, 'quota.storedBytes']);
    const last = file(500);
    expect((await ask(token, 'POST', '/v1/uploads', last)).json.state).toBe('open');
    const usage = async () => (await ask(token, 'GET', '/v1/tenant')).json.usage;
    expect(await usage()).toEqual({ openJobs: 3, storedBytes: 1500, bytesToday: 1500 });
    office.uploads.remove(last.id);
    expect(await usage()).toEqual({ openJobs: 2, storedBytes: 1000, bytesToday: 1500 });
    const tomorrow = Date.now() + 24 * 3600 * 1000;
    expect(office.database.tenants.usage(id, tomorrow).bytesToday).toBe(0);
  });
});

describe('a limit of requests', () => {
  it('stops one who asks too often, and then all of his tenant, for the rest of a minute', async () => {
    const { id, token } = tenantWith({ requestsAMinuteOfOne: 3, requestsAMinute: 5 });
    const colleague = office.tokenFor(id);
    const asked = async (by: string) => (await ask(by, 'GET', '/v1/jobs')).status;
    expect([await asked(token), await asked(token), await asked(token)]).toEqual([200, 200, 200]);
    const refused = await ask(token, 'GET', '/v1/jobs');
    expect([refused.status, refused.json.code]).toEqual([429, 'request.tooMany']);
    const seconds = Number(refused.headers['retry-after']);
    expect([seconds > 0, seconds <= 60]).toEqual([true, true]);
    expect([await asked(colleague), await asked(colleague), await asked(colleague)]).toEqual([200, 200, 429]);
    expect(await asked(tenantWith().token)).toBe(200);
  });

  it('lets a user who asks every second be, and a thousand of them in a tenant', () => {
    const { requestsAMinute, requestsAMinuteOfOne } = office.database.tenants.settings('anybody');
    expect(requestsAMinuteOfOne).toBeGreaterThan(2 * 60);
    expect(requestsAMinute).toBeGreaterThanOrEqual(2 * 1000 * 60);
  });
});

describe('a token', () => {
  it('is made for the tenant, listed without its secret, and refused once it is revoked', async () => {
    const { id, token } = tenantWith();
    const made = (await ask(token, 'POST', '/v1/tokens', { scopes: ['read'], days: 2 })).json;
    const listed = (await ask(token, 'GET', '/v1/tokens')).json.tokens;
    expect(listed).toContainEqual(expect.objectContaining({ id: made.id, scopes: ['read'] }));
    expect(JSON.stringify(listed)).not.toContain(made.token.slice(21));
    expect((await ask(made.token, 'GET', '/v1/jobs')).status).toBe(200);
    expect((await ask(made.token, 'GET', '/v1/tokens')).json.code).toBe('token.scopeMissing');
    await ask(token, 'POST', `/v1/tokens/${made.id}/revoke`);
    expect((await ask(made.token, 'GET', '/v1/jobs')).json.code).toBe('token.refused');
    const told = office.database.audit.page(id, 0, 100).map(({ action, subjectId }) => [action, subjectId]);
    expect(told).toEqual([
      ['signIn', null],
      ['token.made', made.id],
      ['signIn', null],
      ['signIn', null],
      ['token.revoked', made.id],
    ]);
  });

  it.each([['work'], ['scale'], []])('is made for no scope of the office’s own: %s', async (...scopes) => {
    const answer = await ask(tenantWith().token, 'POST', '/v1/tokens', { scopes });
    expect([answer.status, answer.json.code]).toEqual([400, 'request.invalid']);
  });
});

it('the audit log tells what is done with a recording, by whom, and nothing else; polling leaves no trace', async () => {
  const { id, token } = tenantWith();
  const upload = file(10);
  await ask(token, 'POST', '/v1/uploads', upload);
  const jobId = randomUUID();
  office.jobs.add({ id: jobId, tenantId: id, atMs: Date.now() });
  for (const command of ['first', 'pause', 'resume', 'cancel', 'retry']) {
    await ask(token, 'POST', `/v1/jobs/${jobId}/${command}`);
    await ask(token, 'GET', `/v1/jobs/${jobId}`);
  }
  expect((await ask(token, 'POST', `/v1/jobs/${jobId}/resume`)).json.code).toBe('job.wrongState');
  office.end(jobId, 'done');
  await ask(token, 'GET', `/v1/jobs/${jobId}/result`);
  const { entries } = (await ask(token, 'GET', '/v1/audit')).json;
  expect(entries.map(({ action, subjectId }: Record<string, string>) => [action, subjectId])).toEqual([
    ['signIn', null],
    ['upload.begun', upload.id],
    ...['job.putFirst', 'job.paused', 'job.resumed', 'job.cancelled', 'job.retried'].map((action) => [
      action,
      jobId,
    ]),
    ['result.fetched', jobId],
  ]);
  const actor = `token:${token.slice(4, 20)}`;
  expect(entries.every(({ detail }: { detail: object }) => JSON.stringify(detail).includes(actor))).toBe(
    true,
  );
  const page = (await ask(token, 'GET', '/v1/audit?after=2&limit=1')).json.entries;
  expect(page.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3]);
  expect(office.database.audit.verify(id)).toEqual([]);
});

it('the audit log tells who changes who is told of jobs, and never whom', async () => {
  const { id, token } = tenantWith();
  const target = `https://hooks.example/${randomUUID()}`;
  const made = (await ask(token, 'POST', '/v1/subscriptions', { channel: 'webhook', target })).json;
  await ask(token, 'POST', '/v1/subscriptions', { channel: 'webhook', target });
  await ask(token, 'POST', `/v1/subscriptions/${made.id}/secret`);
  await ask(token, 'POST', `/v1/subscriptions/${made.id}/resend`);
  await ask(token, 'DELETE', `/v1/subscriptions/${made.id}`);
  const entries = office.database.audit.page(id, 1, 100);
  expect(entries.map(({ action, subjectId, detail }) => [action, subjectId, detail])).toEqual(
    ['made', 'secretChanged', 'resent', 'removed'].map((change) => [
      `subscription.${change}`,
      made.id,
      { actor: `token:${token.slice(4, 20)}` },
    ]),
  );
});
