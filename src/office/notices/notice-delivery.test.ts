import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outboxOfTest } from './testing/outbox-fixture.ts';
import { makeWebhookSecret, secretNotation } from './webhook.ts';

const DAY_MS = 24 * 3600 * 1000;

let outbox: Awaited<ReturnType<typeof outboxOfTest>>;
let server: ReturnType<typeof createServer>;
let target: string;
/** What was received, in the order of arrival. */
let received: { headers: Record<string, string>; body: string }[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;

beforeEach(async () => {
  outbox = await outboxOfTest();
  received = [];
  answer = (response) => response.writeHead(204).end();
  server = createServer(async (request, response) => {
    const portions: Buffer[] = [];
    for await (const portion of request) portions.push(portion as Buffer);
    const headers = request.headers as Record<string, string>;
    received.push({ headers, body: Buffer.concat(portions).toString() });
    answer(response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  target = `http://localhost:${(server.address() as AddressInfo).port}/told`;
});

afterEach(async () => {
  await outbox.close();
  server.closeAllConnections();
  server.close();
  expect(outbox.unexpected).toEqual([]);
});

const webhooks = { allowed: new Set(['localhost']), deadlineMs: 30_000 };
const until = (condition: () => void) => vi.waitFor(condition, { timeout: 20_000, interval: 5 });
const waiting = (id: string) => outbox.notices.due(id, outbox.now() + 365 * DAY_MS, 100);

test('a webhook is signed so that an independent verifier takes it, tells no more than an id, and is sent once', async () => {
  const { id, secret } = outbox.subscribe({ channel: 'webhook', target, types: ['job.failed'] });
  outbox.subscribe({ channel: 'webhook', target, tenantId: 'another' });
  outbox.endJob('done');
  const jobId = outbox.endJob('failed');
  outbox.start({ webhooks });
  await until(() => expect(waiting(id)).toEqual([]));
  expect(received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  const verifier = new Webhook(secretNotation(secret ?? Buffer.alloc(0)));
  expect(verifier.verify(body, headers)).toEqual({
    ...{ id: headers['webhook-id'], type: 'job.failed', timestamp: expect.any(String), data: { jobId } },
  });
  const isGenuine = await documentedVerifier();
  const notation = secretNotation(secret ?? Buffer.alloc(0));
  expect(isGenuine(notation, headers, body)).toBe(true);
  expect(isGenuine(notation, headers, body.replace('failed', 'done'))).toBe(false);
  const earlier = { ...headers, 'webhook-timestamp': `${Number(headers['webhook-timestamp']) - 600}` };
  expect(isGenuine(notation, earlier, body)).toBe(false);
  expect(() => verifier.verify(body.replace('failed', 'done'), headers)).toThrow();
  expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'msg_other' })).toThrow();
  expect(() => new Webhook(secretNotation(makeWebhookSecret())).verify(body, headers)).toThrow();
});

/** The lines by which docs/office.md lets a receiver verify a webhook. */
async function documentedVerifier() {
  const docs = await readFile(join(import.meta.dirname, '../../../docs/office.md'), 'utf8');
  const [, code = ''] = /```js\n(.*?function isGenuine.*?)```/s.exec(docs) ?? [];
  const module = `data:text/javascript,${encodeURIComponent(`${code}\nexport { isGenuine };`)}`;
  return (await import(/* @vite-ignore */ module)).isGenuine as (
    secret: string,
    headers: Record<string, string>,
    body: string,
  ) => boolean;
}

test('after its secret is changed a webhook is signed with both for a while, then with the new one alone', async () => {
  const { id, secret: earlier } = outbox.subscribe({ channel: 'webhook', target });
  const later = makeWebhookSecret();
  outbox.subscriptions.changeSecret(id, later, outbox.now() + DAY_MS);
  outbox.start({ webhooks });
  for (const [passMs, count] of [
    [0, 2],
    [DAY_MS, 1],
  ] as const) {
    outbox.pass(passMs);
    outbox.endJob();
    const before = received.length;
    await until(() => expect(received).toHaveLength(before + 1));
    const { headers, body } = received[before] ?? { headers: {}, body: '' };
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(count);
    expect(new Webhook(secretNotation(later)).verify(body, headers)).toMatchObject({ type: 'job.done' });
    const old = () => new Webhook(secretNotation(earlier ?? later)).verify(body, headers);
    if (count === 2) expect(old()).toMatchObject({ type: 'job.done' });
    else expect(old).toThrow();
  }
});

test('what fails is sent again after growing delays under the same id, then kept, listed, and sent again on request', async () => {
  const { id } = outbox.subscribe({ channel: 'webhook', target });
  const refusals: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(500).end(),
    // A redirection is not followed.
    (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    (response) => response.destroy(),
    (response) => response.writeHead(503, { 'retry-after': '7200' }).end(),
  ];
  answer = (response) => (refusals[received.length - 1] ?? refusals[0])?.(response);
  outbox.endJob();
  outbox.start({ webhooks });
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 9; attempt += 1) {
    await until(() => expect(waiting(id)).toMatchObject([{ attempts: attempt }]));
    const due = (waiting(id)[0]?.dueAtMs ?? 0) - outbox.now();
    delays.push(Math.floor(due / 1000));
    outbox.pass(due);
  }
  await until(() => expect(outbox.notices.undelivered(id, 10)).toMatchObject([{ attempts: 10 }]));
  const hours = (count: number) => count * 3600;
  // The fourth is what the receiver asked for, being longer than half an hour and not than two hours and a fifth.
  const least = [5, 300, 1800, 7200, hours(5), hours(10), hours(14), hours(20), hours(24)];
  for (const [index, delay] of delays.entries()) {
    expect(delay).toBeGreaterThanOrEqual((least[index] ?? 0) - 4);
    expect(delay).toBeLessThanOrEqual((least[index] ?? 0) * 1.2 + 1);
  }
  expect(received).toHaveLength(10);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(outbox.failures.slice(0, 4)).toEqual([
    ...['target.refused', 'target.refused', 'target.unreachable', 'target.refused'],
  ]);
  answer = (response) => response.writeHead(200).end('taken');
  expect(outbox.notices.resend(id, outbox.now())).toBe(1);
  await until(() => expect([waiting(id), outbox.notices.undelivered(id, 10)]).toEqual([[], []]));
  expect(received.at(-1)?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
});

test('a receiver that says 410 is told nothing more until somebody asks for it', async () => {
  const { id, tenantId } = outbox.subscribe({ channel: 'webhook', target });
  answer = (response) => response.writeHead(410).end();
  outbox.endJob();
  outbox.start({ webhooks });
  await until(() => expect(outbox.subscriptions.get(tenantId, id)?.endedBy).toBe('target.gone'));
  outbox.endJob();
  expect(outbox.notices.undeliveredCount(id)).toBe(1);
  answer = (response) => response.writeHead(200).end();
  outbox.notices.resend(id, outbox.now());
  outbox.endJob();
  await until(() => expect(waiting(id)).toEqual([]));
  expect(received).toHaveLength(3);
});

test('a slow receiver is given up on in time, holds up no other, and gets only so many at once', async () => {
  const slow = outbox.subscribe({ channel: 'webhook', target });
  const quick = outbox.subscribe({ channel: 'webhook', target: target.replace('told', 'quick') });
  let open = 0;
  let most = 0;
  answer = (response, { url }) => {
    if (url === '/quick') return response.writeHead(200).end();
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => {
      open -= 1;
    });
    return response;
  };
  for (let job = 0; job < 8; job += 1) outbox.endJob();
  outbox.start({ webhooks: { ...webhooks, deadlineMs: 400 } });
  await until(() => expect(waiting(quick.id)).toEqual([]));
  await until(() =>
    expect(waiting(slow.id).map(({ failure }) => failure)).toEqual(Array(8).fill('target.slow')),
  );
  expect(most).toBe(4);
});

test('an answer without end is not taken in', async () => {
  const { id } = outbox.subscribe({ channel: 'webhook', target });
  let sent = 0;
  answer = (response) => {
    response.writeHead(200);
    const portion = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(portion)) sent += portion.length;
    };
    response.on('drain', more);
    more();
  };
  outbox.endJob();
  outbox.start({ webhooks });
  await until(() => expect(waiting(id)).toEqual([]));
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test('what the gateway is killed with is sent by the next one, under the same id', async () => {
  const { id } = outbox.subscribe({ channel: 'webhook', target });
  const jobId = outbox.endJob();
  // Received, and the sender dies before it can note that.
  answer = () => undefined;
  outbox.start({ webhooks });
  await until(() => expect(received).toHaveLength(1));
  await outbox.stop();
  expect(waiting(id)).toMatchObject([{ jobId, attempts: 0 }]);
  answer = (response) => response.writeHead(200).end();
  outbox.start({ webhooks });
  await until(() => expect(waiting(id)).toEqual([]));
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
    ...Array(2).fill(received[0]?.headers['webhook-id']),
  ]);
});

test('an address within the house is not sent to, whatever name leads there, unless its host is listed', async () => {
  const inner = outbox.subscribe({ channel: 'webhook', target: target.replace('http:', 'https:') });
  const literal = outbox.subscribe({ channel: 'webhook', target: 'https://127.1:1/' });
  outbox.endJob();
  outbox.start({ webhooks: { allowed: new Set() } });
  for (const { id } of [inner, literal]) {
    await until(() => expect(waiting(id)).toMatchObject([{ failure: 'target.forbidden' }]));
  }
  expect(received).toEqual([]);
});
