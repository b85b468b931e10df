import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { reached } from '../fault-points.ts';
import { storageError } from '../system-errors.ts';
import { makeFolder, syncFolder } from './durable-files.ts';
import type { ChunkCipher } from './object-format.ts';
import { CHUNK_BYTES } from './object-layout.ts';
import type { ObjectLength } from './object-reader.ts';

/** Sealed chunks that are written to the file at a time, about 1 MiB. */
const CHUNKS_PER_WRITE = 16;

/** The files of a writer's object, and the record that it returns. */
export interface WriterPlace<T> {
  /** The sealed temporary file, which must not exist yet. */
  readonly incomingFile: string;
  /** The file that appears at commit. */
  readonly finalFile: string;
  /** Bytes before the sealed object, as they are. */
  readonly header?: Uint8Array;
  /** Creates the object's record at commit. */
  readonly describe: (length: ObjectLength) => T;
  /** Whether nothing of it is of use after this process: then it does not wait for the disk. */
  readonly isEphemeral?: boolean;
}

/**
 * Seals one object while it is written. Nothing is visible under its final name before `commit` has made all of it
 * durable. After a failure, or `discard`, no file remains. Errors: `disk.full`, `disk.failed`, and the system's own.
 */
export class ObjectWriter<T> {
  readonly #place: WriterPlace<T>;
  readonly #cipher: ChunkCipher;
  readonly #file: FileHandle;
  readonly #plain = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #plainLength = 0;
  #sealed: Buffer[] = [];
  #chunkCount = 0;
  #sizeBytes = 0;
  #busy = false;
  #ended = false;
  #vaultSealed = false;
  #onEnd: () => void = () => {};

  private constructor(place: WriterPlace<T>, cipher: ChunkCipher, file: FileHandle) {
    this.#place = place;
    this.#cipher = cipher;
    this.#file = file;
  }

  /** Creates the temporary file. */
  static async create<T>(place: WriterPlace<T>, cipher: ChunkCipher): Promise<ObjectWriter<T>> {
    try {
      const file = await open(place.incomingFile, 'wx', 0o600);
      const writer = new ObjectWriter(place, cipher, file);
      if (place.header !== undefined) writer.#sealed.push(Buffer.from(place.header));
      writer.#sealed.push(cipher.preamble);
      return writer;
    } catch (error) {
      cipher.forget();
      throw storageError(error);
    }
  }

  /** Sets the listener called once, when the object is committed or discarded. */
  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  /** Adds bytes. They must not change until the promise is settled; one call at a time. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#exclusively(async () => {
      let taken = 0;
      while (taken < bytes.length) {
        // A full chunk is held until the next byte: only then is it known not to be the last.
        if (this.#plainLength === CHUNK_BYTES) {
          this.#sealChunk(false);
          if (this.#sealed.length >= CHUNKS_PER_WRITE) await this.#flush();
        }
        const length = Math.min(bytes.length - taken, CHUNK_BYTES - this.#plainLength);
        this.#plain.set(bytes.subarray(taken, taken + length), this.#plainLength);
        this.#plainLength += length;
        taken += length;
      }
      this.#sizeBytes += bytes.length;
    });
  }

  /** Ends the object and makes it durable: last chunk, fsync, rename, fsync of the folder. Returns its record. */
  async commit(): Promise<T> {
    return await this.#exclusively(async () => {
      this.#sealChunk(true);
      await this.#flush();
      reached('object.sync');
      const { isEphemeral = false } = this.#place;
      if (!isEphemeral) await this.#file.sync();
      await this.#file.close();
      const folder = dirname(this.#place.finalFile);
      await makeFolder(folder);
      reached('object.rename');
      this.#assertNotEnded();
      await rename(this.#place.incomingFile, this.#place.finalFile);
      reached('object.syncFolder');
      if (!isEphemeral) await syncFolder(folder);
      this.#assertNotEnded();
      this.#end();
      return this.#place.describe({ sizeBytes: this.#sizeBytes, chunkCount: this.#chunkCount });
    });
  }

  /** Abandons the object and deletes what was written. Does nothing after `commit` or `discard`. */
  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#end();
    await this.#file.close();
    await rm(this.#place.incomingFile, { force: true });
    // Present only if the folder could not be made durable after the rename; it has no record.
    await rm(this.#place.finalFile, { force: true });
  }

  /** Discards it because the vault is sealed: later writes throw. */
  async discardForSealing(): Promise<void> {
    this.#vaultSealed = true;
    await this.discard();
  }

  #sealChunk(isLast: boolean): void {
    reached('object.chunk');
    this.#assertNotEnded();
    this.#sealed.push(
      this.#cipher.seal(this.#chunkCount, isLast, this.#plain.subarray(0, this.#plainLength)),
    );
    this.#chunkCount += 1;
    this.#plainLength = 0;
  }

  async #flush(): Promise<void> {
    const batch = Buffer.concat(this.#sealed);
    this.#sealed = [];
    await this.#file.writeFile(batch);
  }

  async #exclusively<R>(action: () => Promise<R>): Promise<R> {
    if (this.#vaultSealed) throw new AppError('vault.sealed', {});
    if (this.#ended) throw new Error('the object was committed or discarded');
    if (this.#busy) throw new Error('an object is written by one call at a time');
    this.#busy = true;
    try {
      return await action();
    } catch (error) {
      await this.discard();
      throw storageError(error);
    } finally {
      this.#busy = false;
    }
  }

  // Sealing the vault discards open writers at any time and zeroes their keys: nothing may be sealed after that.
  #assertNotEnded(): void {
    if (this.#ended) throw new AppError('vault.sealed', {});
  }

  #end(): void {
    this.#ended = true;
    this.#cipher.forget();
    this.#plain.fill(0);
    this.#onEnd();
  }
}
