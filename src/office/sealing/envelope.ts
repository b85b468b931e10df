import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { deriveKey, randomKey } from '../../core/vault/key-derivation.ts';
import { unwrapKey, wrapKey } from '../../core/vault/key-wrap.ts';
import { ChunkCipher } from '../../core/vault/object-format.ts';
import { OfficeError } from '../contract/office-errors.ts';
import {
  contentContext,
  ENVELOPE_HEADER_BYTES,
  type EnvelopeFacts,
  entryFor,
  envelopeHeader,
  RECIPIENT_BYTES,
  recipientCountIn,
  wrappingInfo,
  X25519_BYTES,
} from './envelope-layout.ts';
import { rawPublicKey, sharedSecret } from './office-keys.ts';
import { openedChunks, PortionReader, sealedChunks } from './sealed-stream.ts';

/**
 * Seals bytes for the owners of these public keys (1 to 16, of 32 bytes). The content key is forgotten at the end. Throws
 * what `plain` throws.
 */
export async function* sealEnvelope(
  facts: EnvelopeFacts,
  recipients: readonly Uint8Array[],
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const fixed = envelopeHeader(facts, recipients.length);
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

function wrapFor(publicKey: Uint8Array, fixed: Uint8Array, facts: EnvelopeFacts, contentKey: Buffer): Buffer {
  if (publicKey.length !== X25519_BYTES) throw new RangeError('a public key has 32 bytes');
  const ephemeral = generateKeyPairSync('x25519').privateKey;
  const ephemeralPublic = rawPublicKey(ephemeral);
  const secret = sharedSecret(ephemeral, publicKey);
  const wrappingKey = wrappingKeyOf(secret, ephemeralPublic, publicKey, facts);
  const wrapped = wrapKey(wrappingKey, fixed, contentKey);
  wrappingKey.fill(0);
  return Buffer.concat([publicKey, ephemeralPublic, wrapped]);
}

function unwrapFor(privateKey: KeyObject, fixed: Buffer, wraps: Buffer, facts: EnvelopeFacts): Buffer {
  const { publicKey, ephemeralPublic, wrapped } = entryFor(rawPublicKey(privateKey), wraps);
  const secret = secretWith(privateKey, ephemeralPublic);
  const wrappingKey = wrappingKeyOf(secret, ephemeralPublic, publicKey, facts);
  const contentKey = unwrapKey(wrappingKey, fixed, wrapped);
  wrappingKey.fill(0);
  if (contentKey === null) throw new OfficeError('envelope.damaged');
  return contentKey;
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
function wrappingKeyOf(
  secret: Buffer,
  ephemeralPublic: Uint8Array,
  recipient: Uint8Array,
  facts: EnvelopeFacts,
): Buffer {
  const key = deriveKey(secret, Buffer.concat([ephemeralPublic, recipient]), wrappingInfo(facts));
  secret.fill(0);
  return key;
}
