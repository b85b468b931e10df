import { AppError } from '../../contract/errors.ts';
import { ChunkCipher } from './object-format.ts';
import { CHUNK_BYTES, chunkCountFor, PREAMBLE_BYTES, sealedSizeFor, TAG_BYTES } from './object-layout.ts';

/** Chunks that are read from the source and unsealed at a time. */
const CHUNKS_PER_READ = 16;

/** Bytes at rest that can be read anywhere: a sealed file, or a buffer in a test. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Reads exactly `length` bytes, or fewer only at the end of the source. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Length of an object according to its record. */
export interface ObjectLength {
  /** Plaintext bytes. */
  readonly sizeBytes: number;
  readonly chunkCount: number;
}

/**
 * Random access to the plaintext of a sealed object. Only the chunks that hold the requested range are read and
 * unsealed. Every method throws `object.damaged` if the object is not what was sealed, and `vault.sealed` after
 * `close`.
 */
export class ObjectReader {
  /** Plaintext bytes. */
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #cipher: ChunkCipher;
  readonly #chunkBytes: number;
  readonly #chunkCount: number;
  #closed = false;
  #onClose: () => void = () => {};

  private constructor(source: ByteSource, cipher: ChunkCipher, length: ObjectLength, chunkBytes: number) {
    this.#source = source;
    this.#cipher = cipher;
    this.#chunkBytes = chunkBytes;
    this.#chunkCount = length.chunkCount;
    this.sizeBytes = length.sizeBytes;
  }

  /**
   * Opens an object and takes ownership of its source. Checks the length against the record, the header, the key's HMAC
   * and the last chunk, so that a truncated object is not taken for a shorter one. `chunkBytes` is for tests.
   */
  static async open(
    source: ByteSource,
    objectKey: Uint8Array,
    context: Uint8Array,
    length: ObjectLength,
    chunkBytes = CHUNK_BYTES,
  ): Promise<ObjectReader> {
    const consistent =
      length.chunkCount === chunkCountFor(length.sizeBytes, chunkBytes) &&
      source.sizeBytes === sealedSizeFor(length.sizeBytes, chunkBytes);
    if (!consistent) throw new AppError('object.damaged', {});
    const preamble = await source.read(0, PREAMBLE_BYTES);
    const cipher = ChunkCipher.forUnsealing(preamble, objectKey, context, chunkBytes);
    const reader = new ObjectReader(source, cipher, length, chunkBytes);
    try {
      await reader.#readChunks(length.chunkCount - 1, 1);
    } catch (error) {
      cipher.forget();
      throw error;
    }
    return reader;
  }

  /** Sets the listener called once, when the reader is closed. */
  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  /** Reads `length` bytes from `offset`; fewer, or none, if the object ends before that. */
  async read(offset: number, length: number): Promise<Buffer> {
    const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!valid) throw new RangeError('offset and length must be whole and not negative');
    const end = Math.min(offset + length, this.sizeBytes);
    if (offset >= end) {
      this.#assertOpen();
      return Buffer.alloc(0);
    }
    const first = Math.floor(offset / this.#chunkBytes);
    const afterLast = Math.ceil(end / this.#chunkBytes);
    const plain: Buffer[] = [];
    for (let index = first; index < afterLast; index += CHUNKS_PER_READ) {
      plain.push(await this.#readChunks(index, Math.min(CHUNKS_PER_READ, afterLast - index)));
    }
    const start = first * this.#chunkBytes;
    const whole = plain.length === 1 && plain[0] !== undefined ? plain[0] : Buffer.concat(plain);
    return whole.subarray(offset - start, end - start);
  }

  /** The whole plaintext in order, about 1 MiB at a time. An empty object yields nothing. */
  async *stream(): AsyncGenerator<Buffer, void, undefined> {
    const step = CHUNKS_PER_READ * this.#chunkBytes;
    for (let offset = 0; offset < this.sizeBytes; offset += step) yield await this.read(offset, step);
  }

  /** Closes the source and zeroes the key. Closing twice does nothing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cipher.forget();
    this.#onClose();
    await this.#source.close();
  }

  async #readChunks(first: number, count: number): Promise<Buffer> {
    this.#assertOpen();
    const sealedChunk = this.#chunkBytes + TAG_BYTES;
    const start = PREAMBLE_BYTES + first * sealedChunk;
    const length = Math.min(count * sealedChunk, this.#source.sizeBytes - start);
    const sealed = await this.#source.read(start, length);
    // The vault may have been sealed, and the key zeroed, while the source was read.
    this.#assertOpen();
    if (sealed.length !== length) throw new AppError('object.damaged', {});
    const plain: Buffer[] = [];
    for (let i = 0; i < count; i++) {
      const index = first + i;
      const chunk = sealed.subarray(i * sealedChunk, (i + 1) * sealedChunk);
      plain.push(this.#cipher.unseal(index, index === this.#chunkCount - 1, chunk));
    }
    return plain.length === 1 && plain[0] !== undefined ? plain[0] : Buffer.concat(plain);
  }

  #assertOpen(): void {
    if (this.#closed) throw new AppError('vault.sealed', {});
  }
}
