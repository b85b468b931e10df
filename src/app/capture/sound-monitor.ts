import type { CaptureFrame, CaptureInput, CaptureLevel, CaptureWarning } from '../../contract/capture.ts';
import { LevelMeter } from './level-meter.ts';
import { SoundWarnings } from './sound-warnings.ts';

/** Below this peak the computer plays nothing. */
const PLAYING_PEAK_DB = -80;

/** How long the computer's sound may be silent from its beginning before that is told. */
const SYSTEM_SILENT_MS = 5000;

/** Measures the sound of a session's inputs, and judges what is to be warned of. Time is that of the sound. */
export class SoundMonitor {
  readonly #meters: Readonly<Record<CaptureInput, LevelMeter>> = {
    microphone: new LevelMeter(),
    system: new LevelMeter(),
  };
  readonly #microphone = new SoundWarnings();
  readonly #hasSystem: boolean;
  readonly #onLevel: (level: Omit<CaptureLevel, 'captureId'>) => void;
  #sinceStartMs = 0;
  #systemHasPlayed = false;

  /** @param onLevel is called with the level of each 100 ms of each input. */
  constructor(inputs: readonly CaptureInput[], onLevel: (level: Omit<CaptureLevel, 'captureId'>) => void) {
    this.#hasSystem = inputs.includes('system');
    this.#onLevel = onLevel;
  }

  /** The warnings that hold. */
  get warnings(): CaptureWarning[] {
    const isSilent = this.#hasSystem && !this.#systemHasPlayed && this.#sinceStartMs >= SYSTEM_SILENT_MS;
    return [...this.#microphone.active, ...(isSilent ? (['systemAudioSilent'] as const) : [])];
  }

  /** Takes a frame; returns whether the warnings may have changed. */
  push({ input, samples, sampleRate }: CaptureFrame): boolean {
    const level = this.#meters[input].push(samples, sampleRate);
    if (level === null) return false;
    const { peakDb, rmsDb, clipped, durationMs } = level;
    this.#onLevel({ input, peakDb, rmsDb, clipped });
    if (input === 'system') {
      this.#systemHasPlayed ||= peakDb > PLAYING_PEAK_DB;
    } else {
      this.#sinceStartMs += durationMs;
      this.#microphone.push(level);
    }
    return true;
  }

  /** Somebody begins or ceases to speak into the microphone. */
  speaking(isSpeaking: boolean): void {
    this.#microphone.speaking(isSpeaking);
  }

  /** Another microphone delivers, or the capture goes on after a pause. */
  restart(): void {
    this.#microphone.restart();
  }
}
