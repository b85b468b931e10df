import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { makeFolder, syncFolder } from './durable-files.ts';
import { CURRENT_EPOCH, randomKey } from './key-derivation.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';
import { ChunkCipher, encodeObjectContext } from './object-format.ts';
import { type ByteSource, type ObjectLength, ObjectReader } from './object-reader.ts';
import { ObjectWriter } from './object-writer.ts';

const ID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The identity of an object. It is bound to the object's key: no object passes for another. */
export interface ObjectIdentity {
  readonly recordingId: string;
  readonly kind: 'original' | 'part';
  /** Distinguishes objects of the same recording and kind, e.g. a part's number. */
  readonly version: number;
}

/** The record of a sealed object, to be kept in the database: without its wrapped key the object is lost. */
export interface SealedObject extends ObjectIdentity, ObjectLength {
  readonly id: string;
  readonly epoch: number;
  /** The object's own key, wrapped for this vault, epoch and identity. */
  readonly wrappedKey: Buffer;
}

/** The folders of a store's files. */
export interface ObjectFolders {
  readonly objects: string;
  readonly incoming: string;
  /** Whether nothing of them is of use after this process: then nothing waits for the disk. */
  readonly isEphemeral: boolean;
}

/**
 * The sealed, write-once files of a vault. Methods throw `vault.sealed` once the vault is sealed, `object.missing` and
 * `object.damaged` if a file is not what its record says, `disk.full` and `disk.failed` on disk errors.
 */
export class ObjectStore {
  readonly #folders: ObjectFolders;
  readonly #vaultId: string;
  readonly #wrappingKey: Buffer;
  readonly #writers = new Set<ObjectWriter<SealedObject>>();
  readonly #readers = new Set<ObjectReader>();
  readonly #startedHere = new Set<string>();
  #closed = false;

  /** Takes ownership of `wrappingKey`, that of the current epoch, and zeroes it at `close`. The folders must exist. */
  constructor(folders: ObjectFolders, vaultId: string, wrappingKey: Buffer) {
    this.#folders = folders;
    this.#vaultId = vaultId;
    this.#wrappingKey = wrappingKey;
  }

