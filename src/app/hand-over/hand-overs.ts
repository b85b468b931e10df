import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Mutex } from 'async-mutex';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../core/database/database.ts';
import { CARRIED_TABLES } from '../../core/database/hand-over/carried-tables.ts';
import { createHandOver } from '../../core/hand-over/hand-over-file.ts';
import { frameOf, type HandOverItem, type Manifest } from '../../core/hand-over/hand-over-frames.ts';
import type { SealedObject } from '../../core/vault/object-store.ts';
import type { ObjectWriter } from '../../core/vault/object-writer.ts';
import type { HashingCost } from '../../core/vault/passphrase.ts';
import type { LoggedVault } from '../vault/verify-vault.ts';
import { ArrivingObjects } from './arriving-objects.ts';
import { eachItem, lookThrough, opened } from './read-hand-over.ts';

export { HAND_OVER_ENDING } from '../../core/hand-over/hand-over-file.ts';

/** A matter that is handed over. */
export interface HandOverOrder {
  readonly matterId: string;
  /** Absolute; no file is there yet. */
  readonly file: string;
  readonly passphrase: string;
  /** Whether the known voices of the matter go along: biometric data. */
  readonly withVoices: boolean;
}

/** Progress in sealed objects, and a signal to stop: then its reason is thrown and nothing is left. */
export interface HandOverWatch {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What was handed over or received. */
export interface HandedOver {
  readonly matterId: string;
  /** The matter's name, as the vault has it. */
  readonly name: string;
  readonly recordings: number;
}

/** Listeners to matters that are received. */
export interface HandOverObserver {
  /** A matter with these recordings is there now. */
  readonly onReceived?: (recordingIds: readonly string[]) => void;
}

/** Rows of large tables that are read at a time, each up to some hundred kilobytes. */
const ROWS_AT_ONCE = 20;

/**
 * Hands a matter over to another vault as one sealed file, and receives such files. One at a time: rows that arrive are kept
 * out of sight until all are there.
 */
export class HandOvers {
  readonly #parts: LoggedVault;
  readonly #observer: HandOverObserver;
  readonly #cost: HashingCost | undefined;
  readonly #oneAtATime = new Mutex();

  /** `cost` of the passphrase, if not the usual: for tests. */
  constructor(parts: LoggedVault, observer: HandOverObserver = {}, cost?: HashingCost) {
    this.#parts = parts;
    this.#observer = observer;
    this.#cost = cost;
  }

  /** Whether a matter is being handed over or received: sealing the vault would end it. */
  get isBusy(): boolean {
    return this.#oneAtATime.isLocked();
  }

  /**
   * Writes a matter with its recordings that are not in the bin into a file, and reads that again before it is told. Both
   * are in the audit log. Throws `matter.notFound`, `handOver.unfinished`, `handOver.exists`, `vault.passphraseTooShort`,
   * `object.damaged`, `object.missing`, and the disk's errors: then there is no file.
   */
  async handOver(order: HandOverOrder, watch: HandOverWatch = {}): Promise<HandedOver> {
    return await this.#oneAtATime.runExclusive(async () => {
      const { database, log } = this.#parts;
      const { matterId, file, passphrase, withVoices } = order;
      const matter = await database.matters.get(matterId);
      if (matter === null) throw new AppError('matter.notFound', {});
      const unfinished = await database.handOvers.unfinished(matterId);
      if (unfinished !== null) throw new AppError('handOver.unfinished', { recording: unfinished });
      const recordings = await database.handOvers.recordings(matterId);
      const manifest: Manifest = {
        ...{ format: 1, id: newId(), madeAtMs: Date.now() },
        ...{ matter: { id: matterId, name: matter.name }, recordings },
      };
      const writer = await createHandOver(file, passphrase, this.#cost);
      try {
        await this.#write(writer, manifest, withVoices, watch);
        await writer.commit();
      } catch (error) {
        await writer.discard();
        throw error;
      }
      const detail = { handOver: manifest.id, recordings: recordings.length, voices: withVoices };
      try {
        await this.#check(file, passphrase, watch.signal);
        await log.write('matter.handedOver', { subjectId: matterId, detail });
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
      return { matterId, name: matter.name, recordings: recordings.length };
    });
  }

