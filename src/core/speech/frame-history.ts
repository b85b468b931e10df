/** A growing list of equally wide byte records, numbered from 0, whose oldest may be forgotten. */
export class FrameHistory {
  readonly #width: number;
  #bytes: Uint8Array;
  #first = 0;
  #end = 0;

  /** `width`: bytes of one record. */
  constructor(width: number) {
    this.#width = width;
    this.#bytes = new Uint8Array(width * 1024);
  }

  /** Number of the record after the last one. */
  get end(): number {
    return this.#end;
  }

  /** Adds a record. */
  push(record: ArrayLike<number>): void {
    const offset = (this.#end - this.#first) * this.#width;
    if (offset === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let i = 0; i < this.#width; i++) this.#bytes[offset + i] = record[i] as number;
    this.#end++;
  }

  /** Byte `index` of record `frame`, which must not have been forgotten. */
  at(frame: number, index = 0): number {
    if (frame < this.#first || frame >= this.#end) throw new RangeError(`No record ${frame} here.`);
    return this.#bytes[(frame - this.#first) * this.#width + index] as number;
  }

  /** Forgets the records before `frame`, in bulk when it pays. */
  forgetBefore(frame: number): void {
    const forgotten = Math.min(frame, this.#end) - this.#first;
    if (forgotten * this.#width * 2 < this.#bytes.length) return;
    this.#bytes.copyWithin(0, forgotten * this.#width, (this.#end - this.#first) * this.#width);
    this.#first += forgotten;
  }
}
