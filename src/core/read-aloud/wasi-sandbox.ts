import { instantiate, type Program, type ProgramExports } from './web-assembly.ts';

/**
 * What a WebAssembly program for WASI preview 1 is given here: arguments, a clock, and memory. It cannot open, read or write any
 * file, nor reach a network: there is nothing behind its file descriptors but what it prints and one file that it writes,
 * both in memory. So no words of a transcript are ever on a disk.
 */

/** Numbers of errors, as WASI names them. */
const ERRNO = { success: 0, badf: 8, noent: 44 } as const;
const FILE_TYPE = { characterDevice: 2, directory: 3, regularFile: 4 } as const;

const STDOUT = 1;
const STDERR = 2;
/** The one folder that a program sees. */
const FOLDER = 3;
/** The one file that it can write in there. */
const FILE = 4;
/** A program that writes more than this is out of hand: an hour of sound is a tenth of it. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** What a program has made. */
export interface ProgramOutput {
  /** What it printed. */
  readonly text: string;
  /** The file that it wrote. */
  readonly file: Uint8Array;
}

class Ended extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`ended with ${status}`);
    this.status = status;
  }
}

/** Bytes that grow as they are written, at any position. */
class GrowingBytes {
  #bytes = new Uint8Array(1 << 16);
  length = 0;
  position = 0;

  write(chunk: Uint8Array): void {
    const end = this.position + chunk.length;
    if (end > MOST_BYTES) throw new Error('the program writes without end');
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.length));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.position);
    this.position = end;
    this.length = Math.max(this.length, end);
  }

  get bytes(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

/** Runs a program to its end. Throws if it fails. */
export function runProgram(module: Program, args: readonly string[]): ProgramOutput {
  const encoded = args.map((text) => new TextEncoder().encode(`${text}\0`));
  const printed = new GrowingBytes();
  const file = new GrowingBytes();
  let memory: ProgramExports['memory'] | null = null;
  const view = () => new DataView((memory as ProgramExports['memory']).buffer);
  const bytesAt = (at: number, length: number) =>
    new Uint8Array((memory as ProgramExports['memory']).buffer, at, length);
  const sinkOf = (descriptor: number) =>
    descriptor === STDOUT
      ? printed
      : descriptor === FILE
        ? file
        : descriptor === STDERR
          ? new GrowingBytes()
          : null;

  const calls = {
    args_sizes_get(count: number, size: number) {
      view().setUint32(count, encoded.length, true);
      view().setUint32(
        size,
        encoded.reduce((sum, { length }) => sum + length, 0),
        true,
      );
      return ERRNO.success;
    },
    args_get(pointers: number, buffer: number) {
      let at = buffer;
      for (const [index, bytes] of encoded.entries()) {
        view().setUint32(pointers + 4 * index, at, true);
        bytesAt(at, bytes.length).set(bytes);
        at += bytes.length;
      }
      return ERRNO.success;
    },
    clock_time_get(_clock: number, _precision: bigint, result: number) {
      view().setBigUint64(result, BigInt(Math.round(performance.now() * 1e6)), true);
      return ERRNO.success;
    },
    fd_close: () => ERRNO.success,
    fd_fdstat_get(descriptor: number, result: number) {
      if (descriptor > FILE) return ERRNO.badf;
      const type =
        descriptor === FILE
          ? FILE_TYPE.regularFile
          : descriptor === FOLDER
            ? FILE_TYPE.directory
            : FILE_TYPE.characterDevice;
      bytesAt(result, 24).fill(0);
      view().setUint8(result, type);
      view().setBigUint64(result + 8, ~0n, true);
      view().setBigUint64(result + 16, ~0n, true);
      return ERRNO.success;
    },
    fd_fdstat_set_flags: () => ERRNO.success,
    fd_prestat_get(descriptor: number, result: number) {
      if (descriptor !== FOLDER) return ERRNO.badf;
      view().setUint32(result, 0, true);
      view().setUint32(result + 4, 1, true);
      return ERRNO.success;
    },
    fd_prestat_dir_name(descriptor: number, path: number) {
      if (descriptor !== FOLDER) return ERRNO.badf;
      bytesAt(path, 1).set([0x2f]);
      return ERRNO.success;
    },
    fd_read(_descriptor: number, _vectors: number, _count: number, result: number) {
      view().setUint32(result, 0, true);
      return ERRNO.success;
    },
    fd_seek(descriptor: number, offset: bigint, whence: number, result: number) {
      if (descriptor !== FILE) return ERRNO.badf;
      const from = whence === 0 ? 0 : whence === 1 ? file.position : file.length;
      file.position = Math.max(0, from + Number(offset));
      view().setBigUint64(result, BigInt(file.position), true);
      return ERRNO.success;
    },
    fd_write(descriptor: number, vectors: number, count: number, result: number) {
      const sink = sinkOf(descriptor);
      if (sink === null) return ERRNO.badf;
      let written = 0;
      for (let index = 0; index < count; index += 1) {
        const at = view().getUint32(vectors + 8 * index, true);
        const length = view().getUint32(vectors + 8 * index + 4, true);
        sink.write(bytesAt(at, length).slice());
        written += length;
      }
      view().setUint32(result, written, true);
      return ERRNO.success;
    },
    path_open(
      ...[descriptor, , , , , rights, , , result]: [
        number,
        number,
        number,
        number,
        number,
        bigint,
        bigint,
        number,
        number,
      ]
    ) {
      // Nothing can be read: there is nothing.
      const FD_WRITE = 64n;
      if (descriptor !== FOLDER || (rights & FD_WRITE) === 0n) return ERRNO.noent;
      view().setUint32(result, FILE, true);
      return ERRNO.success;
    },
    proc_exit(status: number) {
      throw new Ended(status);
    },
  };

  const program = instantiate(module, { wasi_snapshot_preview1: calls });
  memory = program.memory;
  try {
    program._start();
  } catch (thrown) {
    if (!(thrown instanceof Ended) || thrown.status !== 0) throw thrown;
  }
  return { text: new TextDecoder().decode(printed.bytes), file: file.bytes };
}
