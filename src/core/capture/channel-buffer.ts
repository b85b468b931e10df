/** Sound of one channel between its arrival and its departure. Silence takes no memory. */
export class ChannelBuffer {
  /** Chunks in order; a number is so many samples of silence. */
  #chunks: (Int16Array | number)[] = [];
  /** Samples that have been put in since the beginning. */
  #end = 0;

  get end(): number {
    return this.#end;
  }

  /** Samples of silence at its beginning. */
  get silence(): number {
    const firstSound = this.#chunks.findIndex((chunk) => typeof chunk !== 'number');
    const silent = firstSound === -1 ? this.#chunks : this.#chunks.slice(0, firstSound);
    return silent.reduce<number>((sum, chunk) => sum + lengthOf(chunk), 0);
  }

  append(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#chunks.push(samples);
    this.#end += samples.length;
  }

  /** Appends silence up to sample `end`; nothing if there is sound already. */
  fillTo(end: number): void {
    if (end <= this.#end) return;
    this.#chunks.push(end - this.#end);
    this.#end = end;
  }

  /** Drops what has been put in from sample `end` on and not yet been taken. */
  cutTo(end: number): void {
    let surplus = this.#end - end;
    while (surplus > 0) {
      const last = this.#chunks.pop();
      if (last === undefined) return;
      const length = lengthOf(last);
      if (length > surplus) this.#chunks.push(part(last, 0, length - surplus));
      const dropped = Math.min(length, surplus);
      surplus -= dropped;
      this.#end -= dropped;
    }
  }

  /**
   * Takes the first `count` samples, which must be there, into every `stride`-th place of `target` from `offset` on. Silence
   * leaves `target` as it is.
   */
  take(count: number, target: Int16Array, offset: number, stride: number): void {
    let done = 0;
    while (done < count) {
      const first = this.#chunks[0] as Int16Array | number;
      const length = Math.min(lengthOf(first), count - done);
      if (typeof first !== 'number') {
        for (let i = 0; i < length; i++) target[offset + (done + i) * stride] = first[i] as number;
      }
      done += length;
      if (length === lengthOf(first)) this.#chunks.shift();
      else this.#chunks[0] = part(first, length, lengthOf(first));
    }
  }
}

function lengthOf(chunk: Int16Array | number): number {
  return typeof chunk === 'number' ? chunk : chunk.length;
}

function part(chunk: Int16Array | number, start: number, end: number): Int16Array | number {
  return typeof chunk === 'number' ? end - start : chunk.subarray(start, end);
}
