import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../contract/errors.ts';
import { encodeAssociatedData } from './associated-data.ts';
import { ChunkCipher, encodeObjectContext } from './object-format.ts';
import { CHUNK_BYTES, chunkCountFor, PREAMBLE_BYTES, sealedSizeFor, TAG_BYTES } from './object-layout.ts';
import { type ByteSource, type ObjectLength, ObjectReader } from './object-reader.ts';

const SMALL_CHUNK = 64;
const key = randomBytes(32);
const context = contextOf('recording-1', 1);

/** Input of an opener: bytes as found on the disk, and what the record says about them. */
interface Found {
  readonly sealed: Buffer;
  readonly length: ObjectLength;
  readonly key: Buffer;
  readonly context: Uint8Array;
  readonly chunkBytes: number;
}
type Opener = (found: Found) => Promise<Buffer>;

function contextOf(recordingId: string, version: number): Uint8Array {
  return encodeObjectContext({ vaultId: 'vault-1', epoch: 1, recordingId, kind: 'part', version });
}

function seal(plain: Buffer, chunkBytes: number, objectKey = key, objectContext = context): Found {
  const cipher = ChunkCipher.forSealing(objectKey, objectContext, chunkBytes);
  const chunkCount = chunkCountFor(plain.length, chunkBytes);
  const parts = [cipher.preamble];
  for (let i = 0; i < chunkCount; i++) {
    parts.push(cipher.seal(i, i === chunkCount - 1, plain.subarray(i * chunkBytes, (i + 1) * chunkBytes)));
  }
  const length = { sizeBytes: plain.length, chunkCount };
  return { sealed: Buffer.concat(parts), length, key: objectKey, context: objectContext, chunkBytes };
}

function memorySource(bytes: Buffer): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  };
}

const productOpener: Opener = async ({ sealed, key, context, length, chunkBytes }) => {
  const reader = await ObjectReader.open(memorySource(sealed), key, context, length, chunkBytes);
  const plain: Buffer[] = [];
  for await (const bytes of reader.stream()) plain.push(bytes);
  await reader.close();
  return Buffer.concat(plain);
};

/** Decrypts like the product but checks no tag, HMAC or length: the control that the gates can fail. */
const uncheckedOpener: Opener = async ({ sealed, key, chunkBytes }) => {
  const salt = sealed.subarray(16, 48);
  const fileKey = new Uint8Array(
    hkdfSync('sha256', key, salt, encodeAssociatedData('voicesync object file'), 64),
  ).subarray(0, 32);
  const body = sealed.subarray(PREAMBLE_BYTES);
  const plain: Buffer[] = [];
  const step = chunkBytes + TAG_BYTES;
  for (let offset = 0, index = 0; offset < body.length; offset += step, index++) {
    const nonce = Buffer.alloc(12);
    sealed.copy(nonce, 0, 48, 55);
    nonce.writeUInt32BE(index, 7);
    nonce.writeUInt8(offset + step >= body.length ? 1 : 0, 11);
    const chunk = body.subarray(offset, offset + step);
    const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce);
    plain.push(decipher.update(chunk.subarray(0, Math.max(0, chunk.length - TAG_BYTES))));
  }
  return Buffer.concat(plain);
};

async function countAccepted(
  cases: Iterable<Found>,
  open: Opener,
): Promise<{ all: number; accepted: number }> {
  let all = 0;
  let accepted = 0;
  for (const found of cases) {
    all += 1;
    try {
      await open(found);
      accepted += 1;
    } catch (error) {
      if (!isAppError(error, 'object.damaged')) throw error;
    }
  }
  return { all, accepted };
}

/** The gate: the product accepts none of the cases, and without its checks all of them are accepted. */
async function expectAllRejected(cases: () => Iterable<Found>, atLeast: number): Promise<void> {
  const product = await countAccepted(cases(), productOpener);
  expect(product.accepted).toBe(0);
  expect(product.all).toBeGreaterThanOrEqual(atLeast);
  const unchecked = await countAccepted(cases(), uncheckedOpener);
  expect(unchecked.accepted).toBe(unchecked.all);
}

