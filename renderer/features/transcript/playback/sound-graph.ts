import type { WantedSound } from './playback-sound.ts';
import processorUrl from './playback-sound.worklet.ts?worker&url';

/**
 * The way of a player's sound through Web Audio, where it is amplified, limited, and one channel heard alone. The player itself
 * changes the speed and keeps the pitch before that. Once made, all that this player plays goes through it.
 */
export class SoundGraph {
  readonly #context: AudioContext;
  readonly #processor: AudioWorkletNode;

  private constructor(context: AudioContext, processor: AudioWorkletNode) {
    this.#context = context;
    this.#processor = processor;
  }

  /** Leads the sound of a player through Web Audio. Rejects if that is not possible; the player then plays as before. */
  static async of(media: HTMLMediaElement): Promise<SoundGraph> {
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule(processorUrl);
      const processor = new AudioWorkletNode(context, 'playback-sound', { outputChannelCount: [2] });
      processor.connect(context.destination);
      context.createMediaElementSource(media).connect(processor);
      return new SoundGraph(context, processor);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  want(wanted: WantedSound): void {
    this.#processor.port.postMessage(wanted);
  }

  /** A context that was made before the user did anything is suspended. */
  resume(): void {
    this.#context.resume().catch(() => undefined);
  }

  close(): void {
    this.#context.close().catch(() => undefined);
  }
}
