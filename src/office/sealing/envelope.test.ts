import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../core/vault/key-derivation.ts';
import { CHUNK_BYTES, PREAMBLE_BYTES, TAG_BYTES } from '../../core/vault/object-layout.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { type EnvelopeFacts, envelopeSizeFor } from './envelope-layout.ts';
import {
  makeOfficeKeys,
  privateKeyFromBytes,
  privateKeyFromPem,
  rawPublicKey,
  sharedSecret,
} from './office-keys.ts';
import { readRecordingContent, recordingContent } from './recording-content.ts';

const HEADER_BYTES = (recipients: number) => 32 + 124 * recipients;
const worker = makeOfficeKeys();
const workerKey = privateKeyFromPem(worker.privateKeyPem);
const facts: EnvelopeFacts = { objectId: randomUUID(), kind: 'recording' };

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const portions: Uint8Array[] = [];
  for await (const portion of bytes) portions.push(portion);
  return Buffer.concat(portions);
}

async function* inPortions(bytes: Buffer, portionBytes: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += portionBytes) {
    yield bytes.subarray(start, start + portionBytes);
  }
}

const sealed = (plain: Buffer, recipients = [worker.publicKey], of = facts) =>
  all(sealEnvelope(of, recipients, inPortions(plain, 50_000)));
const opened = (bytes: Buffer, key = workerKey, expected = facts) =>
  all(openEnvelope(expected, key, inPortions(bytes, 70_000)));

const hex = (text: string) => Buffer.from(text, 'hex');
/** Keys of RFC 7748, section 6.1. */
const ALICE = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
const BOB = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');