/** The same bytes with the record that fits them best, as if the attacker could alter the record too. */
function withFittingRecord(found: Found, sealed: Buffer): Found {
  const body = Math.max(0, sealed.length - PREAMBLE_BYTES);
  const chunkCount = Math.max(1, Math.ceil(body / (found.chunkBytes + TAG_BYTES)));
  const sizeBytes = Math.max(0, body - TAG_BYTES * chunkCount);
  return { ...found, sealed, length: { sizeBytes, chunkCount } };
}

function* both(found: Found, sealed: Buffer): Generator<Found> {
  yield { ...found, sealed };
  yield withFittingRecord(found, sealed);
}

function chunksOf({ sealed, chunkBytes }: Found): Buffer[] {
  const step = chunkBytes + TAG_BYTES;
  const chunks: Buffer[] = [];
  for (let at = PREAMBLE_BYTES; at < sealed.length; at += step) chunks.push(sealed.subarray(at, at + step));
  return chunks;
}

function withChunks(found: Found, chunks: Buffer[]): Buffer {
  return Buffer.concat([found.sealed.subarray(0, PREAMBLE_BYTES), ...chunks]);
}

describe('an untouched object', () => {
  test.each([0, 1, 63, 64, 65, 128, 145, 640, 64 * 17 + 3])('of %i bytes is read back', async (size) => {
    const plain = randomBytes(size);
    const found = seal(plain, SMALL_CHUNK);
    expect(found.sealed.length).toBe(sealedSizeFor(size, SMALL_CHUNK));
    expect(await productOpener(found)).toEqual(plain);
    expect(await uncheckedOpener(found)).toEqual(plain);
  });

  test('any range is the same slice of the plaintext', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 * SMALL_CHUNK }),
        fc.array(fc.tuple(fc.nat(41 * SMALL_CHUNK), fc.nat(41 * SMALL_CHUNK)), { maxLength: 10 }),
        async (size, ranges) => {
          const plain = randomBytes(size);
          const { sealed, length } = seal(plain, SMALL_CHUNK);
          const reader = await ObjectReader.open(memorySource(sealed), key, context, length, SMALL_CHUNK);
          for (const [offset, count] of ranges) {
            expect(await reader.read(offset, count)).toEqual(plain.subarray(offset, offset + count));
          }
        },
      ),
    );
  });

  test('only the chunks that hold the range are read', async () => {
    const { sealed, length } = seal(randomBytes(100 * SMALL_CHUNK), SMALL_CHUNK);
    let bytesRead = 0;
    const source = memorySource(sealed);
    const counting: ByteSource = {
      ...source,
      read: (offset, count) => {
        bytesRead += count;
        return source.read(offset, count);
      },
    };
    const reader = await ObjectReader.open(counting, key, context, length, SMALL_CHUNK);
    bytesRead = 0;
    await reader.read(50 * SMALL_CHUNK - 1, 2);
    expect(bytesRead).toBe(2 * (SMALL_CHUNK + TAG_BYTES));
  });
});

