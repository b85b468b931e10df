import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { systemErrorCode } from '../system-errors.ts';
import { FORMAT_HEAD_BYTES, foreignFormat } from './foreign-formats.ts';
import { checkWeights, type ModelShape } from './model-weights.ts';

/** What a Whisper model in ggml format states in its header. */
export interface ModelFacts {
  /** False for English-only models. */
  readonly multilingual: boolean;
  /** Whether a model of this shape translates into English. */
  readonly canTranslate: boolean;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  /** Width of the encoder's states. */
  readonly width: number;
  /** How most weights are stored, e.g. `f16` or `q5_0`. */
  readonly quantisation: string;
}

/**
 * Header of a ggml Whisper model, as whisper.cpp reads it: the magic number, then eleven 32-bit integers, all
 * little-endian: vocabulary, audio context, audio state, audio heads, audio layers, text context, text state,
 * text heads, text layers, mel bands, file type.
 */
const HEADER_BYTES = 48;
const GGML_MAGIC = 0x67676d6c;

/** whisper.cpp finds its special tokens by counting from these three vocabulary sizes; the smallest is English only. */
const ENGLISH_VOCABULARY = 51_864;
const LARGEST_VOCABULARY = 51_866;

/** ggml's file types that store a Whisper model. With any other number ggml aborts its whole process. */
const QUANTISATIONS: Readonly<Record<number, string>> = {
  0: 'f32',
  1: 'f16',
  2: 'q4_0',
  3: 'q4_1',
  7: 'q8_0',
  8: 'q5_0',
  9: 'q5_1',
  10: 'q2_k',
  11: 'q3_k',
  12: 'q4_k',
  13: 'q5_k',
  14: 'q6_k',
  24: 'bf16',
};
/** The file type holds the version of the quantisation format in its thousands. */
const QUANTISATION_VERSION_FACTOR = 1000;

/**
 * Reads a model's facts from its file, all of which is checked but for the weights' values. Throws the errors of
 * `readFacts` and of `openModelFile`.
 */
export async function modelFacts(file: string): Promise<ModelFacts> {
  await using handle = await openModelFile(file);
  return await readFacts(handle, file);
}

/**
 * Opens a file that should be a model. Does not hang on a pipe. Throws `file.notFound`, `file.noPermission` or
 * `file.notRegular`.
 */
export async function openModelFile(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => {
    throw openError(error, file);
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new AppError('file.notRegular', { file });
}

function openError(error: unknown, file: string): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('file.notFound', { file }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('file.noPermission', { file }, { cause: error });
    default:
      return new AppError('file.readFailed', { file }, { cause: error });
  }
}

/**
 * The facts of an open model file, all of which is checked but for the weights' values; `file` names it in errors. Leaves
 * the handle open. Throws `model.otherFormat`, `model.voiceActivity` (Silero's weights), `model.vocabularyTooLarge`,
 * `model.cutShort`, `model.trailingBytes`, `model.unsupported` (how the weights are stored), `model.damaged`, and `model.notAModel` for
 * anything else.
 */
export async function readFacts(handle: FileHandle, file: string): Promise<ModelFacts> {
  const { buffer, bytesRead } = await handle
    .read(Buffer.alloc(FORMAT_HEAD_BYTES), 0, FORMAT_HEAD_BYTES, 0)
    .catch((cause) => {
      throw new AppError('file.readFailed', { file }, { cause });
    });
  const head = buffer.subarray(0, bytesRead);
  if (head.length < 4 || head.readUInt32LE(0) !== GGML_MAGIC) {
    const format = foreignFormat(head);
    throw format === null
      ? new AppError('model.notAModel', { file })
      : new AppError('model.otherFormat', { file, format });
  }
  if (isVoiceActivity(head)) throw new AppError('model.voiceActivity', { file });
  if (head.length < HEADER_BYTES) throw new AppError('model.cutShort', { file });
  const { shape, quantisation } = parseHeader(head, file);
  await checkWeights(handle, file, HEADER_BYTES, shape);
  const { vocabulary, encoderLayers, decoderLayers, width } = shape;
  const multilingual = vocabulary > ENGLISH_VOCABULARY;
  return {
    multilingual,
    canTranslate: multilingual && !isPruned(encoderLayers, decoderLayers),
    encoderLayers,
    decoderLayers,
    width,
    quantisation,
  };
}

/** whisper.cpp's own format of Silero's weights has the model's kind, after its length, where Whisper's has numbers. */
function isVoiceActivity(head: Buffer): boolean {
  return head.toString('latin1', 8, 14) === 'silero';
}

function parseHeader(header: Buffer, file: string): { shape: ModelShape; quantisation: string } {
  const field = (index: number) => header.readInt32LE(4 + 4 * index);
  const shape = {
    vocabulary: field(0),
    audioContext: field(1),
    width: field(2),
    encoderLayers: field(4),
    textContext: field(5),
    decoderLayers: field(8),
    melBands: field(9),
  };
  const sane =
    shape.vocabulary >= ENGLISH_VOCABULARY &&
    within(shape.audioContext, 1, 1500) &&
    isShape(shape.width, field(3), shape.encoderLayers) &&
    within(shape.textContext, 8, 448) &&
    field(6) === shape.width &&
    isShape(field(6), field(7), shape.decoderLayers) &&
    (shape.melBands === 80 || shape.melBands === 128);
  // Other models of ggml's first format begin with the same number.
  if (!sane) throw new AppError('model.notAModel', { file });
  if (shape.vocabulary > LARGEST_VOCABULARY) {
    throw new AppError('model.vocabularyTooLarge', { file, tokens: shape.vocabulary });
  }
  const quantisation = QUANTISATIONS[field(10) % QUANTISATION_VERSION_FACTOR];
  if (quantisation === undefined) throw new AppError('model.unsupported', { model: basename(file) });
  return { shape, quantisation };
}

/** Large models with few decoder layers (turbo, distil) were trained on without translations, and only transcribe. */
function isPruned(encoderLayers: number, decoderLayers: number): boolean {
  return encoderLayers >= 24 && decoderLayers < encoderLayers;
}

function isShape(width: number, heads: number, layers: number): boolean {
  return within(width, 16, 4096) && within(heads, 1, 128) && width % heads === 0 && within(layers, 1, 128);
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
