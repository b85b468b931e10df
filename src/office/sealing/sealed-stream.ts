import { isAppError } from '../../contract/errors.ts';
import { ChunkCipher } from '../../core/vault/object-format.ts';
import { CHUNK_BYTES, PREAMBLE_BYTES, TAG_BYTES } from '../../core/vault/object-layout.ts';
import { OfficeError } from '../contract/office-errors.ts';

/** Bytes that come in any portions, taken in the lengths that are wanted. */
export class PortionReader {
  readonly #portions: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#portions =
      Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : asAsync(bytes)[Symbol.asyncIterator]();
  }

  /** The next bytes: so many, or fewer where they end. */
  async upTo(lengthBytes: number): Promise<Buffer> {
    await this.#hold(lengthBytes);
    const taken: Uint8Array[] = [];
    for (let missing = lengthBytes; missing > 0; ) {
      const portion = this.#held.shift();
      if (portion === undefined) break;
      if (portion.length > missing) this.#held.unshift(portion.subarray(missing));
      taken.push(portion.subarray(0, missing));
      missing -= Math.min(missing, portion.length);
    }
    const bytes = Buffer.concat(taken);
    this.#heldBytes -= bytes.length;
    return bytes;
  }

  /** Whether no byte is left. */
  async isAtEnd(): Promise<boolean> {
    await this.#hold(1);
    return this.#heldBytes === 0;
  }

  /** What is left, in whatever portions. */
  async *rest(): AsyncGenerator<Buffer> {
    for (;;) {
      const portion = await this.upTo(Math.max(1, this.#heldBytes));
      if (portion.length === 0) return;
      yield portion;
    }
  }

  /** Lets go of where the bytes come from. */
  async close(): Promise<void> {
    await this.#portions.return?.();
  }

  async #hold(lengthBytes: number): Promise<void> {
    while (this.#heldBytes < lengthBytes) {
      const next = await this.#portions.next();
      if (next.done) return;
      this.#held.push(next.value);
      this.#heldBytes += next.value.length;
    }
  }
}

/** A sealed object of these bytes: its preamble, then its chunks. */
export async function* sealedChunks(
  cipher: ChunkCipher,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield cipher.preamble;
  const reader = new PortionReader(plain);
  try {
    for (let index = 0, isLast = false; !isLast; index += 1) {
      const chunk = await reader.upTo(CHUNK_BYTES);
      isLast = await reader.isAtEnd();
      yield cipher.seal(index, isLast, chunk);
    }
  } finally {
    await reader.close();
  }
}

/** The bytes of a sealed object, chunk by chunk. Throws `envelope.damaged`; that it was cut off, at its end only. */
export async function* openedChunks(
  reader: PortionReader,
  objectKey: Uint8Array,
  context: Uint8Array,
): AsyncGenerator<Buffer> {
  const preamble = await reader.upTo(PREAMBLE_BYTES);
  const cipher = asEnvelopeError(() => ChunkCipher.forUnsealing(preamble, objectKey, context));
  try {
    for (let index = 0, isLast = false; !isLast; index += 1) {
      const chunk = await reader.upTo(CHUNK_BYTES + TAG_BYTES);
      isLast = await reader.isAtEnd();
      yield asEnvelopeError(() => cipher.unseal(index, isLast, chunk));
    }
  } finally {
    cipher.forget();
  }
}

function asEnvelopeError<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (isAppError(error, 'object.damaged')) throw new OfficeError('envelope.damaged', { cause: error });
    throw error;
  }
}

async function* asAsync(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
}
