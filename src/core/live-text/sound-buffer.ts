import { SAMPLES_PER_MS } from '../../contract/audio.ts';

/** The last sound of a channel, 16 kHz mono, by its time in the recording. */
export class SoundBuffer {
  #blocks: Int16Array[] = [];
  #start = 0;
  #end = 0;

  /** Time of the first sample that is there, and the time behind the last one. */
  get startMs(): number {
    return this.#start / SAMPLES_PER_MS;
  }

  get endMs(): number {
    return this.#end / SAMPLES_PER_MS;
  }

  /** Appends samples behind the others. */
  append(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#blocks.push(samples);
    this.#end += samples.length;
  }

  /** Forgets everything and goes on at this time. */
  restartAt(ms: number): void {
    this.#blocks = [];
    this.#start = Math.round(ms * SAMPLES_PER_MS);
    this.#end = this.#start;
  }

  /** A copy of a range, as far as it is there. */
  read(fromMs: number, toMs: number): Int16Array {
    const from = Math.max(this.#start, Math.round(fromMs * SAMPLES_PER_MS));
    const to = Math.min(this.#end, Math.round(toMs * SAMPLES_PER_MS));
    const samples = new Int16Array(Math.max(0, to - from));
    let at = this.#start;
    for (const block of this.#blocks) {
      const end = at + block.length;
      if (end > from && at < to) {
        const part = block.subarray(Math.max(0, from - at), Math.min(block.length, to - at));
        samples.set(part, Math.max(0, at - from));
      }
      at = end;
    }
    return samples;
  }

  /** Forgets what is before this time, to the block. */
  forgetBefore(ms: number): void {
    const before = Math.round(ms * SAMPLES_PER_MS);
    let first = this.#blocks[0];
    while (first !== undefined && this.#start + first.length <= before) {
      this.#start += first.length;
      this.#blocks.shift();
      first = this.#blocks[0];
    }
  }
}
