import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parse as uuidBytes } from 'uuid';
import { encodeAssociatedData } from '../../core/vault/associated-data.ts';
import { deriveKey, randomKey } from '../../core/vault/key-derivation.ts';
import { unwrapKey, WRAPPED_KEY_BYTES, wrapKey } from '../../core/vault/key-wrap.ts';
import { ChunkCipher, sealedSizeFor } from '../../core/vault/object-format.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { rawPublicKey, sharedSecret, X25519_BYTES } from './office-keys.ts';
import { openedChunks, PortionReader, sealedChunks } from './sealed-stream.ts';

/**
 * The office's envelope, version 1: what lies in the store. Must never change; a new one gets a new version.
 *
 *     offset  length
 *          0       8  magic "VSOFFICE"
 *          8       4  version, big endian: 1
 *         12       1  kind: 1 recording, 2 result, 3 window
 *         13       1  number of recipients n, 1 to 16
 *         14       2  zero
 *         16      16  object id: the bytes of its UUID
 *         32   124·n  a recipient each: public key (32) ‖ ephemeral public key (32) ‖ wrapped content key (60)
 *          …       …  a sealed object, as object-format.ts has it, whose key is the content key
 *
 * The content key is 32 random bytes. Wrapping key: HKDF-SHA-256 of X25519(ephemeral, recipient), salt ephemeral ‖ recipient public key,
 * info the fields "voicesync office envelope", version, kind, object id; the wrapped key is as key-wrap.ts has it, bound to
 * the first 32 bytes, the header, which tells without a key which object it says to be. The sealed object's context are the fields "voicesync office content" and all bytes before it.
 */
export const ENVELOPE_HEADER_BYTES = 32;

const MAGIC = Buffer.from('VSOFFICE', 'latin1');
const VERSION = 1;
const KIND_OFFSET = 12;
const COUNT_OFFSET = 13;
const ID_OFFSET = 16;
const RECIPIENT_BYTES = 2 * X25519_BYTES + WRAPPED_KEY_BYTES;
const MOST_RECIPIENTS = 16;
const KINDS = { recording: 1, result: 2, window: 3 } as const;

/** What an envelope holds. */
export type EnvelopeKind = keyof typeof KINDS;

/** Which object an envelope is. It is bound to the content key and to every chunk. */
export interface EnvelopeFacts {
  /** A UUID. */
  readonly objectId: string;
  readonly kind: EnvelopeKind;
}

/** Length of an envelope of so many bytes. */
export function envelopeSizeFor(sizeBytes: number, recipients: number): number {
  return ENVELOPE_HEADER_BYTES + RECIPIENT_BYTES * recipients + sealedSizeFor(sizeBytes);
}

/**
 * Seals bytes for the owners of these public keys (1 to 16, of 32 bytes). The content key is forgotten at the end. Throws
 * what `plain` throws.
 */
export async function* sealEnvelope(
  facts: EnvelopeFacts,
  recipients: readonly Uint8Array[],
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  if (recipients.length < 1 || recipients.length > MOST_RECIPIENTS) {
    throw new RangeError(`an envelope has 1 to ${MOST_RECIPIENTS} recipients`);
  }
  const fixed = fixedHeader(facts, recipients.length);
  const contentKey = randomKey();
  const wraps = recipients.map((publicKey) => wrapFor(publicKey, fixed, facts, contentKey));
  const header = Buffer.concat([fixed, ...wraps]);
  const cipher = ChunkCipher.forSealing(contentKey, contentContext(header));
  contentKey.fill(0);
  try {
    yield header;
    yield* sealedChunks(cipher, plain);
  } finally {
    cipher.forget();
  }
}

/**
 * The bytes in an envelope, chunk by chunk. Every chunk given is authentic and in its place, but that none is missing is known
 * only at the end: whoever acts on the content waits for it. Throws `envelope.notOne`, `envelope.newer`,
 * `envelope.otherObject` where it is not the object that is expected, `envelope.notForThisKey`, and `envelope.damaged`.
 */
export async function* openEnvelope(
  expected: EnvelopeFacts,
  privateKey: KeyObject,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const reader = new PortionReader(sealed);
  try {
    const fixed = await reader.upTo(ENVELOPE_HEADER_BYTES);
    const count = recipientCountIn(fixed, expected);
    const wraps = await reader.upTo(RECIPIENT_BYTES * count);
    if (wraps.length < RECIPIENT_BYTES * count) throw new OfficeError('envelope.damaged');
    const contentKey = unwrapFor(privateKey, fixed, wraps, expected);
    try {
      yield* openedChunks(reader, contentKey, contentContext(Buffer.concat([fixed, wraps])));
    } finally {
      contentKey.fill(0);
    }
  } finally {
    await reader.close();
  }
}