describe('what the envelope is made of', () => {
  it('shares the secret of RFC 7748, section 6.1', () => {
    const [alice, bob] = [privateKeyFromBytes(ALICE), privateKeyFromBytes(BOB)];
    expect(rawPublicKey(alice)).toEqual(
      hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'),
    );
    expect(rawPublicKey(bob)).toEqual(
      hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'),
    );
    const secret = hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
    expect(sharedSecret(alice, rawPublicKey(bob))).toEqual(secret);
    expect(sharedSecret(bob, rawPublicKey(alice))).toEqual(secret);
  });

  it('derives the key of RFC 5869, test case 1', () => {
    const key = deriveKey(
      Buffer.alloc(22, 0x0b),
      hex('000102030405060708090a0b0c'),
      hex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(key).toEqual(
      hex('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'),
    );
  });

  it('shares nothing with a key of small order', () => {
    expect(() => sharedSecret(workerKey, Buffer.alloc(32))).toThrow();
  });
});

/** An envelope of version 1, sealed for Bob when the format was fixed. */
const FIXED = {
  facts: { objectId: '0198c0de-0000-7000-8000-00000000002a', kind: 'result' },
  bytes: Buffer.from(
    'VlNPRkZJQ0UAAAABAgEAAAGYwN4AAHAAgAAAAAAAACrentt9e33BtNNbYcLs5DU3P4NDyFt4Z02t/H4Ub4grT81TGl7U6snbw1FIaw6r0jTlrVbv07kVjBIPRFJxAq5pF0N4HRDebBStH/6mrOSqYf31LO87GFqvy1cz9vnusf4fqmygtMgFWXH9KpIuiXQLpRAz5kih/uq1tkarVlNPQkpFQ1QAAAABAAEAAKFGqIYcDPwo3PRj3BF1xXsvesluHQEsW6QenBdP5/grbiussLU96wAAAAAAAAAAABIFMMZ/9IZfp7O4A6mvuVJW3faUbiEQdqHxnNvsmfZjYQorrvUQMAYskrHD55S8vLAlKsMCIb9hpDf4AHA=',
    'base64',
  ),
} as const;

describe('an envelope', () => {
  it('is read as it was when the format was fixed', async () => {
    expect(await opened(FIXED.bytes, privateKeyFromBytes(BOB), FIXED.facts)).toEqual(
      Buffer.from('what was said'),
    );
  });

  it('gives each recipient what was sealed, of any length, and has the length that is told', async () => {
    const vault = makeOfficeKeys();
    const lengths = fc.oneof(
      fc.nat(200),
      fc.constantFrom(CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES),
    );
    const property = fc.asyncProperty(lengths, async (length) => {
      const plain = randomBytes(length);
      const bytes = await sealed(plain, [worker.publicKey, vault.publicKey]);
      expect(bytes.length).toBe(envelopeSizeFor(length, 2));
      // A few bytes may be there by chance.
      if (length >= 8) expect(bytes.includes(plain.subarray(0, 8))).toBe(false);
      expect(await opened(bytes)).toEqual(plain);
      expect(await opened(bytes, privateKeyFromPem(vault.privateKeyPem))).toEqual(plain);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it('is refused with any byte of it changed', async () => {
    const bytes = await sealed(Buffer.from('a secret'));
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      await expect(opened(changed), `byte ${place}`).rejects.toThrow(/^envelope[.]/);
    }
  });

  it('is refused when it is cut anywhere, or goes on', async () => {
    const bytes = await sealed(randomBytes(2 * CHUNK_BYTES + 10));
    const chunkEnds = [1, 2].map(
      (chunk) => HEADER_BYTES(1) + PREAMBLE_BYTES + chunk * (CHUNK_BYTES + TAG_BYTES),
    );
    const property = fc.asyncProperty(
      fc.oneof(fc.nat(bytes.length - 1), fc.nat(HEADER_BYTES(1) + 200), fc.constantFrom(...chunkEnds)),
      async (length) => {
        const code = length < 32 ? 'envelope.notOne' : 'envelope.damaged';
        await expect(opened(bytes.subarray(0, length))).rejects.toThrow(code);
      },
    );
    await fc.assert(property, { numRuns: 40 });
    await expect(opened(Buffer.concat([bytes, Buffer.alloc(1)]))).rejects.toThrow('envelope.damaged');
  });

  it('is refused with its chunks in another order, or one of them left out', async () => {
    const bytes = await sealed(randomBytes(3 * CHUNK_BYTES));
    const start = HEADER_BYTES(1) + PREAMBLE_BYTES;
    const step = CHUNK_BYTES + TAG_BYTES;
    const [first, second, third] = [0, 1, 2].map((i) =>
      bytes.subarray(start + i * step, start + (i + 1) * step),
    );
    const put = (...chunks: (Buffer | undefined)[]) =>
      Buffer.concat([bytes.subarray(0, start), ...chunks.map((chunk) => chunk ?? Buffer.alloc(0))]);
    expect(await opened(put(first, second, third))).toHaveLength(3 * CHUNK_BYTES);
    await expect(opened(put(second, first, third))).rejects.toThrow('envelope.damaged');
    await expect(opened(put(first, third))).rejects.toThrow('envelope.damaged');
    await expect(opened(put(first, second))).rejects.toThrow('envelope.damaged');
  });

  it('is refused in the place of another object, also under its header', async () => {
    const other: EnvelopeFacts = { objectId: randomUUID(), kind: 'recording' };
    const [bytes, otherBytes] = [
      await sealed(Buffer.from('one')),
      await sealed(Buffer.from('two'), [worker.publicKey], other),
    ];
    await expect(opened(otherBytes)).rejects.toThrow('envelope.otherObject');
    await expect(opened(bytes, workerKey, { ...facts, kind: 'result' })).rejects.toThrow(
      'envelope.otherObject',
    );
    const swapped = (upTo: number) => Buffer.concat([bytes.subarray(0, upTo), otherBytes.subarray(upTo)]);
    await expect(opened(swapped(32))).rejects.toThrow('envelope.damaged');
    await expect(opened(swapped(HEADER_BYTES(1)))).rejects.toThrow('envelope.damaged');
  });

  it('is refused by another key, and tells what else it is not', async () => {
    const bytes = await sealed(Buffer.from('one'));
    const stranger = privateKeyFromPem(makeOfficeKeys().privateKeyPem);
    await expect(opened(bytes, stranger)).rejects.toThrow('envelope.notForThisKey');
    const newer = Buffer.from(bytes);
    newer.writeUInt32BE(2, 8);
    await expect(opened(newer)).rejects.toThrow('envelope.newer');
    await expect(opened(randomBytes(300))).rejects.toThrow('envelope.notOne');
  });
});

describe('what is sealed of a recording', () => {
  const manifest = {
    format: 2 as const,
    name: 'Vista 12.m4a',
    language: 'es' as const,
    recipients: [makeOfficeKeys(), makeOfficeKeys()].map(({ publicKey }) => publicKey.toString('base64')),
  };

  it('is its manifest and the file', async () => {
    const file = randomBytes(100_000);
    const bytes = await all(sealEnvelope(facts, [worker.publicKey], recordingContent(manifest, [file])));
    const content = await readRecordingContent(openEnvelope(facts, workerKey, inPortions(bytes, 9_999)));
    expect(content.manifest).toEqual(manifest);
    expect(await all(content.file)).toEqual(file);
  });

  it('is read in its first format, too', async () => {
    const { format: _, recipients, ...facts } = manifest;
    const json = Buffer.from(JSON.stringify({ format: 1, ...facts, replyTo: recipients[0] }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    const content = await readRecordingContent(inPortions(Buffer.concat([length, json]), 10));
    expect(content.manifest).toEqual({ ...manifest, recipients: recipients.slice(0, 1) });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a manifest that is too long', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['a manifest of another form', Buffer.from('\0\0\0\x02{}')],
  ])('is not %s', async (_, content) => {
    await expect(readRecordingContent(inPortions(content, 10))).rejects.toThrow('envelope.newer');
  });
});
