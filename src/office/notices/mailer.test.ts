import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Mailer, transportOptions } from './mailer.ts';
import { outboxOfTest } from './testing/outbox-fixture.ts';

const MINUTE_MS = 60_000;

let outbox: Awaited<ReturnType<typeof outboxOfTest>>;
let server: SMTPServer;
let mailer: Mailer;
let port: number;
/** Messages as they arrived. */
let received: string[];
/** The reply to a recipient; null takes it. */
let refusal: { code: number; text: string } | null;

const OPTIONS: SMTPServerOptions = {
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onRcptTo: (_address, _session, callback) => {
    callback(
      refusal === null ? null : Object.assign(new Error(refusal.text), { responseCode: refusal.code }),
    );
  },
  onData: (stream, _session, callback) => {
    const portions: Buffer[] = [];
    stream.on('data', (portion: Buffer) => portions.push(portion));
    stream.once('end', () => {
      received.push(Buffer.concat(portions).toString('utf8'));
      callback();
    });
  },
};

async function startServer(atPort = 0): Promise<number> {
  server = new SMTPServer(OPTIONS);
  server.on('error', () => undefined);
  const listening = server.listen(atPort, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

const stopServer = () => new Promise<void>((resolve) => void server.close(() => resolve()));

function mailerTo(host: string): Mailer {
  const from = 'office@house.example';
  const [user, pageUrl, domains] = [null, 'https://office.house.example/', new Set(['house.example'])];
  return new Mailer({ server: `smtp://${host}:${port}`, user, from, pageUrl, domains });
}

beforeEach(async () => {
  outbox = await outboxOfTest();
  [received, refusal] = [[], null];
  port = await startServer();
  mailer = mailerTo('127.0.0.1');
});

afterEach(async () => {
  await outbox.close();
  mailer.close();
  await stopServer();
  expect(outbox.unexpected).toEqual([]);
});

const until = (condition: () => void) => vi.waitFor(condition, { timeout: 20_000, interval: 5 });

/** Lets the outbox be looked at once more, and waits until all that this sends is sent and noted. */
async function settled(): Promise<void> {
  for (const _ of ['what is on its way', 'what is due now']) {
    await outbox.stop();
    outbox.start({ mailer });
  }
}

/** A message without the folding of its lines and the encoding of its text. */
function read(message = ''): { headers: string; text: string } {
  const [headers = '', ...rest] = message.split('\r\n\r\n');
  const bytes = rest.join('\n\n').replaceAll('=\r\n', '').replaceAll('\r\n', '\n');
  const decoded = bytes.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  const text = Buffer.from(decoded, 'latin1').toString('utf8');
  return {
    headers: headers.replaceAll(/\r\n\s+/g, ' '),
    text: headers.includes('quoted-printable') ? text : bytes,
  };
}

test('a morning of recordings is one mail, in the subscriber’s language, with counts alone; the next comes ten minutes later', async () => {
  outbox.subscribe({ channel: 'email', target: 'clerk@house.example' });
  outbox.subscribe({ channel: 'email', target: 'oficina@house.example', language: 'es' });
  const jobs = Array.from({ length: 12 }, () => outbox.endJob());
  jobs.push(outbox.endJob('failed'));
  outbox.start({ mailer });
  await settled();
  expect(received).toEqual([]);
  outbox.pass(MINUTE_MS);
  await settled();
  expect(received).toHaveLength(2);
  const english = read(received.find((message) => message.includes('clerk@')));
  const spanish = read(received.find((message) => message.includes('oficina@')));
  expect(english.text).toBe(
    [
      '12 recordings are done.\n1 recording failed and will not be tried again unless you ask for it.',
      'Look at them: https://office.house.example/',
      'This message was written by a program; nobody reads answers to it.\n',
    ].join('\n\n'),
  );
  expect(spanish.text).toContain(
    '12 grabaciones están listas.\n1 grabación falló y no se intentará de nuevo',
  );
  for (const header of [
    /^From: VoiceSync <office@house\.example>$/m,
    /^To: clerk@house\.example$/m,
    /^Subject: VoiceSync: 12 recordings done, 1 failed$/m,
    /^Message-ID: <[0-9a-f-]{36}@house\.example>$/m,
    /^Date: .+ \+0000$/m,
    /^Auto-Submitted: auto-generated$/m,
    /^Content-Type: text\/plain; charset=utf-8$/m,
  ]) {
    expect(english.headers).toMatch(header);
  }
  for (const id of jobs) expect(received.join('')).not.toContain(id);

  outbox.endJob();
  outbox.pass(8 * MINUTE_MS);
  await settled();
  expect(received).toHaveLength(2);
  outbox.pass(2 * MINUTE_MS);
  await settled();
  expect(received).toHaveLength(4);
  expect(read(received[2]).text).toMatch(/^1 (recording is done|grabación está lista)\.\n/);
});

test('a server that is away, or puts it off, gets the same mail when it is back', async () => {
  const { id } = outbox.subscribe({ channel: 'email', target: 'clerk@house.example' });
  outbox.endJob();
  outbox.pass(MINUTE_MS);
  await stopServer();
  outbox.start({ mailer });
  await until(() => expect(outbox.failures).toEqual(['target.unreachable']));
  await startServer(port);
  refusal = { code: 451, text: 'later' };
  outbox.pass(2 * MINUTE_MS);
  await until(() => expect(outbox.failures).toEqual(['target.unreachable', 'target.refused']));
  const [first] = outbox.notices.due(id, Number.MAX_SAFE_INTEGER, 1);
  expect(first).toMatchObject({ attempts: 2, failure: 'target.refused' });
  // What is done meanwhile waits for the next mail.
  outbox.endJob();
  refusal = null;
  outbox.pass(7 * MINUTE_MS);
  await until(() => expect(received).toHaveLength(1));
  await settled();
  expect(read(received[0]).text).toContain('1 recording is done.');
  outbox.pass(10 * MINUTE_MS);
  await until(() => expect(received).toHaveLength(2));
  const ids = received.map((message) => /^Message-ID: (.+)\r$/m.exec(message)?.[1]);
  expect(new Set(ids).size).toBe(2);
});

test('an address that the server does not know is written to no more until somebody asks for it', async () => {
  const { id, tenantId } = outbox.subscribe({ channel: 'email', target: 'gone@house.example' });
  refusal = { code: 550, text: 'no such user' };
  outbox.endJob();
  outbox.pass(MINUTE_MS);
  outbox.start({ mailer });
  await until(() => expect(outbox.subscriptions.get(tenantId, id)?.endedBy).toBe('target.gone'));
  outbox.endJob();
  refusal = null;
  expect(outbox.notices.resend(id, outbox.now())).toBe(1);
  outbox.pass(MINUTE_MS);
  await until(() => expect(received).toHaveLength(1));
});

test('nothing is said to a server elsewhere before TLS, and its certificate is checked', async () => {
  // The same server under a notation that is not known as this machine.
  const elsewhere = mailerTo('[::ffff:127.0.0.1]');
  const mail = { id: 'one', done: 1, failed: 0, attempts: 0 };
  expect(await elsewhere.send(mail, 'clerk@house.example', 'en')).not.toBeNull();
  expect(received).toEqual([]);
  elsewhere.close();
  expect(await mailer.send(mail, 'clerk@house.example', 'en')).toBeNull();
  expect(received).toHaveLength(1);
  const user = { name: 'office', password: 'secret' };
  expect(transportOptions({ server: 'smtps://mail.house.example', user })).toMatchObject({
    ...{ host: 'mail.house.example', port: 465, secure: true, auth: { user: 'office', pass: 'secret' } },
  });
  expect(transportOptions({ server: 'smtp://mail.house.example', user })).toMatchObject({
    ...{ port: 587, secure: false, requireTLS: true, ignoreTLS: false },
  });
  expect(() => transportOptions({ server: 'http://mail.house.example', user })).toThrow(TypeError);
});

test('only addresses of the listed domains may be written to', () => {
  expect(mailer.mayWriteTo('clerk@House.example')).toBe(true);
  expect(mailer.mayWriteTo('clerk@house.example.evil')).toBe(false);
});
