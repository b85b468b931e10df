/** Runs in the audio thread: cuts what its node gets into frames, and hands them to the page. */
import { FrameCutter } from './frame-cutter.ts';
import { CUTTER_NAME, type WorkletCommand, type WorkletMessage } from './worklet-messages.ts';

/* What an AudioWorkletGlobalScope has, which the types of the page lack. */
declare const sampleRate: number;
declare const currentFrame: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

class FrameCutterProcessor extends AudioWorkletProcessor {
  readonly #cutter = new FrameCutter(sampleRate, ({ contextFrame, samples }) => {
    const { crc32 } = this.#cutter;
    this.#post({ type: 'frame', contextFrame, cutAtMs: Date.now(), crc32, samples }, [samples.buffer]);
  });
  #hasEnded = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<WorkletCommand>) => {
      if (data !== 'end' || this.#hasEnded) return;
      this.#hasEnded = true;
      this.#cutter.end();
      this.#post({ type: 'end' });
    };
  }

  process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
    if (!this.#hasEnded) this.#cutter.push(input?.[0], output?.[0]?.length ?? 0, currentFrame);
    return !this.#hasEnded;
  }

  #post(message: WorkletMessage, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

registerProcessor(CUTTER_NAME, FrameCutterProcessor);
