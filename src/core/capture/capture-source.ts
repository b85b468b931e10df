import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import type { SpeakerChoice } from '../../contract/job.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import type { Database } from '../database/database.ts';
import type { Source } from '../media/source.ts';
import { untilAborted } from '../until-aborted.ts';
import type { Vault } from '../vault/vault.ts';

/** What the parts of a capture lie in. */
export interface CaptureStore {
  readonly vault: Vault;
  readonly database: Database;
}

/** The sound of a capture: interleaved 16-bit samples. */
export interface CaptureSound {
  readonly recordingId: string;
  readonly name: string;
  readonly startedAtMs: number;
  /** In hertz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Whether each channel is a speaker; `none` if the user wants them mixed. */
  readonly speakers: SpeakerChoice;
}

/** The facts of a captured recording. */
export function captureFacts({
  sampleRate,
  channels,
}: Pick<CaptureSound, 'sampleRate' | 'channels'>): MediaFacts {
  const track = { index: 0, codec: 'pcm_s16le', channels, sampleRate, language: null, title: null };
  return {
    container: 's16le',
    claimedDurationMs: null,
    tracks: [track],
    hasVideo: false,
    assumed: null,
    isCaptured: true,
  };
}

/**
 * The samples of a capture, little endian, out of its sealed parts, as an import reads them. While the capture goes on it
 * grows by each part that became durable, and a read waits for the part that it needs.
 */
export class CaptureSource implements Source {
  /** There is no file. */
  readonly path = '';
  readonly descriptor = null;
  readonly recordingId: string;
  readonly name: string;
  readonly modifiedMs: number;
  readonly facts: MediaFacts;
  readonly speakers: SpeakerChoice;
  readonly #store: CaptureStore;
  readonly #frameBytes: number;
  #sampleFrames = 0;
  #wake = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #isGrowing = true;

  /** The source of a capture that is about to be recorded. */
  constructor(store: CaptureStore, sound: CaptureSound) {
    this.#store = store;
    this.recordingId = sound.recordingId;
    this.name = sound.name;
    this.modifiedMs = sound.startedAtMs;
    this.facts = captureFacts(sound);
    this.speakers = sound.speakers;
    this.#frameBytes = sound.channels * BYTES_PER_SAMPLE;
  }

  /** The source of a capture that has ended, however it ended; null if the recording was not captured. */
  static async ofEnded(store: CaptureStore, recordingId: string): Promise<CaptureSource | null> {
    const { captures, recordings } = store.database;
    const capture = await captures.get(recordingId);
    if (capture === null) return null;
    const { name } = await recordings.get(recordingId);
    const source = new CaptureSource(store, { ...capture, name, speakers: capture.options.choice.speakers });
    source.grown((await captures.extent(recordingId)).sampleFrames);
    source.end();
    return source;
  }

  get sizeBytes(): number {
    return this.#sampleFrames * this.#frameBytes;
  }

  get isGrowing(): boolean {
    return this.#isGrowing;
  }

  /** Settles when the capture has ended and nothing follows. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** So many sample frames are durable. */
  grown(sampleFrames: number): void {
    this.#sampleFrames = sampleFrames;
    this.#changed();
  }

  /** Nothing follows. */
  end(): void {
    this.#isGrowing = false;
    this.#ended.resolve();
    this.#changed();
  }

  /** Errors: `object.missing`, `object.damaged`, `vault.sealed`. */
  async read(buffer: Uint8Array, position: number, signal?: AbortSignal): Promise<number> {
    let filled = 0;
    while (filled < buffer.length) {
      if (!(await this.#reaches(position + filled, signal))) break;
      filled += await this.#readPart(buffer.subarray(filled), position + filled);
    }
    return filled;
  }

  async unchanged(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {}

  /** Waits until there is a byte at this position; false if the capture ends before it. */
  async #reaches(position: number, signal: AbortSignal | undefined): Promise<boolean> {
    while (this.sizeBytes <= position && this.#isGrowing) await untilAborted(this.#wake.promise, signal);
    signal?.throwIfAborted();
    return this.sizeBytes > position;
  }

  /** Reads from the part that holds this position, at most to its end; what its object does not hold are zeros. */
  async #readPart(buffer: Uint8Array, position: number): Promise<number> {
    const { database, vault } = this.#store;
    const frame = Math.floor(position / this.#frameBytes);
    const part = await database.captures.partAt({ recordingId: this.recordingId, frame });
    if (part === null) throw new Error('what is durable lies in a part');
    const start = position - part.startFrame * this.#frameBytes;
    const length = Math.min(buffer.length, part.frameCount * this.#frameBytes - start);
    if (length <= 0) throw new Error('the parts of a capture follow one another');
    const reader = await vault.objects.openReader(part.object);
    try {
      const bytes = await reader.read(start, length);
      buffer.set(bytes);
      buffer.fill(0, bytes.length, length);
      bytes.fill(0);
      return length;
    } finally {
      await reader.close();
    }
  }

  #changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
