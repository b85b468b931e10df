import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readEvents } from '../client/read-events.ts';
import { OfficeEventData } from '../contract/events-api.ts';
import { ENVELOPE_TYPE, SMALLEST_PART_BYTES, TenantScope, UploadState } from '../contract/office-api.ts';
import { OFFICE_ERROR_CODES, officeSentence } from '../contract/office-errors.ts';
import { sealEnvelope } from '../sealing/envelope.ts';
import type { EnvelopeFacts } from '../sealing/envelope-layout.ts';
import { fingerprintOfKeys } from '../sealing/key-fingerprint.ts';
import { makeOfficeKeys } from '../sealing/office-keys.ts';
import { recordingKey, resultKey } from '../store/object-keys.ts';
import { sha256Base64 } from '../store/upload-parts.ts';
import type { Route } from './routes.ts';
import { SCALING_ROUTES } from './scaling-routes.ts';
import { TENANT_ROUTES } from './tenant-routes.ts';
import { gatewayOfTest } from './testing/gateway-fixture.ts';
import { Uploads } from './uploads.ts';
import { WORK_ROUTES } from './work-routes.ts';

let office: Awaited<ReturnType<typeof gatewayOfTest>>;
let own: string;
let other: string;
beforeAll(async () => {
  office = await gatewayOfTest();
  own = office.tokenFor(office.tenants.own);
  other = office.tokenFor(office.tenants.other);
});
afterAll(() => office.close());

async function ask(
  token: string | null,
  method: Route['method'],
  url: string,
  body?: object,
  language = 'en',
) {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...authorization, 'accept-language': language };
  const answer = await office.app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, json: answer.json() };
}

const worker = makeOfficeKeys();

/** An envelope of random bytes, and what is declared of it. */
async function envelope(facts: Partial<EnvelopeFacts> = {}, plainBytes = 1000) {
  const id = facts.objectId ?? randomUUID();
  const plain = randomBytes(plainBytes);
  const portions: Buffer[] = [];
  const sealing = sealEnvelope({ kind: 'recording', objectId: id, ...facts }, [worker.publicKey], [plain]);
  for await (const portion of sealing) portions.push(portion);
  return declare(id, Buffer.concat(portions), createHash('sha256').update(plain).digest('hex'));
}

function declare(id: string, bytes: Buffer<ArrayBuffer>, fingerprint = randomBytes(32).toString('hex')) {
  const cuts = [bytes.subarray(0, SMALLEST_PART_BYTES), bytes.subarray(SMALLEST_PART_BYTES)];
  const parts = cuts.filter((part) => part.length > 0);
  const declared = parts.map((part) => ({ sizeBytes: part.length, sha256: sha256Base64(part) }));
  const request = { id, fingerprint, type: ENVELOPE_TYPE, sizeBytes: bytes.length, parts: declared };
  return { id, parts, request };
}

type Declared = Awaited<ReturnType<typeof envelope>>;

async function putParts(state: unknown, parts: Declared['parts']): Promise<void> {
  const upload = UploadState.parse(state);
  if (upload.state !== 'open') throw new Error('nothing is to be uploaded');
  for (const { number, url, headers } of upload.requests) {
    const body = parts[number - 1] ?? Buffer.alloc(0);
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
  }
}

async function uploaded({ id, parts, request }: Declared, token = own) {
  const begun = await ask(token, 'POST', '/v1/uploads', request);
  await putParts(begun.json, parts);
  return await ask(token, 'POST', `/v1/uploads/${id}/complete`);
}

describe('what is written', () => {
  /** Asks while the disk takes its time, and answers how it went on once the disk is done. */
  async function askedOfDisk(end: (disk: PromiseWithResolvers<void>) => void) {
    const disk = Promise.withResolvers<void>();
    const durable = vi.spyOn(office.services.commits, 'durable').mockReturnValue(disk.promise);
    try {
      let isAnswered = false;
      const answer = ask(own, 'GET', '/v1/jobs').finally(() => {
        isAnswered = true;
      });
      await vi.waitFor(() => expect(durable).toHaveBeenCalled());
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(isAnswered).toBe(false);
      end(disk);
      return await answer;
    } finally {
      durable.mockRestore();
    }
  }

  it('is told once it is on the disk, and not if the disk fails', async () => {
    expect(await askedOfDisk((disk) => disk.resolve())).toEqual({ status: 200, json: { jobs: [] } });
    const failed = await askedOfDisk((disk) => disk.reject(new Error('EIO')));
    const code = 'internal.unexpected';
    expect(failed).toEqual({ status: 500, json: { code, sentence: officeSentence(code, 'en') } });
    expect(office.unexpected.splice(0)).toEqual([new Error('EIO')]);
  });
});