/**
 * Asserts that these first bytes are those of an envelope of this object, which they are free to say: who opens it finds out. Throws
 * `envelope.notOne`, `envelope.newer`, `envelope.otherObject`.
 */
export function assertEnvelopeOf(firstBytes: Buffer, expected: EnvelopeFacts): void {
  recipientCountIn(firstBytes, expected);
}

function fixedHeader(facts: EnvelopeFacts, recipients: number): Buffer {
  const fixed = Buffer.alloc(ENVELOPE_HEADER_BYTES);
  MAGIC.copy(fixed);
  fixed.writeUInt32BE(VERSION, MAGIC.length);
  fixed.writeUInt8(KINDS[facts.kind], KIND_OFFSET);
  fixed.writeUInt8(recipients, COUNT_OFFSET);
  fixed.set(uuidBytes(facts.objectId), ID_OFFSET);
  return fixed;
}

function recipientCountIn(fixed: Buffer, expected: EnvelopeFacts): number {
  if (fixed.length < ENVELOPE_HEADER_BYTES || !fixed.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new OfficeError('envelope.notOne');
  }
  if (fixed.readUInt32BE(MAGIC.length) !== VERSION) throw new OfficeError('envelope.newer');
  const count = fixed.readUInt8(COUNT_OFFSET);
  if (count < 1 || count > MOST_RECIPIENTS) throw new OfficeError('envelope.damaged');
  if (!fixed.equals(fixedHeader(expected, count))) throw new OfficeError('envelope.otherObject');
  return count;
}

function wrapFor(publicKey: Uint8Array, fixed: Buffer, facts: EnvelopeFacts, contentKey: Buffer): Buffer {
  if (publicKey.length !== X25519_BYTES) throw new RangeError('a public key has 32 bytes');
  const ephemeral = generateKeyPairSync('x25519').privateKey;
  const ephemeralPublic = rawPublicKey(ephemeral);
  const wrappingKey = deriveWrappingKey(
    sharedSecret(ephemeral, publicKey),
    ephemeralPublic,
    publicKey,
    facts,
  );
  const wrapped = wrapKey(wrappingKey, fixed, contentKey);
  wrappingKey.fill(0);
  return Buffer.concat([publicKey, ephemeralPublic, wrapped]);
}

function unwrapFor(privateKey: KeyObject, fixed: Buffer, wraps: Buffer, facts: EnvelopeFacts): Buffer {
  const own = rawPublicKey(privateKey);
  for (let start = 0; start < wraps.length; start += RECIPIENT_BYTES) {
    const publicKey = wraps.subarray(start, start + X25519_BYTES);
    if (!publicKey.equals(own)) continue;
    const ephemeralPublic = wraps.subarray(start + X25519_BYTES, start + 2 * X25519_BYTES);
    const wrappingKey = deriveWrappingKey(
      secretWith(privateKey, ephemeralPublic),
      ephemeralPublic,
      own,
      facts,
    );
    const contentKey = unwrapKey(
      wrappingKey,
      fixed,
      wraps.subarray(start + 2 * X25519_BYTES, start + RECIPIENT_BYTES),
    );
    wrappingKey.fill(0);
    if (contentKey === null) throw new OfficeError('envelope.damaged');
    return contentKey;
  }
  throw new OfficeError('envelope.notForThisKey');
}

/** A changed ephemeral key may be one with which nobody shares a secret. */
function secretWith(privateKey: KeyObject, ephemeralPublic: Uint8Array): Buffer {
  try {
    return sharedSecret(privateKey, ephemeralPublic);
  } catch (error) {
    throw new OfficeError('envelope.damaged', { cause: error });
  }
}

/** The key that wraps the content key for one recipient; zeroes the secret that it is made of. */
function deriveWrappingKey(
  secret: Buffer,
  ephemeralPublic: Uint8Array,
  recipient: Uint8Array,
  facts: EnvelopeFacts,
): Buffer {
  const salt = Buffer.concat([ephemeralPublic, recipient]);
  const info = encodeAssociatedData(
    'voicesync office envelope',
    VERSION,
    KINDS[facts.kind],
    uuidBytes(facts.objectId),
  );
  const key = deriveKey(secret, salt, info);
  secret.fill(0);
  return key;
}

function contentContext(header: Buffer): Buffer {
  return encodeAssociatedData('voicesync office content', header);
}