  async #write(
    writer: Pick<ObjectWriter<unknown>, 'write'>,
    manifest: Manifest,
    withVoices: boolean,
    { onProgress, signal }: HandOverWatch,
  ): Promise<void> {
    const { database } = this.#parts;
    const counts = { rows: 0, objects: 0 };
    const write = async (item: HandOverItem) => {
      signal?.throwIfAborted();
      if (item.type === 'rows') counts.rows += 1;
      if (item.type === 'object') counts.objects += 1;
      await writer.write(frameOf(item));
    };
    await write({ type: 'manifest', manifest });
    for (const { table, rows, count } of await database.handOvers.matterRows({
      ...{ matterId: manifest.matter.id, withVoices },
    })) {
      if (count > 0) await write({ type: 'rows', table, rows });
    }
    const objects = await this.#objectsOf(manifest);
    let done = 0;
    for (const { id } of manifest.recordings) {
      for (const { table, rows, count } of await database.handOvers.recordingRows(id)) {
        if (count > 0) await write({ type: 'rows', table, rows });
      }
      for await (const { table, rows } of largeRows(database, id)) await write({ type: 'rows', table, rows });
      for (const object of objects.filter(({ recordingId }) => recordingId === id)) {
        await this.#writeObject(object, write);
        done += 1;
        onProgress?.(done, objects.length);
      }
    }
    await write({ type: 'end', counts });
  }

  async #objectsOf({ recordings }: Manifest): Promise<SealedObject[]> {
    const { objects } = this.#parts.database;
    const found: SealedObject[] = [];
    for (const { id } of recordings) {
      for (const objectId of await objects.idsOfRecording(id)) {
        const object = await objects.get(objectId);
        if (object !== null) found.push(object);
      }
    }
    return found;
  }

  async #writeObject(object: SealedObject, write: (item: HandOverItem) => Promise<void>): Promise<void> {
    const { id, recordingId, kind, version, sizeBytes } = object;
    await write({ type: 'object', object: { id, recordingId, kind, version, sizeBytes } });
    const reader = await this.#parts.vault.objects.openReader(object);
    try {
      for await (const bytes of reader.stream()) await write({ type: 'bytes', bytes });
    } finally {
      await reader.close();
    }
  }

  /** Reads all of a file: what cannot be received again is not handed over. */
  async #check(file: string, passphrase: string, signal: AbortSignal | undefined): Promise<void> {
    await using reader = await opened(file, passphrase);
    await lookThrough(reader, file, signal);
  }

  /**
   * Receives a matter from a file: all of it is read and checked first, then taken in, at once. Throws `file.notFound`,
   * `handOver.notOne`, `handOver.newer`, `handOver.notOpened`, `handOver.damaged`, `handOver.alreadyReceived`, and the
   * disk's errors: then nothing is left of it.
   */
  async receive(
    { file, passphrase }: { file: string; passphrase: string },
    watch: HandOverWatch = {},
  ): Promise<HandedOver> {
    return await this.#oneAtATime.runExclusive(async () => {
      const { database, vault } = this.#parts;
      await using reader = await opened(file, passphrase);
      const { manifest, counts } = await lookThrough(reader, file, watch.signal);
      const { handOvers } = database;
      const { id: handOverId, matter, recordings } = manifest;
      const { receivedAs, isTaken } = await handOvers.welcome({
        ...{ handOverId, matterId: matter.id, recordings },
      });
      if (receivedAs !== null) throw new AppError('handOver.alreadyReceived', { matter: receivedAs });
      const ids = new Map(recordings.map(({ id }) => [id, isTaken ? newId() : id]));
      const written: string[] = [];
      await handOvers.forgetArrived();
      try {
        const arriving = new ArrivingObjects(this.#parts, ids, written);
        await eachItem(reader, file, async (item) => {
          watch.signal?.throwIfAborted();
          if (item.type === 'rows') await handOvers.arrive(item);
          if (item.type === 'object' && arriving.count > 0)
            watch.onProgress?.(arriving.count, counts.objects);
          await arriving.take(item);
        }).finally(() => arriving.discard());
        const received = await handOvers.receive({
          ...{ file: basename(file), handOverId, ids: [...ids], isTaken, atMs: Date.now() },
        });
        this.#observer.onReceived?.(recordings.map(({ id }) => ids.get(id) ?? id));
        return { ...received, recordings: recordings.length };
      } catch (error) {
        await handOvers.forgetArrived();
        await vault.objects.remove(written);
        throw error;
      }
    });
  }
}

/** A recording's rows of large tables, some at a time. */
async function* largeRows(
  { handOvers }: Pick<Database, 'handOvers'>,
  recordingId: string,
): AsyncGenerator<{ table: string; rows: string }> {
  for (const { name: table } of CARRIED_TABLES.filter(({ isLarge }) => isLarge)) {
    for (let from = 0; ; from += ROWS_AT_ONCE) {
      const { rows, count } = await handOvers.largeRows({ recordingId, table, from, limit: ROWS_AT_ONCE });
      if (count > 0) yield { table, rows };
      if (count < ROWS_AT_ONCE) break;
    }
  }
}
