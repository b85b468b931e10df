import { PART_SAMPLES } from '../../contract/audio.ts';
import type { ChannelLayout } from '../../contract/recording.ts';
import type { NewPart } from '../../core/database/recordings/parts.db.ts';
import { PartBuilder } from '../../core/pipeline/import/part-builder.ts';
import { sealPart } from '../../core/pipeline/import/seal-part.ts';
import type { SealedObject } from '../../core/vault/object-store.ts';
import type { Vault } from '../../core/vault/vault.ts';

/** How the channels of joined recordings are combined. */
export interface JoinedLayout {
  readonly layout: ChannelLayout;
  readonly channels: number;
  /** Whether each recording keeps its channels; otherwise each is mixed down to one. */
  readonly keepsChannels: boolean;
}

/**
 * The layout of a recording that is joined of these: their own if they agree. Speakers on channels of their own stay
 * so only if all have the same channels; otherwise everything is mixed down to one, so that no voice is lost.
 */
export function joinedLayout(
  parts: readonly { readonly layout: ChannelLayout; readonly channels: number }[],
): JoinedLayout {
  const [first] = parts;
  if (first === undefined) throw new Error('a recording is joined of others');
  const isAlike = (part: typeof first) => part.layout === first.layout && part.channels === first.channels;
  if (parts.every(isAlike)) return { ...first, keepsChannels: true };
  const keepsChannels = parts.every(({ channels }) => channels === 1);
  return { layout: 'mixed', channels: 1, keepsChannels };
}

/**
 * Seals the working copy of a joined recording as its samples arrive, and collects its records. The samples are
 * those before any gain: the whole gets its own, as if it had been one recording from the start.
 */
export class JoinedCopyWriter {
  /** The parts sealed so far. */
  readonly parts: { part: NewPart; object: SealedObject }[] = [];
  readonly #vault: Vault;
  readonly #recordingId: string;
  readonly #builders: PartBuilder[];
  #partIndex = 0;

  constructor(vault: Vault, recordingId: string, channels: number) {
    this.#vault = vault;
    this.#recordingId = recordingId;
    this.#builders = Array.from({ length: channels }, () => new PartBuilder());
  }

  /** Adds samples: one array of the same length for each channel. */
  async write(channels: readonly Float32Array[]): Promise<void> {
    const length = channels[0]?.length ?? 0;
    for (let taken = 0; taken < length; ) {
      const count = Math.min(length - taken, this.#builders[0]?.room ?? 0);
      for (const [channel, builder] of this.#builders.entries()) {
        const samples = channels[channel];
        if (samples === undefined) throw new Error('a channel is missing');
        builder.push(samples.subarray(taken, taken + count));
      }
      taken += count;
      if (this.#builders[0]?.room === 0) await this.#sealParts();
    }
  }

  /** Seals the remaining samples. */
  async finish(): Promise<void> {
    if (this.#builders[0]?.isEmpty === false) await this.#sealParts();
  }

  async #sealParts(): Promise<void> {
    const partIndex = this.#partIndex;
    for (const [channel, builder] of this.#builders.entries()) {
      const { samples, gainDb, features, peaks } = builder.take();
      const place = { recordingId: this.#recordingId, channel, partIndex };
      const object = await sealPart(this.#vault, place, samples);
      const part = {
        ...place,
        startSample: partIndex * PART_SAMPLES,
        sampleCount: samples.length,
        gainDb,
        features: Buffer.from(features),
        peaks: Buffer.from(peaks),
      };
      this.parts.push({ part, object });
    }
    this.#partIndex += 1;
  }
}

/** The mean of several channels. */
export function mixedDown(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (first === undefined || channels.length === 1) return first ?? new Float32Array();
  return first.map((_, i) => {
    const sum = channels.reduce((total, channel) => total + (channel[i] ?? 0), 0);
    return sum / channels.length;
  });
}
