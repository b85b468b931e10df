import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { systemErrorCode } from '../system-errors.ts';

/** What a Whisper model in ggml format says about itself in its header. */
export interface ModelFacts {
  /** False for the models that know English alone. */
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
const GGUF_MAGIC = 0x46554747;

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
};
/** The file type holds the version of the quantisation format in its thousands. */
const QUANTISATION_VERSION_FACTOR = 1000;

/**
 * Reads a model's facts from its file. Throws `model.notAModel` for anything but a ggml Whisper model,
 * `model.unsupported` for GGUF, and the `file.…` errors of `openModelFile`.
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

/** The facts of an open model file; `file` names it in errors. Leaves the handle open. */
export async function readFacts(handle: FileHandle, file: string): Promise<ModelFacts> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  if (bytesRead >= 4 && buffer.readUInt32LE(0) === GGUF_MAGIC) {
    throw new AppError('model.unsupported', { model: basename(file) });
  }
  const facts = bytesRead === HEADER_BYTES ? parseHeader(buffer) : null;
  if (facts === null) throw new AppError('model.notAModel', { file });
  return facts;
}

function parseHeader(header: Buffer): ModelFacts | null {
  if (header.readUInt32LE(0) !== GGML_MAGIC) return null;
  const field = (index: number) => header.readInt32LE(4 + 4 * index);
  const vocabulary = field(0);
  const width = field(2);
  const encoderLayers = field(4);
  const decoderLayers = field(8);
  const quantisation = QUANTISATIONS[field(10) % QUANTISATION_VERSION_FACTOR];
  const sane =
    within(vocabulary, ENGLISH_VOCABULARY, LARGEST_VOCABULARY) &&
    within(field(1), 1, 3000) &&
    isShape(width, field(3), encoderLayers) &&
    within(field(5), 1, 1024) &&
    field(6) === width &&
    isShape(field(6), field(7), decoderLayers) &&
    (field(9) === 80 || field(9) === 128);
  if (!sane || quantisation === undefined) return null;
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

/** Large models with few decoder layers (turbo, distil) were trained on without translations, and only transcribe. */
function isPruned(encoderLayers: number, decoderLayers: number): boolean {
  return encoderLayers >= 24 && decoderLayers < encoderLayers;
}

function isShape(width: number, heads: number, layers: number): boolean {
  return within(width, 16, 8192) && within(heads, 1, 128) && width % heads === 0 && within(layers, 1, 128);
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
