import {
  type CarriedObject,
  type HandOverItem,
  MalformedHandOver,
} from '../../core/hand-over/hand-over-frames.ts';
import type { SealedObject } from '../../core/vault/object-store.ts';
import type { ObjectWriter } from '../../core/vault/object-writer.ts';
import type { LoggedVault } from '../vault/verify-vault.ts';

/** Seals the objects of a hand-over for this vault, under new ids. */
export class ArrivingObjects {
  readonly #parts: LoggedVault;
  /** New ids by old ones: recordings', and those of the objects that were taken. */
  readonly #ids: Map<string, string>;
  readonly #written: string[];
  #writer: ObjectWriter<SealedObject> | null = null;
  #object: CarriedObject | null = null;
  #missing = 0;
  /** How many were sealed. */
  count = 0;

  constructor(parts: LoggedVault, ids: Map<string, string>, written: string[]) {
    this.#parts = parts;
    this.#ids = ids;
    this.#written = written;
  }

  /** Takes the next item of the file. Throws a `MalformedHandOver`, and the disk's errors. */
  async take(item: HandOverItem): Promise<void> {
    if (item.type === 'object') await this.#begin(item.object);
    if (item.type === 'bytes') {
      await this.#writer?.write(item.bytes);
      this.#missing -= item.bytes.length;
    }
    if (this.#missing === 0) await this.#end();
  }

  /** Ends one that is not whole. */
  async discard(): Promise<void> {
    await this.#writer?.discard();
  }

  async #begin(object: CarriedObject): Promise<void> {
    const recordingId = this.#ids.get(object.recordingId);
    if (recordingId === undefined) throw new MalformedHandOver();
    this.#writer = await this.#parts.vault.objects.createWriter({ ...object, recordingId });
    this.#object = object;
    this.#missing = object.sizeBytes;
  }

  async #end(): Promise<void> {
    if (this.#writer === null || this.#object === null) return;
    const { id, recordingId, kind, version, epoch, wrappedKey, sizeBytes, chunkCount } =
      await this.#writer.commit();
    this.#written.push(id);
    this.#ids.set(this.#object.id, id);
    this.#writer = null;
    this.count += 1;
    const row = {
      ...{
        id,
        recording_id: recordingId,
        kind,
        version,
        epoch,
        size_bytes: sizeBytes,
        chunk_count: chunkCount,
      },
      ...{ wrapped_key: { base64: wrappedKey.toString('base64') }, created_at_ms: Date.now() },
    };
    await this.#parts.database.handOvers.arrive({ table: 'objects', rows: JSON.stringify([row]) });
  }
}
