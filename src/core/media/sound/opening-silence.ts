/** Blocks of nothing but zeros at the beginning of a recording, counted instead of stored. */
export class OpeningSilence {
  readonly #lengths: { length: number; count: number }[] = [];

  /** Counts a block of samples if it is silent; false if it is not. */
  takes(block: Float32Array): boolean {
    if (block.some((sample) => sample !== 0)) return false;
    const last = this.#lengths.at(-1);
    if (last?.length === block.length) last.count += 1;
    else this.#lengths.push({ length: block.length, count: 1 });
    return true;
  }

  /** The blocks that were counted. */
  *blocks(): Generator<Float32Array> {
    for (const { length, count } of this.#lengths) {
      for (let i = 0; i < count; i++) yield new Float32Array(length);
    }
  }
}