describe('an upload', () => {
  it('goes straight to the store, goes on where it was interrupted, and becomes one job', async () => {
    const sealed = await envelope({}, SMALLEST_PART_BYTES);
    const { id, parts, request } = sealed;
    const begun = await ask(own, 'POST', '/v1/uploads', request);
    expect(begun.json).toMatchObject({ state: 'open', id, missingParts: 2 });
    await putParts({ ...begun.json, requests: begun.json.requests.slice(1) }, parts);
    expect((await ask(own, 'POST', `/v1/uploads/${id}/complete`)).json.code).toBe('upload.incomplete');

    const state = await ask(own, 'GET', `/v1/uploads/${id}`);
    expect(state.json.requests.map(({ number }: { number: number }) => number)).toEqual([1]);
    const again = await ask(own, 'POST', '/v1/uploads', request);
    expect(again.json).toMatchObject({ state: 'open', missingParts: 1 });
    await putParts(state.json, parts);
    for (const _ of ['once', 'again']) {
      expect(await ask(own, 'POST', `/v1/uploads/${id}/complete`)).toEqual({
        status: 200,
        json: { jobId: id },
      });
    }
    expect((await ask(own, 'GET', `/v1/uploads/${id}`)).json).toEqual({ state: 'complete', jobId: id });
    expect(office.sent.filter((sent) => sent === id)).toEqual([id]);
    expect((await ask(own, 'GET', `/v1/jobs/${id}`)).json).toMatchObject({ id, state: 'queued' });
    expect(await office.store.head(recordingKey(office.tenants.own, id))).toMatchObject({
      type: ENVELOPE_TYPE,
    });
  });

  it('of a file that has a job is that job, whenever it is found out', async () => {
    const [first, second, third] = [await envelope(), await envelope(), await envelope()];
    const { fingerprint } = first.request;
    const same = (declared: Declared) => ({ ...declared, request: { ...declared.request, fingerprint } });
    // Two clients at once.
    const begun = await ask(own, 'POST', '/v1/uploads', same(second).request);
    await uploaded(first);
    await putParts(begun.json, second.parts);
    const completed = await ask(own, 'POST', `/v1/uploads/${second.id}/complete`);
    expect(completed.json).toEqual({ jobId: first.id });
    expect(await office.store.head(recordingKey(office.tenants.own, second.id))).toBeNull();
    const later = await ask(own, 'POST', '/v1/uploads', same(third).request);
    expect(later.json).toEqual({ state: 'complete', jobId: first.id });
    // Another tenant's fingerprint is another file.
    const others = await ask(other, 'POST', '/v1/uploads', same(third).request);
    expect(others.json.state).toBe('open');
    // A job that failed is no reason to refuse the file.
    office.end(first.id, 'failed');
    const fourth = await envelope();
    expect((await uploaded(same(fourth))).json).toEqual({ jobId: fourth.id });
  });

  it('of anything but the envelope of this object makes no job and leaves nothing', async () => {
    const id = randomUUID();
    const foreign = await envelope();
    const result = await envelope({ objectId: id, kind: 'result' });
    for (const [bytes, code] of [
      [randomBytes(400), 'envelope.notOne'],
      [randomBytes(10), 'envelope.notOne'],
      [foreign.parts[0] ?? Buffer.alloc(0), 'envelope.otherObject'],
      [result.parts[0] ?? Buffer.alloc(0), 'envelope.otherObject'],
    ] as const) {
      const answer = await uploaded(declare(id, bytes));
      expect([answer.status, answer.json.code]).toEqual([422, code]);
      expect(await office.store.head(recordingKey(office.tenants.own, id))).toBeNull();
      expect((await ask(own, 'GET', `/v1/uploads/${id}`)).status).toBe(404);
      expect((await ask(own, 'GET', `/v1/jobs/${id}`)).status).toBe(404);
    }
  });

  it('is refused unless what is declared can be', async () => {
    const { request } = await envelope();
    const big = { sizeBytes: SMALLEST_PART_BYTES - 1, sha256: sha256Base64(Buffer.from('a')) };
    for (const changed of [
      { sizeBytes: request.sizeBytes + 1 },
      { type: 'audio/mpeg' },
      { id: '../../other' },
      { fingerprint: 'secret' },
      { parts: [] },
      { parts: [big, ...request.parts], sizeBytes: request.sizeBytes + big.sizeBytes },
    ]) {
      const answer = await ask(own, 'POST', '/v1/uploads', { ...request, ...changed });
      expect([answer.status, answer.json.code]).toEqual([400, 'request.invalid']);
    }
    await ask(own, 'POST', '/v1/uploads', request);
    const another = { ...(await envelope()).request, id: request.id };
    expect((await ask(own, 'POST', '/v1/uploads', another)).json.code).toBe('upload.idTaken');
  });

  it('is given up after a week', async () => {
    const { request, id } = await envelope();
    await ask(own, 'POST', '/v1/uploads', request);
    const kept = await envelope();
    const { json } = await uploaded(kept);
    const later = { ...office.services, now: () => Date.now() + 8 * 24 * 3600 * 1000 };
    await new Uploads(later).sweep();
    expect((await ask(own, 'GET', `/v1/uploads/${id}`)).json.code).toBe('upload.notFound');
    expect((await ask(own, 'GET', `/v1/uploads/${kept.id}`)).json).toEqual({ state: 'complete', ...json });
  });
});

