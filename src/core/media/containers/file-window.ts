import type { Source } from '../source.ts';

const BLOCK_BYTES = 4096;
const SCAN_BYTES = 1024 * 1024;

/** Most bytes that are searched in one source, as much as a day of high-resolution stereo takes: a minute of reading. */
const MOST_SCANNED_BYTES = 16 * 1024 ** 3;

/** More false beginnings than these are made on purpose: the search ends. */
const MAX_CANDIDATES = 10_000;

/** Reads small parts of a source at any position; parts close together are read at once. */
export class FileWindow {
  readonly sizeBytes: number;
  readonly #source: Source;
  #block: Buffer = Buffer.alloc(0);
  #blockAt = 0;
  #scannedBytes = 0;

  constructor(source: Source) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
  }

  /** The bytes from `position` on, fewer than `length` only at the end of the file. Error: `file.readFailed`. */
  async at(position: number, length: number): Promise<Buffer> {
    const offset = position - this.#blockAt;
    if (offset < 0 || offset + length > this.#block.length) {
      this.#block = await this.#read(position, Math.max(length, BLOCK_BYTES));
      this.#blockAt = position;
    }
    return this.#block.subarray(position - this.#blockAt, position - this.#blockAt + length);
  }

  /**
   * The first position in `[from, to)` of one of the `needles` that `fits`; null if there is none, or none
   * within the 16 GiB that are searched in a source. Reads the range in blocks, about as fast as the disk.
   */
  async find(
    needles: readonly Buffer[],
    from: number,
    to: number,
    fits: (position: number) => Promise<boolean>,
  ): Promise<number | null> {
    const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
    let candidates = 0;
    for (let start = from; start < to && candidates < MAX_CANDIDATES; start += SCAN_BYTES) {
      if (this.#scannedBytes > MOST_SCANNED_BYTES) return null;
      const block = await this.#scan(start, Math.min(SCAN_BYTES + overlap, to - start));
      for (const offset of needles.flatMap((needle) => offsetsOf(needle, block)).sort((a, b) => a - b)) {
        if (offset >= SCAN_BYTES || candidates++ >= MAX_CANDIDATES) break;
        if (await fits(start + offset)) return start + offset;
      }
      if (block.length < SCAN_BYTES) break;
    }
    return null;
  }

  /** The start of the zeros that end at `to`, searched back to `from`; `to` itself if there are none. */
  async zerosBefore(to: number, from: number): Promise<number> {
    for (let end = to; end > from; ) {
      if (this.#scannedBytes > MOST_SCANNED_BYTES) return end;
      const start = Math.max(from, end - SCAN_BYTES);
      const block = await this.#scan(start, end - start);
      // Compared as a whole, because byte by byte would be slow for gigabytes of zeros.
      if (!block.equals(ZEROS.subarray(0, block.length))) {
        return start + block.findLastIndex((byte) => byte !== 0) + 1;
      }
      end = start;
    }
    return from;
  }

  async #scan(position: number, length: number): Promise<Buffer> {
    const block = await this.#read(position, length);
    this.#scannedBytes += block.length;
    return block;
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, await this.#source.read(buffer, position));
  }
}

const ZEROS = Buffer.alloc(SCAN_BYTES);

function offsetsOf(needle: Buffer, block: Buffer): number[] {
  const offsets: number[] = [];
  for (
    let i = block.indexOf(needle);
    i >= 0 && offsets.length <= MAX_CANDIDATES;
    i = block.indexOf(needle, i + 1)
  ) {
    offsets.push(i);
  }
  return offsets;
}
