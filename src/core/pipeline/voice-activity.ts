import { Mutex } from 'async-mutex';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import type { Database } from '../database/database.ts';
import type { PartVoiceActivity } from '../database/windows/voice-activity.db.ts';
import type { Engine } from '../engine/engine.ts';
import { twiceAtMost } from './twice-at-most.ts';
import type { WorkingCopyReader } from './working-copy-reader.ts';

/** The services of the computation of voice activity. */
export interface VoiceActivityServices {
  readonly database: Database;
  readonly engine: Engine;
  readonly reader: WorkingCopyReader;
}

/**
 * The voice activity of a recording's parts: kept in the database once it is computed, so that a resumed job and another job find it. The
 * detector's state is passed from part to part, so the parts of a channel are computed in order.
 */
export class VoiceActivityOfParts {
  /** Time spent in the detector, in milliseconds. */
  computeMs = 0;
  readonly #services: VoiceActivityServices;
  readonly #recordingId: string;
  /** Who asks while another part is computed may find it done. */
  readonly #oneAtATime = new Mutex();

  constructor(services: VoiceActivityServices, recordingId: string) {
    this.#services = services;
    this.#recordingId = recordingId;
  }

  /**
   * Probabilities of voice activity in a part that has been committed, 0 to 255, one for each 512 samples. Throws the
   * engine's and the vault's errors, and the signal's reason.
   */
  async of(channel: number, partIndex: number, signal: AbortSignal): Promise<Uint8Array> {
    const kept = await this.#kept(channel, partIndex);
    if (kept !== null) return kept.probabilities;
    return await this.#oneAtATime.runExclusive(() => this.#computed(channel, partIndex, signal));
  }

  async #computed(channel: number, partIndex: number, signal: AbortSignal): Promise<Uint8Array> {
    const kept = await this.#kept(channel, partIndex);
    if (kept !== null) return kept.probabilities;
    let first = partIndex;
    let before: PartVoiceActivity | null = null;
    while (first > 0 && before === null) {
      before = await this.#kept(channel, first - 1);
      if (before === null) first -= 1;
    }
    let state = before?.state ?? null;
    for (let part = first; ; part += 1) {
      const activity = await this.#compute(channel, part, state, signal);
      if (part === partIndex) return activity.probabilities;
      state = activity.state;
    }
  }

  async #kept(channel: number, partIndex: number): Promise<PartVoiceActivity | null> {
    return await this.#services.database.voiceActivity.get({
      recordingId: this.#recordingId,
      channel,
      partIndex,
    });
  }

  async #compute(
    channel: number,
    partIndex: number,
    state: Uint8Array | null,
    signal: AbortSignal,
  ): Promise<PartVoiceActivity> {
    const { database, engine, reader } = this.#services;
    signal.throwIfAborted();
    const pcm = await reader.part(channel, partIndex);
    if (state !== null && isDigitalSilence(pcm)) {
      const silent = { probabilities: new Uint8Array(pcm.length / VOICE_CHUNK_SAMPLES), state };
      await database.voiceActivity.keep({ recordingId: this.#recordingId, channel, partIndex, ...silent });
      return silent;
    }
    // The engine may have crashed on what it was transcribing meanwhile.
    const answer = await twiceAtMost(() => engine.voiceActivity(pcm, state, signal));
    const { probabilities, state: after, computeMs } = answer;
    this.computeMs += computeMs;
    const activity = { probabilities, state: after };
    await database.voiceActivity.keep({ recordingId: this.#recordingId, channel, partIndex, ...activity });
    return activity;
  }
}

/**
 * Whether a whole part is digital silence, as before a late start, which may last hours: it needs no detector. One
 * that the recording's end cuts off is left to the detector.
 */
function isDigitalSilence(pcm: Int16Array): boolean {
  return pcm.length % VOICE_CHUNK_SAMPLES === 0 && pcm.every((sample) => sample === 0);
}
