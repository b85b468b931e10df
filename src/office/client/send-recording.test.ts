import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENVELOPE_TYPE, PART_BYTES } from '../contract/office-api.ts';
import { gatewayOfTest } from '../gateway/testing/gateway-fixture.ts';
import { openEnvelope, sealEnvelope } from '../sealing/envelope.ts';
import { makeOfficeKeys, privateKeyFromPem } from '../sealing/office-keys.ts';
import { readRecordingContent } from '../sealing/recording-content.ts';
import { recordingKey, resultKey } from '../store/object-keys.ts';

import { OfficeClient } from './office-client.ts';
import { fetchResult, type SendingOptions, sendRecording, waitForJob } from './send-recording.ts';

/** Words that nobody but worker and client may read. */
const PLANTED = 'the witness called Marisol';
const worker = makeOfficeKeys();
const own = makeOfficeKeys();
const vault = makeOfficeKeys();
let office: Awaited<ReturnType<typeof gatewayOfTest>>;
let folder: string;
let client: OfficeClient;
let options: SendingOptions;

beforeAll(async () => {
  office = await gatewayOfTest();
  folder = await mkdtemp(join(tmpdir(), 'office-client-'));
  const gateway = await office.app.listen({ host: '127.0.0.1', port: 0 });
  client = new OfficeClient({ gateway, token: office.tokenFor(office.tenants.own) }, [10, 20, 40, 80]);
  options = {
    keys: { workers: [worker.publicKey], vault: vault.publicKey },
    replyTo: own.publicKey,
    tenantSecret: randomBytes(32),
    language: 'es',
    outbox: join(folder, 'outbox'),
  };
});
afterAll(async () => {
  await office.close();
  await rm(folder, { recursive: true });
});

async function recording(name: string, sizeBytes: number): Promise<{ file: string; bytes: Buffer }> {
  const bytes = Buffer.concat([Buffer.from(PLANTED), randomBytes(sizeBytes)]);
  const file = join(folder, name);
  await writeFile(file, bytes);
  return { file, bytes };
}

/** What a worker, or the tenant's vault, finds in the store. */
async function received(jobId: string, reader = worker) {
  const sealed = await office.store.get(recordingKey(office.tenants.own, jobId));
  const opened = openEnvelope(
    { objectId: jobId, kind: 'recording' },
    privateKeyFromPem(reader.privateKeyPem),
    sealed,
  );
  const { manifest, file } = await readRecordingContent(opened);
  const portions: Uint8Array[] = [];
  for await (const portion of file) portions.push(portion);
  return { manifest, bytes: Buffer.concat(portions) };
}

it('sends a recording that only the worker can read, and reads the result that only it can', async () => {
  const { file, bytes } = await recording('Marisol 3.m4a', 100_000);
  const jobId = await sendRecording(client, file, options);
  const found = await received(jobId);
  expect(found.manifest).toEqual({
    format: 2,
    name: 'Marisol 3.m4a',
    language: 'es',
    recipients: [own, vault].map(({ publicKey }) => publicKey.toString('base64')),
  });
  expect(found.bytes.equals(bytes)).toBe(true);
  expect(await readdir(options.outbox)).toEqual([]);

  const text = Buffer.from(`{"text":"${PLANTED}"}`);
  const recipients = found.manifest.recipients.map((key) => Buffer.from(key, 'base64'));
  const result = sealEnvelope({ objectId: jobId, kind: 'result' }, recipients, [text]);
  await office.store.put(resultKey(office.tenants.own, jobId), ENVELOPE_TYPE, result);
  setTimeout(() => office.end(jobId, 'done'), 50);
  expect((await waitForJob(client, jobId, 20)).state).toBe('done');
  // The tenant's vault opens both without the client's key pair.
  for (const { privateKeyPem } of [own, vault]) {
    expect(await fetchResult(client, jobId, privateKeyFromPem(privateKeyPem))).toEqual(text);
  }
  expect((await received(jobId, vault)).bytes.equals(bytes)).toBe(true);

  const stored = (await readdir(office.server.folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  );
  expect(stored.length).toBeGreaterThan(2);
  for (const { parentPath, name } of stored) {
    expect((await readFile(join(parentPath, name))).includes('Marisol')).toBe(false);
    expect(name).not.toContain('Marisol');
  }
});

it('goes on with an interrupted upload, and sends no part twice', async () => {
  const { file, bytes } = await recording('long.wav', 2 * PART_BYTES + 1000);
  const before = office.server.partRequests;
  const cut = new OfficeClient({ gateway: 'http://127.0.0.1:9', token: 'none' }, []);
  await expect(sendRecording(cut, file, options)).rejects.toThrow('gateway.unavailable');
  // One part arrives, then the connection is lost.
  const [plan = ''] = (await readdir(options.outbox)).filter((name) => name.endsWith('.json'));
  const request = JSON.parse(await readFile(join(options.outbox, plan), 'utf8'));
  const begun = await client.beginUpload(request);
  if (begun.state !== 'open' || begun.requests[1] === undefined) throw new Error('nothing is to be uploaded');
  const sealed = await readFile(join(options.outbox, plan.replace('.json', '.sealed')));
  expect(await client.putPart(begun.requests[1], sealed.subarray(PART_BYTES, 2 * PART_BYTES))).toBe(true);
  expect(sealed.includes('Marisol')).toBe(false);

  const jobId = await sendRecording(client, file, options);
  expect(jobId).toBe(request.id);
  expect(office.server.partRequests - before).toBe(3);
  expect((await received(jobId)).bytes.equals(bytes)).toBe(true);
  // The same file under another name is the same job.
  const copy = join(folder, 'copy.wav');
  await writeFile(copy, bytes);
  expect(await sendRecording(client, copy, options)).toBe(jobId);
});

it('waits for a store that refuses for a while', async () => {
  const { file, bytes } = await recording('patience.wav', 5000);
  const sending = sendRecording(client, file, options);
  office.server.refuse(2);
  const jobId = await sending;
  expect((await received(jobId)).bytes.equals(bytes)).toBe(true);
});

it('seals anew what the office has given up', async () => {
  const { file, bytes } = await recording('late.wav', 5000);
  const cut = new OfficeClient({ gateway: 'http://127.0.0.1:9', token: 'none' }, []);
  await expect(sendRecording(cut, file, options)).rejects.toThrow('gateway.unavailable');
  const [plan = ''] = (await readdir(options.outbox)).filter((name) => name.endsWith('.json'));
  const request = JSON.parse(await readFile(join(options.outbox, plan), 'utf8'));
  await client.beginUpload(request);
  const upload = office.uploads.get(office.tenants.own, request.id);
  const key = recordingKey(office.tenants.own, request.id);
  await office.store.abortUpload({ key, uploadId: upload?.storeUploadId ?? '' });
  await expect(sendRecording(client, file, options)).rejects.toThrow('upload.gone');
  const jobId = await sendRecording(client, file, options);
  expect(jobId).not.toBe(request.id);
  expect((await received(jobId)).bytes.equals(bytes)).toBe(true);
});
