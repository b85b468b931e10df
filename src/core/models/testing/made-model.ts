import { type FileHandle, open } from 'node:fs/promises';
import { weightDimensions } from '../model-weights.ts';

/** What tests vary of a made model; the rest is that of a whole multilingual one, as small as they get. */
export interface MadeModel {
  readonly magic?: number;
  readonly vocabulary?: number;
  readonly width?: number;
  readonly encoderLayers?: number;
  readonly decoderLayers?: number;
  readonly melBands?: number;
  /** The header's file type: how the weights are stored. */
  readonly fileType?: number;
  /** ggml's type of every weight, f16 if none is named. */
  readonly weightType?: number;
  /** How many weights are written, all if not given. */
  readonly weights?: number;
  /** Other dimensions than the header states, by the weights' names. */
  readonly dimensions?: Readonly<Record<string, readonly number[]>>;
  readonly tokenLength?: number;
  /** Written over the first value of the last weight, so that two models differ. */
  readonly mark?: number;
}

const WEIGHT_BYTES: Readonly<Record<number, number>> = { 0: 4, 1: 2, 30: 2 };

/**
 * Writes a ggml Whisper model whose weights are all zero, and which takes a few blocks on the disk however large it is: a
 * sparse file. Returns its length in bytes.
 */
export async function writeMadeModel(file: string, made: MadeModel = {}): Promise<number> {
  const { vocabulary = 51_865, width = 16, encoderLayers = 1, decoderLayers = encoderLayers } = made;
  const { melBands = 80, weightType = 1 } = made;
  await using handle = await open(file, 'w');
  const writer = new HoleWriter(handle);
  await writer.write(Buffer.concat([madeHeader(made), numbers(melBands, 201)]));
  writer.leave(4 * melBands * 201);
  await writer.write(numbers(1, made.tokenLength ?? 3));
  writer.leave(made.tokenLength ?? 3);
  const shape = {
    vocabulary,
    width,
    encoderLayers,
    decoderLayers,
    melBands,
    audioContext: 1500,
    textContext: 448,
  };
  const weights = [...weightDimensions(shape)].slice(0, made.weights);
  for (const [name, whole] of weights) {
    const dimensions = made.dimensions?.[name] ?? whole;
    const head = numbers(dimensions.length, name.length, weightType, ...dimensions);
    await writer.write(Buffer.concat([head, Buffer.from(name, 'latin1')]));
    const elements = dimensions.reduce((product, dimension) => product * dimension, 1);
    writer.leave(elements * (WEIGHT_BYTES[weightType] ?? 1));
  }
  return await writer.end(made.mark ?? 0);
}

/** The first 48 bytes of a model file, which identify its kind. */
export function madeHeader(made: MadeModel = {}): Buffer {
  const { magic = 0x67676d6c, vocabulary = 51_865, width = 16, encoderLayers = 1 } = made;
  const { decoderLayers = encoderLayers, melBands = 80, fileType = 1 } = made;
  const heads = 2;
  return numbers(
    ...[magic, vocabulary, 1500, width, heads, encoderLayers, 448, width, heads],
    ...[decoderLayers, melBands, fileType],
  );
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeInt32LE(value, 4 * index);
  });
  return bytes;
}

class HoleWriter {
  readonly #handle: FileHandle;
  #position = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Buffer): Promise<void> {
    await this.#handle.write(bytes, 0, bytes.length, this.#position);
    this.#position += bytes.length;
  }

  leave(bytes: number): void {
    this.#position += bytes;
  }

  async end(lastByte: number): Promise<number> {
    await this.#handle.write(Buffer.from([lastByte]), 0, 1, this.#position - 1);
    return this.#position;
  }
}
