import { FRAME_MS, SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import type { Engine } from '../engine/engine.ts';
import { twiceAtMost } from '../pipeline/twice-at-most.ts';
import { type Burst, VoiceBursts } from '../speech/voice-bursts.ts';
import type { LiveLevel } from './live-level.ts';
import type { SoundBuffer } from './sound-buffer.ts';

/** Sound is handed to the detector in portions of this many chunks at least (128 ms), and of at most 10 s. */
const FEWEST_CHUNKS = 4;
const MOST_CHUNKS = 312;

const CHUNK_MS = VOICE_CHUNK_SAMPLES / SAMPLES_PER_MS;

/** Speech that is no further apart is one burst: what the detector hands on in parts of 5 s. */
const TOUCHING_MS = FRAME_MS;

/** What speech is found in. */
export interface VoiceSound {
  readonly sound: SoundBuffer;
  readonly level: LiveLevel;
  /** Which frames of a range hold another channel's voice: 1 for each that does, else 0. */
  readonly crosstalk: (fromMs: number, toMs: number) => Uint8Array;
}

/** Finds the speech in a channel's growing sound: the same detector as for recordings, fed as the sound arrives. */
export class VoiceTracker {
  readonly #engine: Engine;
  readonly #sound: SoundBuffer;
  readonly #level: LiveLevel;
  readonly #crosstalk: VoiceSound['crosstalk'];
  readonly #signal: AbortSignal;
  #bursts = new VoiceBursts();
  #state: Uint8Array | null = null;
  /** Where the detector began, and how many chunks it has had since. */
  #fromMs = 0;
  #chunks = 0;
  /** The speech that is complete, without what was forgotten. */
  #found: Span[] = [];
  #generation = 0;

  constructor(engine: Engine, { sound, level, crosstalk }: VoiceSound, signal: AbortSignal) {
    this.#engine = engine;
    this.#sound = sound;
    this.#level = level;
    this.#crosstalk = crosstalk;
    this.#signal = signal;
  }

  /** Up to here it is known where somebody speaks. */
  get knownUntilMs(): number {
    return this.#fromMs + this.#chunks * CHUNK_MS;
  }

  /** The speech found so far, that which goes on included. */
  get speech(): readonly Span[] {
    const { open } = this.#bursts;
    return open === null ? this.#found : joined(this.#found, this.#span(open));
  }

  /** Somebody is speaking. */
  get isSpeaking(): boolean {
    return this.#bursts.open !== null;
  }

  /** Forgets the speech before this time. */
  forgetBefore(ms: number): void {
    this.#found = this.#found.filter(({ endMs }) => endMs > ms);
  }

  /** Goes on at this time: what was before it is lost. */
  restartAt(ms: number): void {
    this.#generation += 1;
    const burst = this.#bursts.finish();
    if (burst !== null) this.#found = joined(this.#found, this.#span(burst));
    this.#bursts = new VoiceBursts();
    this.#state = null;
    this.#fromMs = ms;
    this.#chunks = 0;
  }

  /** Whether there is enough sound for `advance`; before an end any whole chunk is enough. */
  canAdvance(endMs: number | null): boolean {
    return this.#waitingChunks(endMs) >= (endMs === null ? FEWEST_CHUNKS : 1);
  }

  /**
   * Looks for speech in the next sound, up to 10 s of it, and not behind an end. Throws the engine's errors, and the
   * signal's reason.
   */
  async advance(endMs: number | null): Promise<void> {
    const chunks = Math.min(MOST_CHUNKS, this.#waitingChunks(endMs));
    const generation = this.#generation;
    const from = this.knownUntilMs;
    const pcm = this.#level.forDetector(this.#sound.read(from, from + chunks * CHUNK_MS));
    const probabilities = await this.#probabilities(pcm);
    // The sound may have been lost meanwhile.
    if (generation !== this.#generation) return;
    const foreign = this.#crosstalk(from, from + chunks * CHUNK_MS);
    for (const [chunk, probability] of probabilities.entries()) {
      const frame = Math.floor((from + (chunk + 0.5) * CHUNK_MS) / FRAME_MS) - Math.floor(from / FRAME_MS);
      const burst = this.#bursts.push(foreign[frame] === 1 ? 0 : probability);
      if (burst !== null) this.#found = joined(this.#found, this.#span(burst));
    }
    this.#chunks += chunks;
  }

  async #probabilities(pcm: Int16Array): Promise<Uint8Array> {
    // Zeros are no sound of a room: nothing is spoken in them, and the detector's state stays that of the sound before.
    if (pcm.every((sample) => sample === 0)) return new Uint8Array(pcm.length / VOICE_CHUNK_SAMPLES);
    const generation = this.#generation;
    const answer = await twiceAtMost(() => this.#engine.voiceActivity(pcm, this.#state, this.#signal));
    if (generation === this.#generation) this.#state = answer.state;
    return answer.probabilities;
  }

  #waitingChunks(endMs: number | null): number {
    const untilMs = Math.min(this.#sound.endMs, endMs ?? Number.POSITIVE_INFINITY);
    return Math.floor((untilMs - this.knownUntilMs) / CHUNK_MS);
  }

  #span({ start, end }: Burst): Span {
    return { startMs: this.#fromMs + start * FRAME_MS, endMs: this.#fromMs + end * FRAME_MS };
  }
}

function joined(spans: readonly Span[], next: Span): Span[] {
  const last = spans.at(-1);
  if (last === undefined || next.startMs - last.endMs > TOUCHING_MS) return [...spans, next];
  return [...spans.slice(0, -1), { startMs: last.startMs, endMs: next.endMs }];
}
