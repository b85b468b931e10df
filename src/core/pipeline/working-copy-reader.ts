import { Mutex } from 'async-mutex';
import { BYTES_PER_SAMPLE, PART_MS, SAMPLES_PER_MS } from '../../contract/audio.ts';
import type { Database } from '../database/database.ts';
import type { ObjectReader } from '../vault/object-reader.ts';
import type { Vault } from '../vault/vault.ts';

interface OpenPart {
  readonly key: string;
  /** Its samples; those that the object does not hold are zeros. */
  readonly sampleCount: number;
  readonly reader: ObjectReader;
}

/** A window's pieces are in few parts; more open ones would only hold descriptors. */
const OPEN_PARTS = 4;

/**
 * Reads any range of a recording's working copy out of its sealed parts, one at a time: a part that one reading needs is
 * never closed by another. Close it when done.
 */
export class WorkingCopyReader {
  readonly #vault: Vault;
  readonly #database: Database;
  readonly #recordingId: string;
  readonly #mutex = new Mutex();
  #open: OpenPart[] = [];

  constructor(vault: Vault, database: Database, recordingId: string) {
    this.#vault = vault;
    this.#database = database;
    this.#recordingId = recordingId;
  }

  /**
   * The samples of one channel from `startMs`, `durationMs` long; silence after the recording's end.
   * Throws `object.damaged` and `object.missing`.
   */
  read(channel: number, startMs: number, durationMs: number): Promise<Int16Array> {
    return this.#mutex.runExclusive(() => this.#read(channel, startMs, durationMs));
  }

  /** All samples of one part of a channel. Throws as `read` does. */
  part(channel: number, index: number): Promise<Int16Array> {
    return this.#mutex.runExclusive(async () => {
      const part = await this.#part(channel, index);
      if (part === null) throw new Error('A part is read once it is committed');
      return await this.#read(channel, index * PART_MS, part.sampleCount / SAMPLES_PER_MS);
    });
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    for (const { reader } of open) await reader.close();
  }

  async #read(channel: number, startMs: number, durationMs: number): Promise<Int16Array> {
    const samples = new Int16Array(durationMs * SAMPLES_PER_MS);
    let filled = 0;
    while (filled < samples.length) {
      const positionMs = startMs + filled / SAMPLES_PER_MS;
      const part = await this.#part(channel, Math.floor(positionMs / PART_MS));
      if (part === null) break;
      const offset = (positionMs % PART_MS) * SAMPLES_PER_MS;
      const count = Math.min(part.sampleCount - offset, samples.length - filled);
      if (count <= 0) break;
      const bytes = await part.reader.read(offset * BYTES_PER_SAMPLE, count * BYTES_PER_SAMPLE);
      bytes.copy(Buffer.from(samples.buffer), filled * BYTES_PER_SAMPLE);
      filled += count;
    }
    return samples;
  }

  async #part(channel: number, index: number): Promise<OpenPart | null> {
    const key = `${channel}/${index}`;
    const found = this.#open.find((part) => part.key === key);
    if (found !== undefined) return found;
    const part = await this.#database.parts.get({
      recordingId: this.#recordingId,
      channel,
      partIndex: index,
    });
    if (part === null) return null;
    const reader = await this.#vault.objects.openReader(part.object);
    const opened = { key, sampleCount: part.sampleCount, reader };
    this.#open.push(opened);
    while (this.#open.length > OPEN_PARTS) await this.#open.shift()?.reader.close();
    return opened;
  }
}
