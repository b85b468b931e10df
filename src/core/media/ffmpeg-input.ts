import { inputName } from './ffmpeg-child.ts';
import type { Piece } from './pieces.ts';
import type { Source } from './source.ts';

/** What ffmpeg opens, and as what. */
export interface FfmpegInput {
  /** A file's name, or with `isPart` a `subfile` address of some bytes of it. */
  readonly name: string;
  /** Whether only some of the file's bytes are read. */
  readonly isPart: boolean;
  /** The format to read it as; null where ffmpeg finds it out. */
  readonly demuxer: string | null;
  /** Options of that format. */
  readonly options: readonly string[];
}

/** A whole file of this name, its format found out by ffmpeg. */
export function wholeFile(name: string): FfmpegInput {
  return { name, isPart: false, demuxer: null, options: [] };
}

/** A piece of a source, as ffmpeg's child opens it (libavformat/subfile.c: the end is the byte behind the last). */
export function pieceInput(source: Source, { startByte, endByte, sound }: Piece): FfmpegInput {
  const { demuxer = null, options = [] } = sound ?? {};
  const start = sound?.startByte ?? startByte;
  const end = sound?.endByte ?? endByte;
  const isPart = start > 0 || end < source.sizeBytes;
  const name = inputName(source);
  return { name: isPart ? `subfile,,start,${start},end,${end},,:${name}` : name, isPart, demuxer, options };
}