describe('a job', () => {
  it('is listed, paused, resumed, cancelled and tried again, as its state allows', async () => {
    const { id } = (await ask(own, 'GET', '/v1/jobs?state=queued&limit=1')).json.jobs[0];
    const stateAfter = async (command: string) => {
      const { json } = await ask(own, 'POST', `/v1/jobs/${id}/${command}`);
      return json.state ?? json.code;
    };
    expect(await stateAfter('resume')).toBe('job.wrongState');
    expect(await stateAfter('pause')).toBe('paused');
    expect(await stateAfter('resume')).toBe('queued');
    expect(await stateAfter('cancel')).toBe('cancelled');
    expect(await stateAfter('retry')).toBe('queued');
  });

  it('gives its result by a request to the store, when it is done', async () => {
    const sealed = await envelope();
    await uploaded(sealed);
    const early = await ask(own, 'GET', `/v1/jobs/${sealed.id}/result`);
    expect([early.status, early.json.code]).toEqual([409, 'result.notYet']);
    async function* result() {
      yield Buffer.from('sealed words');
    }
    await office.store.put(resultKey(office.tenants.own, sealed.id), ENVELOPE_TYPE, result());
    office.end(sealed.id, 'done');
    const { json } = await ask(own, 'GET', `/v1/jobs/${sealed.id}/result`);
    expect(await (await fetch(json.url)).text()).toBe('sealed words');
  });
});

/** Its id and its secret, which may have underscores. */
function partsOf(token: string): [id: string, secret: string] {
  const [, id = '', secret = ''] = /^vso_([0-9a-f]+)_(.+)$/.exec(token) ?? [];
  return [id, secret];
}

