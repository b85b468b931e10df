import { BYTES_PER_SAMPLE, SAMPLES_PER_MS } from '../../../contract/audio.ts';
import { isAppError } from '../../../contract/errors.ts';
import type { Database } from '../../../core/database/database.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../../../core/media/sound/wav-header.ts';
import { WorkingCopyReader } from '../../../core/pipeline/working-copy-reader.ts';
import type { Vault } from '../../../core/vault/vault.ts';

/** Samples of a channel per read: one second. */
const STEP_MS = 1000;

/** The working copy of a recording as the bytes of a WAV file. Close it when done. */
export class WorkingCopyAudio {
  readonly sizeBytes: number;
  readonly #header: Buffer;
  readonly #channels: number;
  readonly #reader: WorkingCopyReader;

  private constructor(reader: WorkingCopyReader, channels: number, durationMs: number) {
    const dataBytes = durationMs * SAMPLES_PER_MS * BYTES_PER_SAMPLE * channels;
    this.sizeBytes = WAV_HEADER_BYTES + dataBytes;
    this.#header = wavHeader(channels, dataBytes);
    this.#channels = channels;
    this.#reader = reader;
  }

  /** The playable part of a recording so far, or null if there is none. */
  static async open(
    { vault, database }: { readonly vault: Vault; readonly database: Database },
    recordingId: string,
  ): Promise<WorkingCopyAudio | null> {
    const channels = await channelsOf(database, recordingId);
    if (channels === null) return null;
    const counts = await Promise.all(
      Array.from({ length: channels }, (_, channel) => database.parts.count({ recordingId, channel })),
    );
    const durationMs = Math.min(...counts.map((count) => count.durationMs));
    if (durationMs === 0) return null;
    return new WorkingCopyAudio(new WorkingCopyReader(vault, database, recordingId), channels, durationMs);
  }

  /** At least one byte and at most a second of the bytes from `start` up to `end`. */
  async read(start: number, end: number): Promise<Buffer> {
    if (start < WAV_HEADER_BYTES) return this.#header.subarray(start, Math.min(end, WAV_HEADER_BYTES));
    const bytesPerMs = SAMPLES_PER_MS * BYTES_PER_SAMPLE * this.#channels;
    const from = start - WAV_HEADER_BYTES;
    const startMs = Math.floor(from / bytesPerMs);
    const endMs = Math.min(Math.ceil((end - WAV_HEADER_BYTES) / bytesPerMs), startMs + STEP_MS);
    const bytes = await this.#interleaved(startMs, endMs - startMs);
    const skipped = from - startMs * bytesPerMs;
    return bytes.subarray(skipped, Math.min(bytes.length, skipped + end - start));
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  async #interleaved(startMs: number, durationMs: number): Promise<Buffer> {
    const channels: Int16Array[] = [];
    for (let channel = 0; channel < this.#channels; channel += 1) {
      channels.push(await this.#reader.read(channel, startMs, durationMs));
    }
    const [only] = channels;
    if (channels.length === 1 && only !== undefined) return Buffer.from(only.buffer, 0, only.byteLength);
    const samples = new Int16Array(durationMs * SAMPLES_PER_MS * channels.length);
    channels.forEach((channel, index) => {
      for (let i = 0; i < channel.length; i += 1) samples[i * channels.length + index] = channel[i] ?? 0;
    });
    return Buffer.from(samples.buffer);
  }
}

/** The channels of a recording's working copy; null if there is no such recording, or nothing to play yet. */
async function channelsOf(database: Database, recordingId: string): Promise<number | null> {
  try {
    return (await database.recordings.get(recordingId)).channels;
  } catch (error) {
    if (isAppError(error, 'recording.notFound')) return null;
    throw error;
  }
}
