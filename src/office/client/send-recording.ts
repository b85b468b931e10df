import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as newId } from 'uuid';
import { isFinal } from '../../contract/job-states.ts';
import { ENVELOPE_TYPE, type OfficeJobView, PART_BYTES, UploadRequest } from '../contract/office-api.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { openEnvelope, sealEnvelope } from '../sealing/envelope.ts';
import { type OfficeKeys, recordingRecipients, resultRecipients } from '../sealing/key-fingerprint.ts';
import { recordingContent } from '../sealing/recording-content.ts';
import type { RecordingManifest } from '../sealing/recording-manifest.ts';
import { partsOf, sha256Base64 } from '../store/upload-parts.ts';
import type { OfficeClient } from './office-client.ts';
import { putParts } from './put-parts.ts';

/** How a client seals what it sends. */
export interface SendingOptions {
  /** The public keys of the workers and of the tenant's vault, compared with what is known. */
  readonly keys: OfficeKeys;
  /** The client's own public key: the result is sealed for it, too. */
  readonly replyTo: Uint8Array;
  /** Known to the tenant's clients alone: under it the office sees that a file is the same, and nothing else. 32 bytes or more. */
  readonly tenantSecret: Uint8Array;
  readonly language: RecordingManifest['language'];
  /** Where sealed recordings lie until the store has them: an interrupted upload goes on from here. */
  readonly outbox: string;
}

/**
 * Seals a recording and puts it into the office's store, part by part; what an earlier call could not finish goes on. Returns the
 * job's id, that of an earlier one if the same file was sent before. Throws the errors of the disk and of the office.
 */
export async function sendRecording(
  client: OfficeClient,
  file: string,
  options: SendingOptions,
): Promise<string> {
  const fingerprint = await fingerprintOf(file, options.tenantSecret);
  await mkdir(options.outbox, { recursive: true, mode: 0o700 });
  const place = join(options.outbox, fingerprint);
  const plan = (await plannedIn(place)) ?? (await seal(file, fingerprint, place, options));
  try {
    const jobId = await upload(client, plan, `${place}.sealed`);
    await forget(place);
    return jobId;
  } catch (error) {
    // Nothing to go on with: the next call seals anew.
    if (isOfficeError(error, 'upload.gone', 'upload.notFound', 'upload.idTaken')) await forget(place);
    throw error;
  }
}

/** The HMAC-SHA-256 of a file's SHA-256 under a secret, in hex. */
export async function fingerprintOf(file: string, secret: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return createHmac('sha256', secret).update(hash.digest()).digest('hex');
}

/** Asks for a job until it has ended: every so many milliseconds. */
export async function waitForJob(
  client: OfficeClient,
  jobId: string,
  everyMs = 2000,
): Promise<OfficeJobView> {
  for (;;) {
    const job = await client.job(jobId);
    if (isFinal(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** The opened result of a job, whole. Throws `result.notYet`, `object.gone`, and what an envelope does. */
export async function fetchResult(
  client: Pick<OfficeClient, 'result'>,
  jobId: string,
  privateKey: KeyObject,
): Promise<Buffer> {
  const sealed = await client.result(jobId);
  return Buffer.concat(
    await Readable.from(openEnvelope({ objectId: jobId, kind: 'result' }, privateKey, sealed)).toArray(),
  );
}

/** What an earlier call has sealed; null if it did not get so far. */
async function plannedIn(place: string): Promise<UploadRequest | null> {
  try {
    return UploadRequest.parse(JSON.parse(await readFile(`${place}.json`, 'utf8')));
  } catch {
    return null;
  }
}

/** Seals into the outbox. Its plan appears when the sealed file is whole; no key is kept. */
async function seal(
  file: string,
  fingerprint: string,
  place: string,
  options: SendingOptions,
): Promise<UploadRequest> {
  const id = newId();
  const manifest: RecordingManifest = {
    format: 2,
    name: basename(file),
    language: options.language,
    recipients: resultRecipients(options.replyTo, options.keys).map((key) =>
      Buffer.from(key).toString('base64'),
    ),
  };
  const content = recordingContent(manifest, createReadStream(file));
  const parts: UploadRequest['parts'] = [];
  const sealed = partsOf(
    sealEnvelope({ objectId: id, kind: 'recording' }, recordingRecipients(options.keys), content),
  );
  await pipeline(
    async function* () {
      for await (const { bytes } of sealed) {
        parts.push({ sizeBytes: bytes.length, sha256: sha256Base64(bytes) });
        yield bytes;
      }
    },
    createWriteStream(`${place}.sealed`, { mode: 0o600, flush: true }),
  );
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const plan: UploadRequest = { id, fingerprint, type: ENVELOPE_TYPE, sizeBytes, parts };
  await writeFile(`${place}.part`, JSON.stringify(plan), { mode: 0o600, flush: true });
  await rename(`${place}.part`, `${place}.json`);
  return plan;
}

async function upload(client: OfficeClient, plan: UploadRequest, sealedFile: string): Promise<string> {
  await using file = await open(sealedFile);
  const { size } = await file.stat();
  return await putParts(client, plan, async (number) => {
    const start = (number - 1) * PART_BYTES;
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(PART_BYTES, size - start)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  });
}

async function forget(place: string): Promise<void> {
  await rm(`${place}.json`, { force: true });
  await rm(`${place}.sealed`, { force: true });
}
