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
import {
  CHUNK_BYTES,
  chunkNonce,
  HEADER_BYTES,
  HEADER_RANDOM_BYTES,
  isObjectHeader,
  OBJECT_FILE_PURPOSE,
  objectHeader,
  PREAMBLE_BYTES,
  saltIn,
  TAG_BYTES,
} from './object-layout.ts';

/** What an object is in its vault. It is bound to the object's key and to every chunk of it. */
export interface ObjectContext {
  readonly vaultId: string;
  readonly epoch: number;
  readonly recordingId: string;
  readonly kind: string;
  readonly version: number;
}

/** An object's context as bytes, for additional data. */
export function encodeObjectContext(context: ObjectContext): Uint8Array {
  return encodeAssociatedData(
    'voicesync object',
    context.vaultId,
    context.epoch,
    context.recordingId,
    context.kind,
    context.version,
  );
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

  private constructor(header: Uint8Array, objectKey: Uint8Array, context: Uint8Array) {
    const purpose = encodeAssociatedData(OBJECT_FILE_PURPOSE);
    const keys = deriveKey(objectKey, saltIn(header), purpose, 2 * KEY_BYTES);
    this.#key = keys.subarray(0, KEY_BYTES);
    const hmacKey = keys.subarray(KEY_BYTES);
    this.preamble = Buffer.concat([header, createHmac('sha256', hmacKey).update(header).digest()]);
    hmacKey.fill(0);
    this.#additionalData = createHash('sha256').update(header).update(context).digest();
  }

  /** Starts a new object, with a fresh salt and nonce prefix. */
  static forSealing(objectKey: Uint8Array, context: Uint8Array, chunkBytes = CHUNK_BYTES): ChunkCipher {
    const header = objectHeader(randomBytes(HEADER_RANDOM_BYTES), chunkBytes);
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
    if (!isObjectHeader(header, chunkBytes)) throw damaged();
    const cipher = new ChunkCipher(header, objectKey, context);
    if (!timingSafeEqual(cipher.preamble, preamble)) throw damaged();
    return cipher;
  }

  /** Seals chunk `index`: its ciphertext and tag. A chunk must be sealed once only. */
  seal(index: number, isLast: boolean, plain: Uint8Array): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, chunkNonce(this.preamble, index, isLast), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(this.#additionalData);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** Unseals chunk `index`; throws `object.damaged` unless it is that chunk, whole and unaltered. */
  unseal(index: number, isLast: boolean, sealed: Uint8Array): Buffer {
    if (sealed.length < TAG_BYTES) throw damaged();
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, chunkNonce(this.preamble, index, isLast), {
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
}

function damaged(cause?: unknown): AppError<'object.damaged'> {
  return new AppError('object.damaged', {}, { cause });
}