const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`;

describe('another tenant', () => {
  /** What every route must answer about an upload, or a job that is done, of another tenant. A new route needs a line. */
  const REFUSED: Record<string, (id: string, request: object) => Promise<void>> = {
    'POST /v1/uploads': async (id, request) => {
      const taken = await ask(other, 'POST', '/v1/uploads', request);
      expect([taken.status, taken.json.code, taken.json.jobId]).toEqual([409, 'upload.idTaken', undefined]);
      const same = await ask(other, 'POST', '/v1/uploads', { ...request, id: randomUUID() });
      expect(same.json).toMatchObject({ state: 'open' });
      expect(JSON.stringify(same.json)).not.toContain(id);
    },
    'GET /v1/uploads/:id': notFound('GET', (id) => `/v1/uploads/${id}`, 'upload.notFound'),
    'POST /v1/uploads/:id/complete': notFound(
      'POST',
      (id) => `/v1/uploads/${id}/complete`,
      'upload.notFound',
    ),
    'GET /v1/jobs': async (id) => {
      expect(JSON.stringify((await ask(own, 'GET', '/v1/jobs?limit=500')).json)).toContain(id);
      for (const query of ['limit=500', 'limit=500&state=done', 'limit=500&state=queued']) {
        const { status, json } = await ask(other, 'GET', `/v1/jobs?${query}`);
        expect([status, JSON.stringify(json).includes(id)]).toEqual([200, false]);
      }
    },
    'GET /v1/jobs/:id': notFound('GET', (id) => `/v1/jobs/${id}`, 'job.notFound'),
    'POST /v1/jobs/:id/pause': notFound('POST', (id) => `/v1/jobs/${id}/pause`, 'job.notFound'),
    'POST /v1/jobs/:id/resume': notFound('POST', (id) => `/v1/jobs/${id}/resume`, 'job.notFound'),
    'POST /v1/jobs/:id/cancel': notFound('POST', (id) => `/v1/jobs/${id}/cancel`, 'job.notFound'),
    'POST /v1/jobs/:id/first': notFound('POST', (id) => `/v1/jobs/${id}/first`, 'job.notFound'),
    'POST /v1/jobs/:id/retry': notFound('POST', (id) => `/v1/jobs/${id}/retry`, 'job.notFound'),
    // A stream does not end by itself. Each tenant listens until its own job is done, which is after the other's was queued.
    'GET /v1/events': async (id) => {
      const theirs = randomUUID();
      office.jobs.add({ id: theirs, tenantId: office.tenants.other, atMs: Date.now() });
      office.end(theirs, 'done');
      office.end(id, 'done');
      const heard = async (token: string, job: string) => {
        const headers = { authorization: `Bearer ${token}`, 'last-event-id': '0' };
        const { body } = await fetch(`${await office.listening()}/v1/events`, { headers });
        if (body === null) throw new Error('there is no stream');
        let text = '';
        for await (const event of readEvents(body)) {
          text += JSON.stringify(event);
          const { data } = OfficeEventData.job.safeParse(event.data);
          if (data?.jobId === job && data.state === 'done') break;
        }
        return [text.includes(id), text.includes(theirs)];
      };
      expect(await heard(own, id)).toEqual([true, false]);
      expect(await heard(other, theirs)).toEqual([false, true]);
      const head = {
        method: 'HEAD',
        url: '/v1/events',
        headers: { authorization: `Bearer ${own}` },
      } as const;
      expect((await office.app.inject(head)).headers['content-type']).toContain('text/event-stream');
    },
    // The same target may be told of both tenants' jobs, and neither knows of the other's subscription.
    'POST /v1/subscriptions': async () => {
      const body = { channel: 'email', target: `${randomUUID()}@house.example` };
      for (const token of [own, other]) {
        expect((await ask(token, 'POST', '/v1/subscriptions', body)).status).toBe(200);
        expect((await ask(token, 'POST', '/v1/subscriptions', body)).json.code).toBe('subscription.exists');
      }
    },
    'GET /v1/subscriptions': async () => {
      const id = await subscribed();
      const lists = async (token: string) =>
        JSON.stringify((await ask(token, 'GET', '/v1/subscriptions')).json);
      expect([(await lists(own)).includes(id), (await lists(other)).includes(id)]).toEqual([true, false]);
    },
    'DELETE /v1/subscriptions/:id': noSubscription('DELETE', ''),
    'POST /v1/subscriptions/:id/secret': noSubscription('POST', '/secret'),
    'GET /v1/subscriptions/:id/undelivered': noSubscription('GET', '/undelivered'),
    'POST /v1/subscriptions/:id/resend': noSubscription('POST', '/resend'),
    'GET /v1/jobs/:id/result': notFound('GET', (id) => `/v1/jobs/${id}/result`, 'job.notFound'),
    'GET /v1/jobs/:id/recording': notFound('GET', (id) => `/v1/jobs/${id}/recording`, 'job.notFound'),
    'GET /v1/finished': async (id) => {
      office.end(id, 'done');
      const listed = async (token: string, query: string) =>
        JSON.stringify((await ask(token, 'GET', `/v1/finished?limit=500${query}`)).json);
      expect(await listed(own, '')).toContain(id);
      const { finishedAtMs } = office.jobs.get(id);
      expect(await listed(own, `&afterMs=${finishedAtMs}&afterId=${id}`)).not.toContain(id);
      expect(await listed(other, '')).not.toContain(id);
    },
    'GET /v1/tenant': async () => {
      const theirs = (await ask(other, 'GET', '/v1/tenant')).json;
      expect(theirs.id).toBe(office.tenants.other);
      const more = await envelope({}, 50_000);
      await ask(own, 'POST', '/v1/uploads', more.request);
      expect((await ask(other, 'GET', '/v1/tenant')).json).toEqual(theirs);
    },
    'GET /v1/audit': async (id) => {
      expect(JSON.stringify((await ask(own, 'GET', '/v1/audit?limit=1000')).json)).toContain(id);
      const { status, json } = await ask(other, 'GET', '/v1/audit?limit=1000');
      expect([status, JSON.stringify(json).includes(id)]).toEqual([200, false]);
    },
    'GET /v1/tokens': async () => {
      const ids = (await ask(other, 'GET', '/v1/tokens')).json.tokens.map(({ id }: { id: string }) => id);
      expect(ids).toContain(partsOf(other)[0]);
      expect(ids).not.toContain(partsOf(own)[0]);
    },
    'POST /v1/tokens': async (id) => {
      const request = { scopes: ['read'], tenantId: office.tenants.own };
      const { json } = await ask(other, 'POST', '/v1/tokens', request);
      expect((await ask(json.token, 'GET', '/v1/jobs')).status).toBe(200);
      expect((await ask(json.token, 'GET', `/v1/jobs/${id}`)).json.code).toBe('job.notFound');
    },
    'POST /v1/tokens/:id/revoke': async () => {
      const url = (id: string) => `/v1/tokens/${id}/revoke`;
      const answer = await ask(other, 'POST', url(partsOf(own)[0]));
      expect([answer.status, answer.json.code]).toEqual([404, 'token.notFound']);
      expect(await ask(other, 'POST', url('0'.repeat(16)))).toEqual(answer);
      expect((await ask(own, 'GET', '/v1/jobs')).status).toBe(200);
    },
    'GET /v1/keys': async () => {
      const vault = makeOfficeKeys().publicKey;
      office.tenantKeys.setVaultKey(office.tenants.own, vault, Date.now());
      const [mine, theirs] = [await ask(own, 'GET', '/v1/keys'), await ask(other, 'GET', '/v1/keys')];
      const workers = office.services.workerKeys;
      expect(mine.json).toEqual({
        workers: workers.map((key) => Buffer.from(key).toString('base64')),
        vault: vault.toString('base64'),
        fingerprint: fingerprintOfKeys({ workers, vault }),
      });
      expect(theirs.json).toEqual({
        ...mine.json,
        ...{ vault: null, fingerprint: fingerprintOfKeys({ workers, vault: null }) },
      });
      expect(theirs.json.fingerprint).not.toBe(mine.json.fingerprint);
    },
  };

  /** Makes a webhook of the own tenant's. */
  async function subscribed(): Promise<string> {
    const body = { channel: 'webhook', target: `https://hooks.example/${randomUUID()}` };
    return (await ask(own, 'POST', '/v1/subscriptions', body)).json.id;
  }

  /** What is asked about another's subscription is answered as about one that nobody has, and changes nothing. */
  function noSubscription(method: Route['method'], command: string) {
    return async () => {
      const id = await subscribed();
      const before = office.subscriptions.get(office.tenants.own, id);
      expect(before).not.toBeNull();
      const answer = await ask(other, method, `/v1/subscriptions/${id}${command}`);
      expect([answer.status, answer.json.code]).toEqual([404, 'subscription.notFound']);
      expect(await ask(other, method, `/v1/subscriptions/${randomUUID()}${command}`)).toEqual(answer);
      expect(office.subscriptions.get(office.tenants.own, id)).toEqual(before);
    };
  }

  /** The same answer as about an id that nobody has; nothing is changed. */
  function notFound(method: Route['method'], url: (id: string) => string, code: string) {
    return async (id: string) => {
      const before = office.jobs.get(id);
      const answer = await ask(other, method, url(id));
      expect([answer.status, answer.json.code]).toEqual([404, code]);
      expect(await ask(other, method, url(randomUUID()))).toEqual(answer);
      expect(office.jobs.get(id)).toEqual(before);
    };
  }

  it('is refused by every route that there is', () => {
    const served = office.app
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .filter((line) => line.includes('('));
    const methods = served.flatMap((line) => /\((.+)\)/.exec(line)?.[1]?.split(', ') ?? []);
    const known = TENANT_ROUTES.map(nameOf);
    const all = [...known, ...[...WORK_ROUTES, ...SCALING_ROUTES].map(nameOf)];
    // Besides the routes, HEAD for each GET, the document, and how users sign in.
    const gets = all.filter((name) => name.startsWith('GET ')).length;
    expect(methods.length).toBe(all.length + gets + 4);
    expect(Object.keys(REFUSED).sort()).toEqual(known.sort());
  });

  it.each(Object.keys(REFUSED))('%s', async (name) => {
    const sealed = await envelope();
    await uploaded(sealed);
    if (/[/](result|recording)$/.test(name)) office.end(sealed.id, 'done');
    await REFUSED[name]?.(sealed.id, sealed.request);
  });
});

