import { PlaybackSound, type WantedSound } from './playback-sound.ts';

// Runs on the audio thread, in the scope of an AudioWorklet, of which TypeScript has no types.

declare const sampleRate: number;
declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Plays what comes in as the last message wants it. */
class PlaybackSoundProcessor extends AudioWorkletProcessor {
  readonly #sound = new PlaybackSound(sampleRate);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<WantedSound>) => this.#sound.want(data);
  }

  process([input = []]: Float32Array[][], [output = []]: Float32Array[][]): boolean {
    this.#sound.process(input, output);
    return true;
  }
}

registerProcessor('playback-sound', PlaybackSoundProcessor);
