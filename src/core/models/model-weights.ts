import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';

/** The numbers of a model's header that determine which weights must follow. */
export interface ModelShape {
  readonly vocabulary: number;
  readonly audioContext: number;
  /** Width of the encoder's and of the decoder's states alike. */
  readonly width: number;
  readonly encoderLayers: number;
  readonly textContext: number;
  readonly decoderLayers: number;
  readonly melBands: number;
}

/** ggml's tensor types that hold a Whisper model's weights: how many weights a block has, and its bytes. */
const BLOCKS: Readonly<Record<number, { readonly weights: number; readonly bytes: number }>> = {
  0: { weights: 1, bytes: 4 }, // f32
  1: { weights: 1, bytes: 2 }, // f16
  2: { weights: 32, bytes: 18 }, // q4_0
  3: { weights: 32, bytes: 20 }, // q4_1
  6: { weights: 32, bytes: 22 }, // q5_0
  7: { weights: 32, bytes: 24 }, // q5_1
  8: { weights: 32, bytes: 34 }, // q8_0
  10: { weights: 256, bytes: 84 }, // q2_k
  11: { weights: 256, bytes: 110 }, // q3_k
  12: { weights: 256, bytes: 144 }, // q4_k
  13: { weights: 256, bytes: 176 }, // q5_k
  14: { weights: 256, bytes: 210 }, // q6_k
  30: { weights: 1, bytes: 2 }, // bf16
};
/** As many tensor types as ggml has; most of them never hold a Whisper model's weights. */
const GGML_TYPES = 42;

const SPECTRUM_BINS = 201;
const LONGEST_TOKEN = 4096;
const LONGEST_NAME = 128;
const LARGEST_DIMENSION = 2 ** 24;
const MOST_WEIGHTS = 2 ** 31 - 1;

/**
 * Reads everything after a model's header but the weights' values, as the engine does before it loads one
 * (native/src/model-file.cc): mel filters, vocabulary, and each weight's name, type and dimensions, which say where the
 * next one begins. Throws `model.cutShort`, `model.trailingBytes`, `model.unsupported` (how a weight is stored) or `model.damaged`;
 * `file` names the file in them.
 * @param start where the header ends, in bytes.
 */
export async function checkWeights(
  handle: FileHandle,
  file: string,
  start: number,
  shape: ModelShape,
): Promise<void> {
  const { size } = await handle.stat();
  const reader = new ModelReader(handle, file, start, size);
  await reader.number(shape.melBands, shape.melBands);
  await reader.number(SPECTRUM_BINS, SPECTRUM_BINS);
  reader.skip(4 * shape.melBands * SPECTRUM_BINS);
  const tokens = await reader.number(1, shape.vocabulary);
  await reader.skipTexts(tokens, LONGEST_TOKEN);

  const missing = new Map(weightDimensions(shape));
  while (missing.size > 0) {
    const { name, dimensions } = await readWeight(reader);
    const expected = missing.get(name);
    if (expected === undefined || !isSame(expected, dimensions)) throw reader.damaged();
    missing.delete(name);
  }
  if (reader.position < size) {
    throw new AppError('model.trailingBytes', { file, extraBytes: size - reader.position });
  }
}

/** The name of every weight of a model of this shape, with its dimensions, the fastest first, as whisper.cpp expects them. */
export function* weightDimensions(
  shape: ModelShape,
): Generator<[name: string, dimensions: readonly number[]]> {
  const { vocabulary, audioContext, width, encoderLayers, textContext, decoderLayers, melBands } = shape;
  yield ['encoder.positional_embedding', [width, audioContext]];
  yield ['encoder.conv1.weight', [3, melBands, width]];
  yield ['encoder.conv1.bias', [1, width]];
  yield ['encoder.conv2.weight', [3, width, width]];
  yield ['encoder.conv2.bias', [1, width]];
  yield* normDimensions('encoder.ln_post', width);
  for (let layer = 0; layer < encoderLayers; layer += 1) {
    yield* layerDimensions(`encoder.blocks.${layer}`, width);
  }
  yield ['decoder.positional_embedding', [width, textContext]];
  yield ['decoder.token_embedding.weight', [width, vocabulary]];
  yield* normDimensions('decoder.ln', width);
  for (let layer = 0; layer < decoderLayers; layer += 1) {
    yield* layerDimensions(`decoder.blocks.${layer}`, width);
    yield* attentionDimensions(`decoder.blocks.${layer}.cross_attn`, width);
  }
}

