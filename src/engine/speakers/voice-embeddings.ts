import { NativeFailure } from '../../../native/whisper.ts';
import { EMBEDDING_SIZE } from '../../contract/speaker-models.ts';
import { FILTER_BANK_BINS, filterBank, filterBankFrames } from './filter-bank.ts';
import type { OnnxModel } from './onnx-model.ts';

/** Input and output of CAM++ as it was exported. */
export const VOICE_EMBEDDING_TENSORS = ['feats', 'embedding'] as const;

/** Pieces of equal length run together: an eighth faster than one by one, and more at once gain nothing. */
const BATCH = 4;

interface Piece {
  readonly start: number;
  readonly length: number;
}

/**
 * Computes CAM++ speaker embeddings of pieces of 16 kHz PCM (in samples, each of one frame of 25 ms at least):
 * EMBEDDING_SIZE numbers per piece, each vector of length 1. Rejected with NativeFailure `inferenceFailed`, or with the
 * signal's reason, which is looked at every few pieces.
 */
export async function voiceEmbeddings(
  model: OnnxModel,
  pcm: Int16Array,
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<Float32Array> {
  const embeddings = new Float32Array(pieces.length * EMBEDDING_SIZE);
  for (let done = 0; done < pieces.length; ) {
    signal.throwIfAborted();
    const batch = nextBatch(pieces, done);
    embeddings.set(await embeddingsOf(model, pcm, batch), done * EMBEDDING_SIZE);
    done += batch.length;
  }
  return embeddings;
}

function nextBatch(pieces: readonly Piece[], from: number): readonly Piece[] {
  const length = pieces[from]?.length;
  let end = from + 1;
  while (end < from + BATCH && pieces[end]?.length === length) end += 1;
  return pieces.slice(from, end);
}

async function embeddingsOf(
  model: OnnxModel,
  pcm: Int16Array,
  batch: readonly Piece[],
): Promise<Float32Array> {
  const frames = filterBankFrames((batch[0] as Piece).length);
  const size = frames * FILTER_BANK_BINS;
  const features = new Float32Array(batch.length * size);
  for (const [i, { start, length }] of batch.entries()) {
    if (frames === 0 || start + length > pcm.length) throw new NativeFailure('inferenceFailed');
    features.set(filterBank(pcm, start, length), i * size);
  }
  const embeddings = await model.run(features, [batch.length, frames, FILTER_BANK_BINS]);
  if (embeddings.length !== batch.length * EMBEDDING_SIZE) throw new NativeFailure('inferenceFailed');
  for (let at = 0; at < embeddings.length; at += EMBEDDING_SIZE) {
    normalise(embeddings.subarray(at, at + EMBEDDING_SIZE));
  }
  return embeddings;
}

function normalise(vector: Float32Array): void {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] as number) * scale;
}
