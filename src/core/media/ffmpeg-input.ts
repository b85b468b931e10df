import type { AssumedReading, MediaFacts } from '../../contract/recording.ts';
import type { Piece } from './containers/pieces.ts';
import { inputName } from './ffmpeg-child.ts';
import { lostSamples } from './lost-index/lost-samples.ts';
import { RAW_READINGS } from './raw-codings.ts';
import { allBytesOf, type Source } from './source.ts';

/** What ffmpeg opens, and in which format. */
export interface FfmpegInput {
  /** A file's name, `pipe:0`, or a `subfile` URL of a byte range of a file. */
  readonly name: string;
  /** ffmpeg's names of the protocols that opening it needs, separated by commas. */
  readonly protocols: 'file' | 'file,subfile' | 'pipe';
  /** The format to read it as; null if ffmpeg detects it. */
  readonly demuxer: string | null;
  /** Options of that format and its decoder. */
  readonly options: readonly string[];
  /** The data for ffmpeg's standard input; null if it reads the file. */
  readonly feed: AsyncIterable<Uint8Array> | null;
}

/** A whole file of this name, its format detected by ffmpeg. */
export function wholeFile(name: string): FfmpegInput {
  return { name, protocols: 'file', demuxer: null, options: [], feed: null };
}

/** A piece of a source, as ffmpeg's child opens it (libavformat/subfile.c: the end is exclusive). */
export function pieceInput(source: Source, { startByte, endByte, sound }: Piece): FfmpegInput {
  const { demuxer = null, options = [] } = sound ?? {};
  const file = { ...wholeFile(inputName(source)), demuxer, options };
  const start = sound?.startByte ?? startByte;
  const end = sound?.endByte ?? endByte;
  if (start === 0 && end >= source.sizeBytes) return file;
  return { ...file, name: `subfile,,start,${start},end,${end},,:${file.name}`, protocols: 'file,subfile' };
}

/** A source without a header, read in its assumed coding. Error: `file.readFailed`. */
export async function assumedInput(source: Source, assumed: AssumedReading): Promise<FfmpegInput> {
  const { demuxer, options, fixedRate, head = '' } = RAW_READINGS[assumed.coding];
  const rate = fixedRate ? [] : ['-ar', String(assumed.sampleRate), '-ac', String(assumed.channels)];
  const raw = { ...wholeFile(inputName(source)), demuxer, options: [...rate, ...options] };
  const samples = assumed.because === 'lostIndex' ? await lostSamples(source, assumed) : null;
  if (samples === null && head === '') return raw;
  return { ...raw, name: 'pipe:0', protocols: 'pipe', feed: headed(head, samples ?? allBytesOf(source)) };
}

/**
 * A capture: 16-bit samples, little endian, at the rate and with the channels of its only track. Aborting ends the wait
 * for what is not captured yet.
 */
export function capturedInput(source: Source, { tracks }: MediaFacts, signal: AbortSignal): FfmpegInput {
  const [track] = tracks;
  if (track === undefined) throw new Error('a capture has one track');
  const options = ['-ar', String(track.sampleRate), '-ac', String(track.channels)];
  const feed = allBytesOf(source, signal);
  return { name: 'pipe:0', protocols: 'pipe', demuxer: RAW_READINGS.s16le.demuxer, options, feed };
}

async function* headed(head: string, feed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head !== '') yield Buffer.from(head, 'latin1');
  yield* feed;
}
