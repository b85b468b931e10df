/**
 * The format of a sealed object, version 1. Must never change; a new one gets a new version. What is said of it here runs in
 * browsers, too; `object-format.ts` seals and unseals it.
 *
 *     offset  length
 *          0       8  magic "VSOBJECT"
 *          8       4  version, big endian: 1
 *         12       4  plaintext bytes in a full chunk, big endian: 65536
 *         16      32  salt
 *         48       7  nonce prefix
 *         55       9  zero
 *         64      32  HMAC-SHA-256 over the 64 bytes before it: commits to the key
 *         96       …  chunks: AES-256-GCM ciphertext ‖ tag (16)
 *
 * Every chunk but the last is full; the last holds 1 to 65536 bytes, or none in an empty object. A chunk's nonce is
 * prefix (7) ‖ counter (4, big endian) ‖ last flag (1); its additional data is SHA-256(header ‖ context). Encryption
 * and HMAC key are HKDF-SHA-256(object key, salt). After STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as in age,
 * and Tink's AES-GCM-HKDF streaming.
 */
export const CHUNK_BYTES = 64 * 1024;

/** Bytes before the first chunk: the header and its HMAC. */
export const PREAMBLE_BYTES = 96;

/** Bytes that sealing adds to each chunk. */
export const TAG_BYTES = 16;

/** Bytes of the header, which the HMAC follows. */
export const HEADER_BYTES = 64;

/** Random bytes of a header: salt and nonce prefix. */
export const HEADER_RANDOM_BYTES = 39;

/** What keys are derived for from an object's key, as the fields of the info. */
export const OBJECT_FILE_PURPOSE = 'voicesync object file';

const MAGIC = new TextEncoder().encode('VSOBJECT');
const VERSION = 1;
const SALT_OFFSET = 16;
const SALT_BYTES = 32;
const PREFIX_OFFSET = 48;
const PREFIX_BYTES = 7;
const NONCE_BYTES = 12;
const MAX_CHUNKS = 2 ** 32;

/** The header of an object with this salt and nonce prefix: `HEADER_RANDOM_BYTES` random bytes. */
export function objectHeader(random: Uint8Array, chunkBytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(MAGIC);
  const view = new DataView(header.buffer);
  view.setUint32(MAGIC.length, VERSION);
  view.setUint32(MAGIC.length + 4, chunkBytes);
  header.set(random, SALT_OFFSET);
  return header;
}

/** Whether these bytes are the header of an object with chunks of this size. */
export function isObjectHeader(header: Uint8Array, chunkBytes: number): boolean {
  if (header.length !== HEADER_BYTES) return false;
  const wanted = objectHeader(new Uint8Array(HEADER_RANDOM_BYTES), chunkBytes);
  return header.subarray(0, SALT_OFFSET).every((byte, place) => byte === wanted[place]);
}

/** The salt in a header. */
export function saltIn(header: Uint8Array): Uint8Array {
  return header.subarray(SALT_OFFSET, SALT_OFFSET + SALT_BYTES);
}

/** The nonce of a chunk of the object with this header. Throws a RangeError past the last that an object can have. */
export function chunkNonce(header: Uint8Array, index: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  if (index >= MAX_CHUNKS) throw new RangeError('an object has at most 2^32 chunks');
  const nonce = new Uint8Array(NONCE_BYTES);
  nonce.set(header.subarray(PREFIX_OFFSET, PREFIX_OFFSET + PREFIX_BYTES));
  new DataView(nonce.buffer).setUint32(PREFIX_BYTES, index);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}

/** The number of chunks of an object of this many plaintext bytes; an empty one has one. */
export function chunkCountFor(sizeBytes: number, chunkBytes = CHUNK_BYTES): number {
  return Math.max(1, Math.ceil(sizeBytes / chunkBytes));
}

/** Length of the sealed file of an object of this many plaintext bytes. */
export function sealedSizeFor(sizeBytes: number, chunkBytes = CHUNK_BYTES): number {
  return PREAMBLE_BYTES + sizeBytes + TAG_BYTES * chunkCountFor(sizeBytes, chunkBytes);
}