describe('a tampered object is rejected', () => {
  const threeChunks = seal(randomBytes(2 * SMALL_CHUNK + 17), SMALL_CHUNK);
  const fullLast = seal(randomBytes(3 * SMALL_CHUNK), SMALL_CHUNK);
  const single = seal(randomBytes(5), SMALL_CHUNK);
  const empty = seal(Buffer.alloc(0), SMALL_CHUNK);
  const objects = [threeChunks, fullLast, single, empty];

  test('with any bit of it flipped', async () => {
    function* cases(): Generator<Found> {
      for (const found of objects) {
        for (let bit = 0; bit < 8 * found.sealed.length; bit++) {
          const sealed = Buffer.from(found.sealed);
          const at = bit >> 3;
          sealed.writeUInt8(sealed.readUInt8(at) ^ (1 << (bit & 7)), at);
          yield { ...found, sealed };
        }
      }
    }
    await expectAllRejected(cases, 6000);
  });

  test('cut at any length, also when the record is made to fit', async () => {
    function* cases(): Generator<Found> {
      for (const found of objects) {
        for (let length = 48; length < found.sealed.length; length++) {
          yield* both(found, found.sealed.subarray(0, length));
        }
      }
    }
    await expectAllRejected(cases, 1000);
    // Below 48 bytes there is not even a salt: the control has nothing to decrypt, but the product must still refuse.
    for (let length = 0; length < 48; length++) {
      for (const found of both(threeChunks, threeChunks.sealed.subarray(0, length))) {
        await expect(productOpener(found)).rejects.toMatchObject({ code: 'object.damaged' });
      }
    }
  });

  test('with bytes appended', async () => {
    function* cases(): Generator<Found> {
      for (const found of objects) {
        for (let length = 1; length <= 200; length++) {
          yield* both(found, Buffer.concat([found.sealed, Buffer.alloc(length)]));
          yield* both(found, Buffer.concat([found.sealed, randomBytes(length)]));
        }
      }
    }
    await expectAllRejected(cases, 3000);
  });

  test('with chunks swapped, dropped, doubled or put in from elsewhere', async () => {
    const found = seal(randomBytes(6 * SMALL_CHUNK), SMALL_CHUNK);
    // Sealed again with the same key and for the same purpose: only salt and nonce prefix differ.
    const again = chunksOf(seal(randomBytes(6 * SMALL_CHUNK), SMALL_CHUNK));
    const chunks = chunksOf(found);
    function* cases(): Generator<Found> {
      for (let i = 0; i < chunks.length; i++) {
        yield* both(found, withChunks(found, chunks.toSpliced(i, 1)));
        for (let j = 0; j < chunks.length; j++) {
          const [a, b, other] = [chunks[i], chunks[j], again[j]];
          if (a === undefined || b === undefined || other === undefined) throw new Error('six chunks');
          if (i !== j) yield* both(found, withChunks(found, chunks.with(i, b).with(j, a)));
          if (i !== j) yield* both(found, withChunks(found, chunks.with(i, b)));
          yield* both(found, withChunks(found, chunks.toSpliced(i, 0, b)));
          yield* both(found, withChunks(found, chunks.with(i, other)));
        }
      }
    }
    await expectAllRejected(cases, 250);
  });

  test("with another object's file, header, key or identity", async () => {
    const other = seal(randomBytes(2 * SMALL_CHUNK + 17), SMALL_CHUNK, randomBytes(32));
    const twin = seal(randomBytes(2 * SMALL_CHUNK + 17), SMALL_CHUNK);
    function* cases(): Generator<Found> {
      yield { ...threeChunks, sealed: other.sealed };
      yield { ...threeChunks, key: other.key };
      yield { ...threeChunks, context: contextOf('recording-2', 1) };
      yield { ...threeChunks, context: contextOf('recording-1', 2) };
      yield { ...threeChunks, sealed: withChunks(twin, chunksOf(threeChunks)) };
      yield { ...threeChunks, sealed: withChunks(other, chunksOf(threeChunks)) };
    }
    await expectAllRejected(cases, 6);
  });

  test('at the chunk size of vaults: every byte of header and tags, and bytes all over three chunks', async () => {
    const found = seal(randomBytes(2 * CHUNK_BYTES + 1000), CHUNK_BYTES);
    const step = CHUNK_BYTES + TAG_BYTES;
    const inTag = (at: number): boolean => (at - PREAMBLE_BYTES) % step >= CHUNK_BYTES;
    function* cases(): Generator<Found> {
      for (let at = 0; at < found.sealed.length; at++) {
        const chosen =
          at < PREAMBLE_BYTES || inTag(at) || at >= found.sealed.length - TAG_BYTES || at % 61 === 0;
        if (!chosen) continue;
        const sealed = Buffer.from(found.sealed);
        sealed.writeUInt8(sealed.readUInt8(at) ^ 0xff, at);
        yield { ...found, sealed };
      }
    }
    await expectAllRejected(cases, 2000);
  });

  test('with another chunk size than that of vaults', async () => {
    const found = seal(randomBytes(100), SMALL_CHUNK);
    await expect(productOpener({ ...found, chunkBytes: CHUNK_BYTES })).rejects.toMatchObject({
      code: 'object.damaged',
    });
  });
});

test('two objects of the same key and bytes share nothing', () => {
  const plain = randomBytes(1000);
  const [a, b] = [seal(plain, SMALL_CHUNK).sealed, seal(plain, SMALL_CHUNK).sealed];
  expect(a.subarray(16, 55)).not.toEqual(b.subarray(16, 55));
  expect(a.subarray(PREAMBLE_BYTES)).not.toEqual(b.subarray(PREAMBLE_BYTES));
});
