import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { encodeAssociatedData } from './associated-data.ts';
import { deriveKey, KEY_BYTES } from './key-derivation.ts';

/**
 * The format of a sealed object, version 1. Must never change; a new one gets a new version.
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

const MAGIC = Buffer.from('VSOBJECT', 'latin1');
const VERSION = 1;
const HEADER_BYTES = 64;
const SALT_OFFSET = 16;
const SALT_BYTES = 32;
const PREFIX_OFFSET = 48;
const PREFIX_BYTES = 7;
const MAX_CHUNKS = 2 ** 32;

/** What an object is in its vault. It is bound to the object's key and to every chunk of it. */
export interface ObjectContext {
  readonly vaultId: string;
  readonly epoch: number;
  readonly recordingId: string;
  readonly kind: string;
  readonly version: number;
}

/** An object's context as bytes, for additional data. */
export function encodeObjectContext(context: ObjectContext): Buffer {
  return encodeAssociatedData(
    'voicesync object',
    context.vaultId,
    context.epoch,
    context.recordingId,
    context.kind,
    context.version,
  );
}

/** The number of chunks of an object of this many plaintext bytes; an empty one has one. */
export function chunkCountFor(sizeBytes: number, chunkBytes = CHUNK_BYTES): number {
  return Math.max(1, Math.ceil(sizeBytes / chunkBytes));
}

/** Length of the sealed file of an object of this many plaintext bytes. */
export function sealedSizeFor(sizeBytes: number, chunkBytes = CHUNK_BYTES): number {
  return PREAMBLE_BYTES + sizeBytes + TAG_BYTES * chunkCountFor(sizeBytes, chunkBytes);
}

/**
 * Seals and unseals the chunks of one object. Pure: bytes, not files. Another chunk size than `CHUNK_BYTES` is for
 * tests; vaults use no other, and no other is accepted.
 */
export class ChunkCipher {
  /** Header and HMAC, the first bytes of the sealed file. */
  readonly preamble: Buffer;
  readonly #key: Buffer;
  readonly #additionalData: Buffer;

  private constructor(header: Buffer, objectKey: Uint8Array, context: Uint8Array) {
    const salt = header.subarray(SALT_OFFSET, SALT_OFFSET + SALT_BYTES);
    const keys = deriveKey(objectKey, salt, encodeAssociatedData('voicesync object file'), 2 * KEY_BYTES);
    this.#key = keys.subarray(0, KEY_BYTES);
    const hmacKey = keys.subarray(KEY_BYTES);
    this.preamble = Buffer.concat([header, createHmac('sha256', hmacKey).update(header).digest()]);
    hmacKey.fill(0);
    this.#additionalData = createHash('sha256').update(header).update(context).digest();
  }

  /** Starts a new object, with a fresh salt and nonce prefix. */
  static forSealing(objectKey: Uint8Array, context: Uint8Array, chunkBytes = CHUNK_BYTES): ChunkCipher {
    const header = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(header);
    header.writeUInt32BE(VERSION, MAGIC.length);
    header.writeUInt32BE(chunkBytes, MAGIC.length + 4);
    randomBytes(SALT_BYTES + PREFIX_BYTES).copy(header, SALT_OFFSET);
    return new ChunkCipher(header, objectKey, context);
  }

  /** Starts to read an object from its first 96 bytes; throws `object.damaged` unless they were made with this key. */
  static forUnsealing(
    preamble: Uint8Array,
    objectKey: Uint8Array,
    context: Uint8Array,
    chunkBytes = CHUNK_BYTES,
  ): ChunkCipher {
    if (preamble.length !== PREAMBLE_BYTES) throw damaged();
    const header = Buffer.from(preamble.subarray(0, HEADER_BYTES));
    const known =
      header.subarray(0, MAGIC.length).equals(MAGIC) &&
      header.readUInt32BE(MAGIC.length) === VERSION &&
      header.readUInt32BE(MAGIC.length + 4) === chunkBytes;
    if (!known) throw damaged();
    const cipher = new ChunkCipher(header, objectKey, context);
    if (!timingSafeEqual(cipher.preamble, preamble)) throw damaged();
    return cipher;
  }

  /** Seals chunk `index`: its ciphertext and tag. A chunk must be sealed once only. */
  seal(index: number, isLast: boolean, plain: Uint8Array): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, this.#nonce(index, isLast), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(this.#additionalData);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** Unseals chunk `index`; throws `object.damaged` unless it is that chunk, whole and unaltered. */
  unseal(index: number, isLast: boolean, sealed: Uint8Array): Buffer {
    if (sealed.length < TAG_BYTES) throw damaged();
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, this.#nonce(index, isLast), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.#additionalData);
    decipher.setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(0, end));
    try {
      decipher.final();
    } catch (error) {
      plain.fill(0);
      throw damaged(error);
    }
    return plain;
  }

  /** Zeroes the key; the cipher is unusable afterwards. */
  forget(): void {
    this.#key.fill(0);
  }

  #nonce(index: number, isLast: boolean): Buffer {
    if (index >= MAX_CHUNKS) throw new RangeError('an object has at most 2^32 chunks');
    const nonce = Buffer.alloc(PREFIX_BYTES + 5);
    this.preamble.copy(nonce, 0, PREFIX_OFFSET, PREFIX_OFFSET + PREFIX_BYTES);
    nonce.writeUInt32BE(index, PREFIX_BYTES);
    nonce.writeUInt8(isLast ? 1 : 0, PREFIX_BYTES + 4);
    return nonce;
  }
}

function damaged(cause?: unknown): AppError<'object.damaged'> {
  return new AppError('object.damaged', {}, { cause });
}
