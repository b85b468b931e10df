/**
 * The level that a given share of some frames stays below: a histogram of level bytes with a pointer to the
 * percentile, so that taking a frame in or out costs a few additions whatever their number.
 */
export class LevelHistogram {
  readonly #share: number;
  readonly #counts = new Uint32Array(256);
  #size = 0;
  #level = 0;
  /** Frames strictly below `#level`. */
  #below = 0;

  /** `share`: 0.1 for the tenth percentile. */
  constructor(share: number) {
    this.#share = share;
  }

  /** Takes in a frame. */
  add(level: number): void {
    this.#count(level, 1);
  }

  /** Takes out a frame that was taken in before. */
  remove(level: number): void {
    this.#count(level, -1);
  }

  /** The percentile; 255 while nothing is inside. */
  percentile(): number {
    const rank = Math.floor(this.#share * this.#size);
    while (this.#below > rank) this.#below -= this.#counts[--this.#level] as number;
    while (this.#level < 255 && this.#below + (this.#counts[this.#level] as number) <= rank) {
      this.#below += this.#counts[this.#level++] as number;
    }
    return this.#level;
  }

  #count(level: number, by: 1 | -1): void {
    this.#counts[level] = (this.#counts[level] as number) + by;
    this.#size += by;
    if (level < this.#level) this.#below += by;
  }
}
