import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { PART_BYTES, UploadRequest } from '../../contract/office-api.ts';
import { openEnvelope } from '../../sealing/envelope.ts';
import { makeOfficeKeys, privateKeyFromPem } from '../../sealing/office-keys.ts';
import { readRecordingContent } from '../../sealing/recording-content.ts';
import { sealRecording } from './seal-recording.ts';

const worker = makeOfficeKeys();
const SECRET = new Uint8Array(randomBytes(32));
const manifest = {
  format: 2,
  name: 'Vista 12.m4a',
  language: 'es',
  recipients: [makeOfficeKeys().publicKey.toString('base64')],
} as const;

it.each([1, 100_000, PART_BYTES - 1000, PART_BYTES + 70_000])(
  'makes parts of %i bytes that the gateway accepts and a worker opens, read once',
  async (sizeBytes) => {
    const file = randomBytes(sizeBytes);
    const id = randomUUID();
    const kept: Uint8Array[] = [];
    const shares: number[] = [];
    const plan = await sealRecording(
      {
        id,
        file: new Blob([new Uint8Array(file)]),
        manifest: { ...manifest, recipients: [...manifest.recipients] },
        recipients: [new Uint8Array(worker.publicKey)],
        fingerprintKey: await crypto.subtle.importKey(
          'raw',
          SECRET,
          { name: 'HMAC', hash: 'SHA-256' },
          false,
          ['sign'],
        ),
      },
      async (number, bytes) => {
        expect(kept.push(bytes)).toBe(number);
      },
      (share) => shares.push(share),
    );
    expect(UploadRequest.parse(plan)).toEqual(plan);
    expect(plan.parts).toEqual(
      kept.map((bytes) => ({
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('base64'),
      })),
    );
    expect(kept.slice(0, -1).every(({ length }) => length === PART_BYTES)).toBe(true);
    // What the other clients of a tenant with this secret would tell of the file.
    const sha256 = createHash('sha256').update(file).digest();
    expect(plan.fingerprint).toBe(createHmac('sha256', SECRET).update(sha256).digest('hex'));
    expect(shares.at(-1)).toBe(1);

    const sealed = new Blob(kept.map((bytes) => new Uint8Array(bytes))).stream();
    const facts = { objectId: id, kind: 'recording' } as const;
    const found = await readRecordingContent(
      openEnvelope(facts, privateKeyFromPem(worker.privateKeyPem), sealed),
    );
    expect(found.manifest).toEqual(manifest);
    expect(Buffer.concat(await Array.fromAsync(found.file)).equals(file)).toBe(true);
  },
);