  /** Starts to seal a new object. It must be committed or discarded. */
  async createWriter(identity: ObjectIdentity): Promise<ObjectWriter<SealedObject>> {
    this.#assertOpen();
    const id: string = newId();
    const binding = this.#binding(identity, CURRENT_EPOCH);
    const objectKey = randomKey();
    const wrappedKey = wrapKey(this.#wrappingKey, binding, objectKey);
    const cipher = ChunkCipher.forSealing(objectKey, binding);
    objectKey.fill(0);
    this.#startedHere.add(id);
    const { recordingId, kind, version } = identity;
    const writer = await ObjectWriter.create<SealedObject>(
      {
        incomingFile: join(this.#folders.incoming, id),
        finalFile: this.#fileOf(id),
        isEphemeral: this.#folders.isEphemeral,
        describe: (length) => ({
          id,
          recordingId,
          kind,
          version,
          epoch: CURRENT_EPOCH,
          wrappedKey,
          ...length,
        }),
      },
      cipher,
    );
    writer.onEnd(() => this.#writers.delete(writer));
    this.#writers.add(writer);
    if (this.#closed) {
      await writer.discard();
      this.#assertOpen();
    }
    return writer;
  }

  /** Opens an object, checking its header, key, last chunk and length against its record. It must be closed. */
  async openReader(object: SealedObject): Promise<ObjectReader> {
    return await this.#openFile(object, this.#fileOf(object.id));
  }

  async #openFile(object: SealedObject, file: string): Promise<ObjectReader> {
    this.#assertOpen();
    const binding = this.#binding(object, object.epoch);
    const objectKey =
      object.epoch === CURRENT_EPOCH ? unwrapKey(this.#wrappingKey, binding, object.wrappedKey) : null;
    if (objectKey === null) throw new AppError('object.damaged', {});
    const source = await openSealedFile(file);
    let reader: ObjectReader;
    try {
      reader = await ObjectReader.open(source, objectKey, binding, object);
    } catch (error) {
      await source.close();
      throw error;
    } finally {
      objectKey.fill(0);
    }
    if (this.#closed) {
      await reader.close();
      this.#assertOpen();
    }
    this.#readers.add(reader);
    reader.onClose(() => this.#readers.delete(reader));
    return reader;
  }

  /** Reads all of an object; throws unless every byte is what was sealed. */
  async verify(object: SealedObject): Promise<void> {
    await this.#verifyFile(object, this.#fileOf(object.id));
  }

  async #verifyFile(object: SealedObject, file: string): Promise<void> {
    const reader = await this.#openFile(object, file);
    try {
      for await (const bytes of reader.stream()) bytes.fill(0);
    } finally {
      await reader.close();
    }
  }

  /** Copies an object, as sealed, to its path under another `objects` folder, and verifies the copy. */
  async copy(object: SealedObject, objectsFolder: string): Promise<void> {
    this.#assertOpen();
    const target = fileIn(objectsFolder, object.id);
    await makeFolder(dirname(target));
    await copySealedFile(this.#fileOf(object.id), target);
    await this.#verifyFile(object, target);
  }

  /** Deletes objects' files durably; missing ones are ignored. Delete their records first. */
  async remove(objectIds: readonly string[]): Promise<void> {
    this.#assertOpen();
    const folders = new Set<string>();
    try {
      for (const id of objectIds) {
        const file = this.#fileOf(id);
        await rm(file, { force: true });
        folders.add(dirname(file));
      }
      if (this.#folders.isEphemeral) return;
      for (const folder of folders) await syncFolderIfPresent(folder);
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Deletes objects and temporary files without a record, left by earlier processes; returns their number. `known`
   * holds the ids of all records. Files written by this process are left alone.
   */
  async sweepOrphans(known: ReadonlySet<string>): Promise<number> {
    this.#assertOpen();
    const isOrphan = (name: string): boolean =>
      ID_PATTERN.test(name) && !known.has(name) && !this.#startedHere.has(name);
    let swept = await sweepFolder(
      this.#folders.incoming,
      (name) => ID_PATTERN.test(name) && !this.#startedHere.has(name),
    );
    for (const shelf of await readdir(this.#folders.objects, { withFileTypes: true })) {
      if (shelf.isDirectory()) swept += await sweepFolder(join(this.#folders.objects, shelf.name), isOrphan);
    }
    return swept;
  }

  /** Discards open writers, closes open readers and zeroes the key. Part of sealing the vault. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wrappingKey.fill(0);
    const writers = [...this.#writers].map((writer) => writer.discardForSealing());
    const readers = [...this.#readers].map((reader) => reader.close());
    await Promise.all([...writers, ...readers]);
  }

  #binding(identity: ObjectIdentity, epoch: number): Uint8Array {
    const { recordingId, kind, version } = identity;
    return encodeObjectContext({ vaultId: this.#vaultId, epoch, recordingId, kind, version });
  }

  #fileOf(id: string): string {
    return fileIn(this.#folders.objects, id);
  }

  #assertOpen(): void {
    if (this.#closed) throw new AppError('vault.sealed', {});
  }
}

/** Ids begin with their creation time; their random end spreads them over the subfolders. */
function fileIn(objectsFolder: string, id: string): string {
  if (!ID_PATTERN.test(id)) throw new AppError('object.missing', {});
  return join(objectsFolder, id.slice(-2), id);
}

async function copySealedFile(source: string, target: string): Promise<void> {
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL);
    const handle = await open(target, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(dirname(target));
  } catch (error) {
    throw fileError(error);
  }
}

function fileError(error: unknown): unknown {
  if (systemErrorCode(error) === 'ENOENT') return new AppError('object.missing', {}, { cause: error });
  return storageError(error);
}

/** A sealed file to read. Throws `object.missing`, and the disk's errors. */
export async function openSealedFile(file: string): Promise<ByteSource> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, 'r');
    return fileSource(handle, (await handle.stat()).size);
  } catch (error) {
    await handle?.close();
    throw fileError(error);
  }
}

function fileSource(handle: FileHandle, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    close: () => handle.close(),
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      try {
        while (filled < length) {
          const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
      } catch (error) {
        throw storageError(error);
      }
      return buffer.subarray(0, filled);
    },
  };
}

async function sweepFolder(folder: string, isOrphan: (name: string) => boolean): Promise<number> {
  const orphans = (await readdir(folder)).filter(isOrphan);
  for (const name of orphans) await rm(join(folder, name), { force: true });
  if (orphans.length > 0) await syncFolder(folder);
  return orphans.length;
}

async function syncFolderIfPresent(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}