function* layerDimensions(layer: string, width: number): Generator<[string, number[]]> {
  yield* normDimensions(`${layer}.mlp_ln`, width);
  yield [`${layer}.mlp.0.weight`, [width, 4 * width]];
  yield [`${layer}.mlp.0.bias`, [4 * width]];
  yield [`${layer}.mlp.2.weight`, [4 * width, width]];
  yield [`${layer}.mlp.2.bias`, [width]];
  yield* attentionDimensions(`${layer}.attn`, width);
}

/** The keys alone have no bias. */
function* attentionDimensions(attention: string, width: number): Generator<[string, number[]]> {
  yield* normDimensions(`${attention}_ln`, width);
  for (const part of ['query', 'key', 'value', 'out']) {
    yield [`${attention}.${part}.weight`, [width, width]];
    if (part !== 'key') yield [`${attention}.${part}.bias`, [width]];
  }
}

function* normDimensions(norm: string, width: number): Generator<[string, number[]]> {
  yield [`${norm}.weight`, [width]];
  yield [`${norm}.bias`, [width]];
}

/** Dimensions that are left out are 1. */
function isSame(expected: readonly number[], found: readonly number[]): boolean {
  return [0, 1, 2, 3].every((index) => (expected[index] ?? 1) === (found[index] ?? 1));
}

async function readWeight(reader: ModelReader): Promise<{ name: string; dimensions: number[] }> {
  const dimensionCount = await reader.number(1, 4);
  const nameLength = await reader.number(1, LONGEST_NAME);
  const type = await reader.number(0, GGML_TYPES - 1);
  const block = BLOCKS[type];
  if (block === undefined) throw new AppError('model.unsupported', { model: basename(reader.file) });
  const dimensions: number[] = [];
  let weights = 1;
  for (let i = 0; i < dimensionCount; i += 1) {
    const dimension = await reader.number(1, LARGEST_DIMENSION);
    dimensions.push(dimension);
    weights *= dimension;
  }
  if (weights > MOST_WEIGHTS || (dimensions[0] ?? 0) % block.weights !== 0) throw reader.damaged();
  const name = await reader.text(nameLength);
  reader.skip((weights / block.weights) * block.bytes);
  return { name, dimensions };
}

/** Reads consecutive little-endian numbers and strings of a file, in few reads however small they are. */
class ModelReader {
  readonly file: string;
  position: number;
  readonly #handle: FileHandle;
  readonly #size: number;
  readonly #buffer = Buffer.allocUnsafe(16 * 1024);
  #bufferStart = 0;
  #bufferEnd = 0;

  constructor(handle: FileHandle, file: string, position: number, size: number) {
    this.#handle = handle;
    this.file = file;
    this.position = position;
    this.#size = size;
  }

  /** A 32-bit number. One outside these bounds means that the file is damaged. */
  async number(least: number, most: number): Promise<number> {
    const value = (await this.#take(4)).readInt32LE(0);
    if (value < least || value > most) throw this.damaged();
    return value;
  }

  async text(bytes: number): Promise<string> {
    return (await this.#take(bytes)).toString('latin1');
  }

  /** Skips so many length-prefixed strings. They are fifty thousand: those in the buffer need no await. */
  async skipTexts(count: number, longest: number): Promise<void> {
    for (let text = 0; text < count; text += 1) {
      const start = this.position;
      this.skip(4);
      if (this.position > this.#bufferEnd) await this.#fill(start);
      if (this.position > this.#bufferEnd) throw new AppError('file.changed', { file: this.file });
      const length = this.#buffer.readInt32LE(start - this.#bufferStart);
      if (length < 0 || length > longest) throw this.damaged();
      this.skip(length);
    }
  }

  skip(bytes: number): void {
    if (bytes > this.#size - this.position) throw new AppError('model.cutShort', { file: this.file });
    this.position += bytes;
  }

  damaged(): AppError {
    return new AppError('model.damaged', { file: this.file });
  }

  /** Valid until the next call. */
  async #take(bytes: number): Promise<Buffer> {
    const start = this.position;
    this.skip(bytes);
    if (start < this.#bufferStart || this.position > this.#bufferEnd) await this.#fill(start);
    if (this.position > this.#bufferEnd) throw new AppError('file.changed', { file: this.file });
    return this.#buffer.subarray(start - this.#bufferStart, this.position - this.#bufferStart);
  }

  async #fill(start: number): Promise<void> {
    const { bytesRead } = await this.#handle
      .read(this.#buffer, 0, this.#buffer.length, start)
      .catch((cause) => {
        throw new AppError('file.readFailed', { file: this.file }, { cause });
      });
    this.#bufferStart = start;
    this.#bufferEnd = start + bytesRead;
  }
}