describe('a worker', () => {
  it('takes a job, tells that it lives, and ends it, of whatever tenant', async () => {
    const sealed = await envelope();
    await uploaded(sealed);
    const token = office.tokenFor('workers', ['work']);
    // Its turn comes after those that other tests have left.
    let begun = await ask(token, 'POST', `/v1/work/${sealed.id}/begin`);
    while (begun.status === 200 && begun.json.id !== sealed.id) {
      begun = await ask(token, 'POST', `/v1/work/${sealed.id}/begin`);
    }
    expect(begun.json).toMatchObject({ id: sealed.id, tenantId: office.tenants.own, state: 'running' });
    const { attemptId } = begun.json;
    const seen = async () => (await ask(own, 'GET', `/v1/jobs/${sealed.id}`)).json.progress;
    expect(await seen()).toBeNull();
    for (const sign of [{ progress: 0.4 }, {}]) {
      const renewed = await ask(token, 'POST', `/v1/work/${sealed.id}/renew`, { attemptId, ...sign });
      expect([renewed.status, await seen()]).toEqual([200, 0.4]);
    }
    const another = { attemptId: randomUUID() };
    expect((await ask(token, 'POST', `/v1/work/${sealed.id}/renew`, another)).json.code).toBe(
      'job.wrongState',
    );
    const end = { outcome: 'done', failureCode: null, retryAtMs: null, counted: true };
    const refused = await ask(token, 'POST', `/v1/work/${sealed.id}/end`, { ...end, ...another });
    expect([refused.status, refused.json.code]).toEqual([409, 'job.wrongState']);
    const ended = await ask(token, 'POST', `/v1/work/${sealed.id}/end`, { ...end, attemptId });
    expect(ended.json).toMatchObject({ state: 'done', attempts: 1, attemptId: null, progress: null });
    expect((await ask(token, 'POST', `/v1/work/${sealed.id}/begin`)).json.code).toBe('job.wrongState');
  });

  it.each(WORK_ROUTES.map(({ url }) => url))('is no tenant, and no tenant is one: %s', async (url) => {
    const sealed = await envelope();
    await uploaded(sealed);
    const asked = await ask(own, 'POST', url.replace(':id', sealed.id), { attemptId: randomUUID() });
    expect([asked.status, asked.json.code]).toEqual([403, 'token.scopeMissing']);
    const reading = await ask(office.tokenFor('workers', ['work']), 'GET', `/v1/jobs/${sealed.id}`);
    expect(reading.json.code).toBe('token.scopeMissing');
    expect(office.jobs.get(sealed.id).state).toBe('queued');
  });
});

