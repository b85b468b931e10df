import { PART_SAMPLES, SAMPLES_PER_MS } from '../../../contract/audio.ts';
import { reached } from '../../fault-points.ts';
import { applyLayout, type LayoutDecision } from '../../media/sound/channel-layout.ts';
import { discardUnrecorded } from './discard-unrecorded.ts';
import type { ImportedLayout, ImportFeed } from './import-feed.ts';
import type { ImportServices, ImportTask } from './import-task.ts';
import { type BuiltPart, PartBuilder } from './part-builder.ts';
import { sealPart } from './seal-part.ts';

/** Writes decoded audio, floats of full scale 1 without an offset, as sealed parts of a minute, per kept channel, each committed on its own. */
export class WorkingCopyWriter {
  readonly layout: ImportedLayout;
  readonly #services: ImportServices;
  readonly #task: ImportTask;
  readonly #decision: LayoutDecision;
  readonly #sourceChannels: number;
  readonly #feed: ImportFeed;
  readonly #builders: PartBuilder[];
  #part = 0;
  #writtenSamples = 0;

  constructor(
    services: ImportServices,
    task: ImportTask,
    decision: LayoutDecision,
    sourceChannels: number,
    feed: ImportFeed,
  ) {
    const channels = decision.layout === 'mixed' ? 1 : decision.keep.length;
    this.layout = { layout: decision.layout, channels };
    this.#services = services;
    this.#task = task;
    this.#decision = decision;
    this.#sourceChannels = sourceChannels;
    this.#feed = feed;
    this.#builders = Array.from({ length: channels }, () => new PartBuilder());
  }

  /** Adds interleaved samples of the source's channels. */
  async write(interleaved: Float32Array): Promise<void> {
    const channels = applyLayout(interleaved, this.#sourceChannels, this.#decision);
    const length = channels[0]?.length ?? 0;
    let taken = 0;
    while (taken < length) {
      const count = Math.min(length - taken, this.#builders[0]?.room ?? 0);
      for (const [index, builder] of this.#builders.entries()) {
        const samples = channels[index];
        if (samples === undefined) throw new Error('The layout lost a channel');
        builder.push(samples.subarray(taken, taken + count));
      }
      taken += count;
      if (this.#builders[0]?.room === 0) await this.#commitPart();
    }
  }

  /** Commits what is left, and returns the recording's length in milliseconds. */
  async finish(): Promise<number> {
    if (this.#builders[0]?.isEmpty === false) await this.#commitPart();
    return Math.floor(this.#writtenSamples / SAMPLES_PER_MS);
  }

  async #commitPart(): Promise<void> {
    for (const [channel, builder] of this.#builders.entries()) {
      const part = builder.take();
      await this.#commitChannel(channel, part);
      if (channel === 0) this.#writtenSamples += part.samples.length;
    }
    this.#part += 1;
    if (this.#part === 1) this.#feed.layoutDecided(this.layout);
    this.#feed.partsCommitted(this.#part);
  }

  async #commitChannel(channel: number, part: BuiltPart): Promise<void> {
    const { database, vault } = this.#services;
    const { recordingId } = this.#task;
    const place = { recordingId, channel, partIndex: this.#part };
    const object = await sealPart(vault, place, part.samples);
    try {
      reached('import.partSealed');
      const { gainDb, features, peaks } = part;
      await database.parts.commit({
        part: {
          ...place,
          startSample: this.#part * PART_SAMPLES,
          sampleCount: part.samples.length,
          gainDb,
          features: Buffer.from(features),
          peaks: Buffer.from(peaks),
        },
        object,
        createdAtMs: Date.now(),
      });
    } catch (error) {
      await discardUnrecorded(this.#services, object.id);
      throw error;
    }
    this.#feed.sealedBytes += object.sizeBytes;
    reached('import.partCommitted');
  }
}
