import { OfficeError } from '../../contract/office-errors.ts';
import {
  contentContext,
  ENVELOPE_HEADER_BYTES,
  type EnvelopeFacts,
  entryFor,
  envelopeHeader,
  RECIPIENT_BYTES,
  recipientCountIn,
  WRAP_NONCE_BYTES,
  wrappingInfo,
} from '../../sealing/envelope-layout.ts';
import { joined, openedObject, sealedBlob } from './web-chunks.ts';
import { type Bytes, derivedBytes, gcmKey, makeWebKeys, sharedBits, type WebKeys } from './web-keys.ts';

const KEY_BYTES = 32;

/**
 * Seals the bytes of a blob, which is read portion by portion, for the owners of these public keys, as `sealing/envelope.ts` does in
 * Node: what one seals the other opens. `onRead` is told what was read, in its order. Rejects with what the blob cannot give.
 */
export async function* sealBlob(
  facts: EnvelopeFacts,
  recipients: readonly Bytes[],
  plain: Blob,
  onRead: (bytes: Bytes) => void = () => undefined,
): AsyncGenerator<Bytes> {
  const fixed = envelopeHeader(facts, recipients.length);
  const contentKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const entries: Bytes[] = [];
  for (const publicKey of recipients) entries.push(await entryOf(publicKey, fixed, facts, contentKey));
  const header = joined([fixed, ...entries]);
  yield header;
  yield* sealedBlob(contentKey, contentContext(header), plain, onRead);
}

/**
 * The bytes in an envelope, all at once. Throws `envelope.notOne`, `envelope.newer`, `envelope.otherObject`,
 * `envelope.notForThisKey`, `envelope.damaged`.
 */
export async function openBytes(expected: EnvelopeFacts, keys: WebKeys, sealed: Bytes): Promise<Bytes> {
  const count = recipientCountIn(sealed, expected);
  const end = ENVELOPE_HEADER_BYTES + RECIPIENT_BYTES * count;
  if (sealed.length < end) throw new OfficeError('envelope.damaged');
  const entry = entryFor(keys.publicKey, sealed.subarray(ENVELOPE_HEADER_BYTES, end));
  const contentKey = await unwrapped(keys, entry, sealed.slice(0, ENVELOPE_HEADER_BYTES), expected);
  return await openedObject(contentKey, contentContext(sealed.subarray(0, end)), sealed.slice(end));
}

async function entryOf(
  publicKey: Bytes,
  fixed: Bytes,
  facts: EnvelopeFacts,
  contentKey: Bytes,
): Promise<Bytes> {
  const ephemeral = await makeWebKeys();
  const secret = await sharedBits(ephemeral.privateKey, publicKey);
  const key = await wrappingKey(secret, ephemeral.publicKey, publicKey, facts, 'encrypt');
  const iv = crypto.getRandomValues(new Uint8Array(WRAP_NONCE_BYTES));
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: fixed },
    key,
    contentKey,
  );
  return joined([publicKey, ephemeral.publicKey, iv, new Uint8Array(wrapped)]);
}

async function unwrapped(
  keys: WebKeys,
  { publicKey, ephemeralPublic, wrapped }: ReturnType<typeof entryFor>,
  fixed: Bytes,
  facts: EnvelopeFacts,
): Promise<Bytes> {
  try {
    const secret = await sharedBits(keys.privateKey, ephemeralPublic);
    const key = await wrappingKey(secret, ephemeralPublic, publicKey, facts, 'decrypt');
    const iv = wrapped.slice(0, WRAP_NONCE_BYTES);
    const parameters = { name: 'AES-GCM', iv, additionalData: fixed };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, wrapped.subarray(WRAP_NONCE_BYTES)));
  } catch (error) {
    throw new OfficeError('envelope.damaged', { cause: error });
  }
}

async function wrappingKey(
  secret: Bytes,
  ephemeralPublic: Bytes,
  recipient: Bytes,
  facts: EnvelopeFacts,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const salt = joined([ephemeralPublic, recipient]);
  return await gcmKey(await derivedBytes(secret, salt, wrappingInfo(facts), KEY_BYTES), use);
}
