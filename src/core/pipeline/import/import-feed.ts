import type { ChannelLayout } from '../../../contract/recording.ts';
import { untilAborted } from '../../until-aborted.ts';

/** What is known of a recording once its first part is committed. */
export interface ImportedLayout {
  readonly layout: ChannelLayout;
  readonly channels: number;
}

/**
 * Reports to a transcription how far the import of its recording is, so that it can start on the first committed part
 * while the rest is still being read. One side commits parts and ends or fails; the other side waits.
 */
export class ImportFeed {
  /** Time spent decoding, for the job's figures. */
  decodeMs = 0;
  /** Bytes already sealed of the original and the working copy. */
  sealedBytes = 0;
  #layout: ImportedLayout | null = null;
  #parts = 0;
  #ended = false;
  #durationMs: number | null = null;
  #failure: { error: unknown } | null = null;
  #wake = Promise.withResolvers<void>();

  /** A feed of a recording that is already imported. */
  static complete(layout: ImportedLayout, parts: number, durationMs: number): ImportFeed {
    const feed = new ImportFeed();
    feed.layoutDecided(layout);
    feed.partsCommitted(parts);
    feed.ended(durationMs);
    return feed;
  }

  layoutDecided(layout: ImportedLayout): void {
    this.#layout = layout;
    this.#changed();
  }

  /** `count` parts of every channel are durable. */
  partsCommitted(count: number): void {
    this.#parts = count;
    this.#changed();
  }

  /** The recording has been read to its end and is `durationMs` long. */
  ended(durationMs: number): void {
    this.#ended = true;
    this.#durationMs = durationMs;
    this.#changed();
  }

  failed(error: unknown): void {
    this.#failure = { error };
    this.#changed();
  }

  /** Waits until the layout is decided. Throws the import's error. */
  async layout(signal: AbortSignal): Promise<ImportedLayout> {
    await this.#until(() => this.#layout !== null, signal);
    if (this.#layout === null) throw new Error('The import ended without a layout');
    return this.#layout;
  }

  /** Waits for a part, counted from 0: true once it is durable, false if the recording ends before it. */
  async hasPart(index: number, signal: AbortSignal): Promise<boolean> {
    await this.#until(() => this.#parts > index || this.#ended, signal);
    return this.#parts > index;
  }

  /** Waits until all of the recording has been read. Throws the import's error. */
  async completion(signal: AbortSignal): Promise<void> {
    await this.#until(() => this.#ended, signal);
  }

  /** The recording's true length, once it has been read to its end; null before. */
  get durationMs(): number | null {
    return this.#durationMs;
  }

  async #until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#failure !== null) throw this.#failure.error;
      if (holds()) return;
      await untilAborted(this.#wake.promise, signal);
    }
  }

  #changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