describe('what starts and ends workers', () => {
  it('is told how many jobs wait, and how many workers are wanted, and nothing else', async () => {
    const scaler = office.tokenFor('scaler', ['scale']);
    const sealed = await envelope();
    await uploaded(sealed);
    const { status, json } = await ask(scaler, 'GET', '/v1/scaling');
    const queued = office.services.scaling.state().depth;
    expect(queued).toBeGreaterThan(0);
    expect([status, json]).toEqual([
      200,
      { depth: queued, workers: 0, depthPerWorker: queued, wantedWorkers: 2 },
    ]);
    expect((await ask(scaler, 'GET', '/v1/jobs')).json.code).toBe('token.scopeMissing');
    expect((await ask(own, 'GET', '/v1/scaling')).json.code).toBe('token.scopeMissing');
    expect((await ask(office.tokenFor('workers', ['work']), 'GET', '/v1/scaling')).status).toBe(403);
  });
});

describe('a token', () => {
  it.each(TENANT_ROUTES.map((route) => [nameOf(route), route] as const))(
    'is asked for by %s',
    async (_, route) => {
      const [id, secret] = partsOf(own);
      const wrong = `vso_${id}_${secret[0] === 'A' ? 'B' : 'A'}${secret.slice(1)}`;
      const unknown = `vso_${'0'.repeat(16)}_${secret}`;
      const expired = office.tokenFor(office.tenants.own, undefined, -1);
      const url = route.url.replace(':id', route.url.includes('/tokens/') ? '0'.repeat(16) : randomUUID());
      for (const token of [null, 'x', wrong, unknown, expired]) {
        expect(await ask(token, route.method, url)).toMatchObject({
          status: 401,
          json: { code: 'token.refused' },
        });
      }
      const scopes = TenantScope.options.filter((scope) => scope !== route.scope);
      const limited = office.tokenFor(office.tenants.own, [...scopes]);
      expect(await ask(limited, route.method, url)).toMatchObject({
        status: 403,
        json: { code: 'token.scopeMissing' },
      });
    },
  );

  it.each(['', 'a/b', '..', 'A', 'a'.repeat(65)])('is not made for a tenant named "%s"', (name) => {
    expect(() => office.tokenFor(name)).toThrow(RangeError);
  });

  it('is not among what is kept', () => {
    const [id, secret] = partsOf(own);
    const kept = office.services.tokens.get(id);
    expect(Buffer.from(kept?.secretHash ?? '')).toEqual(createHash('sha256').update(secret).digest());
    expect(JSON.stringify(kept)).not.toContain(secret);
  });
});

