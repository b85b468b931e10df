import type { CaptureWarning } from '../../contract/capture.ts';
import type { Level } from './level-meter.ts';

/** What is warned of by the sound of a microphone alone. */
export type SoundWarning = Extract<CaptureWarning, 'silence' | 'noSpeech' | 'clipping' | 'quiet'>;

/** Below this peak there is no sound: even a quiet room is louder in a microphone that works. */
const SILENCE_PEAK_DB = -80;
/** A silent source sounds again from this peak on, for this long. */
const SOUND_PEAK_DB = -75;
const SOUND_MS = 200;
const SILENCE_MS = 3000;

/** Clipped stretches within this time that are told, and the time without one after which it is over. */
const CLIPPED_STRETCHES = 2;
const CLIPPING_MS = 3000;
const UNCLIPPED_MS = 5000;

/** Speech below the first level for so long is quiet; above the second it is not any more. */
const QUIET_DB = -46;
const AUDIBLE_DB = -42;
const QUIET_MS = 4000;

const NO_SPEECH_MS = 60_000;

/**
 * What the sound of a microphone warns of, by its levels and by whether somebody speaks. Time is that of the sound. Each
 * warning ends later or at another level than it begins, so that none flickers.
 */
export class SoundWarnings {
  readonly #active = new Set<SoundWarning>();
  #silentMs = 0;
  #soundMs = 0;
  #clippedAgoMs: number[] = [];
  #isSpeaking = false;
  #sinceSpeechMs = 0;
  /** Mean power of the speech heard lately, and how much of it was heard. */
  #speechPower = 0;
  #speechMs = 0;

  /** The warnings that hold. */
  get active(): ReadonlySet<SoundWarning> {
    return this.#active;
  }

  /** Somebody begins or ceases to speak. */
  speaking(isSpeaking: boolean): void {
    this.#isSpeaking = isSpeaking;
    if (isSpeaking) this.#heard();
  }

  /** Takes the level of the next stretch. */
  push(level: Level): void {
    this.#judgeSilence(level);
    this.#judgeClipping(level);
    this.#judgeSpeech(level);
  }

  /** Another device delivers, or the capture goes on after a pause: what was measured before tells nothing of it. */
  restart(): void {
    this.#active.clear();
    this.#silentMs = 0;
    this.#soundMs = 0;
    this.#clippedAgoMs = [];
    this.#sinceSpeechMs = 0;
    this.#speechMs = 0;
  }

  #judgeSilence({ peakDb, durationMs }: Level): void {
    const isSilent = this.#active.has('silence');
    if (peakDb < (isSilent ? SOUND_PEAK_DB : SILENCE_PEAK_DB)) {
      this.#silentMs += durationMs;
      this.#soundMs = 0;
    } else {
      this.#soundMs += durationMs;
      if (!isSilent || this.#soundMs >= SOUND_MS) this.#silentMs = 0;
    }
    this.#set('silence', this.#silentMs >= SILENCE_MS);
  }

  #judgeClipping({ clipped, durationMs }: Level): void {
    const ago = this.#clippedAgoMs.map((ms) => ms + durationMs);
    if (clipped) ago.push(0);
    this.#clippedAgoMs = ago.filter((ms) => ms < UNCLIPPED_MS);
    const recent = this.#clippedAgoMs.filter((ms) => ms < CLIPPING_MS).length;
    const wasClipping = this.#active.has('clipping');
    this.#set('clipping', wasClipping ? this.#clippedAgoMs.length > 0 : recent >= CLIPPED_STRETCHES);
  }

  #judgeSpeech({ rmsDb, durationMs }: Level): void {
    if (!this.#isSpeaking) {
      this.#sinceSpeechMs += durationMs;
      // A silent source is told as that.
      this.#set('noSpeech', this.#sinceSpeechMs >= NO_SPEECH_MS && !this.#active.has('silence'));
      return;
    }
    this.#heard();
    this.#speechMs = Math.min(this.#speechMs + durationMs, QUIET_MS);
    this.#speechPower += (10 ** (rmsDb / 10) - this.#speechPower) * Math.min(1, durationMs / this.#speechMs);
    const speechDb = 10 * Math.log10(this.#speechPower + 1e-12);
    if (this.#active.has('quiet')) this.#set('quiet', speechDb < AUDIBLE_DB);
    else this.#set('quiet', this.#speechMs >= QUIET_MS && speechDb < QUIET_DB);
  }

  #heard(): void {
    this.#sinceSpeechMs = 0;
    this.#active.delete('noSpeech');
  }

  #set(warning: SoundWarning, isActive: boolean): void {
    if (isActive) this.#active.add(warning);
    else this.#active.delete(warning);
  }
}
