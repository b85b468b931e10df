import { encodeAssociatedData } from '../../../core/vault/associated-data.ts';
import {
  CHUNK_BYTES,
  chunkCountFor,
  chunkNonce,
  HEADER_BYTES,
  HEADER_RANDOM_BYTES,
  isObjectHeader,
  OBJECT_FILE_PURPOSE,
  objectHeader,
  PREAMBLE_BYTES,
  saltIn,
  TAG_BYTES,
} from '../../../core/vault/object-layout.ts';
import { OfficeError } from '../../contract/office-errors.ts';
import { type Bytes, derivedBytes, gcmKey } from './web-keys.ts';

/** Length of both keys of an object, and of each. */
const KEY_BYTES = 32;

/** Chunks that are read and sealed at a time: WebCrypto works on several side by side. */
const CHUNKS_AT_A_TIME = 16;

interface ObjectKeys {
  readonly hmacKey: CryptoKey;
  readonly contentKey: CryptoKey;
  readonly additionalData: Bytes;
}

/**
 * A sealed object of these bytes (`core/vault/object-layout.ts`), in portions of about a megabyte; `onRead` is told what was read for
 * each. Rejects with what the blob cannot give.
 */
export async function* sealedBlob(
  objectKey: Bytes,
  context: Bytes,
  plain: Blob,
  onRead: (bytes: Bytes) => void,
): AsyncGenerator<Bytes> {
  const header = objectHeader(crypto.getRandomValues(new Uint8Array(HEADER_RANDOM_BYTES)), CHUNK_BYTES);
  const { hmacKey, contentKey, additionalData } = await keysOf(objectKey, header, context, 'encrypt');
  yield joined([header, new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, header))]);
  const chunks = chunkCountFor(plain.size);
  for (let first = 0; first < chunks; first += CHUNKS_AT_A_TIME) {
    const end = Math.min(first + CHUNKS_AT_A_TIME, chunks);
    const bytes = new Uint8Array(await plain.slice(first * CHUNK_BYTES, end * CHUNK_BYTES).arrayBuffer());
    onRead(bytes);
    const sealed = Array.from({ length: end - first }, async (_, place) => {
      const iv = chunkNonce(header, first + place, first + place === chunks - 1);
      const chunk = bytes.subarray(place * CHUNK_BYTES, (place + 1) * CHUNK_BYTES);
      return new Uint8Array(
        await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, contentKey, chunk),
      );
    });
    yield joined(await Promise.all(sealed));
  }
}

/** The bytes in a sealed object, all at once. Throws `envelope.damaged`. */
export async function openedObject(objectKey: Bytes, context: Bytes, sealed: Bytes): Promise<Bytes> {
  const header = sealed.slice(0, HEADER_BYTES);
  if (!isObjectHeader(header, CHUNK_BYTES)) throw new OfficeError('envelope.damaged');
  const { hmacKey, contentKey, additionalData } = await keysOf(objectKey, header, context, 'decrypt');
  const mac = sealed.slice(HEADER_BYTES, PREAMBLE_BYTES);
  if (!(await crypto.subtle.verify('HMAC', hmacKey, mac, header))) throw new OfficeError('envelope.damaged');
  const opened: Bytes[] = [];
  const step = CHUNK_BYTES + TAG_BYTES;
  for (let start = PREAMBLE_BYTES, index = 0; ; start += step, index += 1) {
    const isLast = start + step >= sealed.length;
    const iv = chunkNonce(header, index, isLast);
    try {
      const chunk = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData },
        contentKey,
        sealed.subarray(start, start + step),
      );
      opened.push(new Uint8Array(chunk));
    } catch (error) {
      throw new OfficeError('envelope.damaged', { cause: error });
    }
    if (isLast) return joined(opened);
  }
}

/** Bytes one after the other. */
export function joined(pieces: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

async function keysOf(
  objectKey: Bytes,
  header: Bytes,
  context: Bytes,
  use: 'encrypt' | 'decrypt',
): Promise<ObjectKeys> {
  const info = encodeAssociatedData(OBJECT_FILE_PURPOSE);
  const keys = await derivedBytes(objectKey, new Uint8Array(saltIn(header)), info, 2 * KEY_BYTES);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const hmacUse = use === 'encrypt' ? 'sign' : 'verify';
  return {
    hmacKey: await crypto.subtle.importKey('raw', keys.slice(KEY_BYTES), hmac, false, [hmacUse]),
    contentKey: await gcmKey(keys.slice(0, KEY_BYTES), use),
    additionalData: new Uint8Array(await crypto.subtle.digest('SHA-256', joined([header, context]))),
  };
}