describe('the answers', () => {
  it('are codes with a sentence in the language of the request', async () => {
    const { json } = await ask(own, 'GET', `/v1/jobs/${randomUUID()}`, undefined, 'es-MX,es;q=0.9');
    expect(json).toEqual({ code: 'job.notFound', sentence: officeSentence('job.notFound', 'es') });
    for (const code of OFFICE_ERROR_CODES) {
      expect(officeSentence(code, 'es')).not.toBe(officeSentence(code, 'en'));
    }
    expect(await ask(own, 'GET', '/v1/nothing')).toMatchObject({
      status: 404,
      json: { code: 'request.unknown' },
    });
    expect((await ask(own, 'GET', '/v1/jobs?state=asleep')).json.code).toBe('request.invalid');
  });

  it('tell nothing of what nobody foresaw', async () => {
    vi.spyOn(office.jobs, 'get').mockImplementationOnce(() => {
      throw new Error('a secret place');
    });
    const { status, json } = await ask(own, 'GET', `/v1/jobs/${randomUUID()}`);
    expect([status, json.code]).toEqual([500, 'internal.unexpected']);
    expect(JSON.stringify(json)).not.toContain('secret');
    expect(office.unexpected.splice(0)).toHaveLength(1);
  });

  it('are described, with what is asked, by the document', async () => {
    const { json } = await ask(null, 'GET', '/v1/openapi.json');
    expect(json.openapi).toMatch(/^3\./);
    for (const { method, url, params, query, body, answerType = 'application/json' } of TENANT_ROUTES) {
      const described = json.paths[url.replace(':id', '{id}')][method.toLowerCase()];
      expect(described.responses[200].content[answerType].schema).toBeDefined();
      expect(described.responses.default.content['application/json'].schema.properties.code.enum).toContain(
        'job.notFound',
      );
      expect(described.parameters !== undefined).toBe(params !== undefined || query !== undefined);
      expect(described.requestBody !== undefined).toBe(body !== undefined);
    }
  });
});

describe('a store that is away', () => {
  it('is told by 503 and when to try again, and stays known to be away', async () => {
    office.server.refuseFor(60_000);
    const begun = await envelope();
    const headers = { authorization: `Bearer ${own}` };
    for (let tries = 0; tries < 2; tries += 1) {
      const request = { method: 'POST', url: '/v1/uploads', headers, payload: begun.request } as const;
      const answer = await office.app.inject(request);
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'store.unavailable']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    office.server.refuseFor(0);
    // Nothing that needs no store waits for it.
    expect((await ask(own, 'GET', '/v1/jobs')).status).toBe(200);
    await vi.waitFor(
      async () => expect((await ask(own, 'POST', '/v1/uploads', begun.request)).status).toBe(200),
      {
        timeout: 20_000,
        interval: 200,
      },
    );
  });
});
