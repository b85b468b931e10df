import type { FileWindow } from './file-window.ts';
import { type PlainSound, readPlainSound } from './plain-sound.ts';
import { chunksUpTo, isTrailingChunk, withoutTrailers } from './trailers.ts';

/** How ffmpeg reads audio whose header is wrong: bytes `[startByte, endByte)`, with these options before the input. */
export interface SoundBytes {
  readonly startByte: number;
  readonly endByte: number;
  /** ffmpeg's name of the format to read the bytes as. */
  readonly demuxer: string;
  readonly options: readonly string[];
}

/** Writers differ by a chunk header or a padding byte in what they count. */
const TOLERANCE_BYTES = 4096;

/**
 * Compares the audio's range in the header of a container of plain samples with the file. `sound` is the real range,
 * null if the header is right or the container is another.
 */
export async function soundBytes(
  file: FileWindow,
  kind: string | null,
  start: number,
  end: number,
): Promise<{ sound: SoundBytes | null; cutShort: boolean }> {
  const plain = await readPlainSound(file, kind, start, end);
  if (plain === null) return { sound: null, cutShort: false };
  const declaredEnd = plain.declaredBytes === null ? null : plain.dataStart + plain.declaredBytes;
  if (declaredEnd !== null && declaredEnd > end) {
    return { sound: null, cutShort: declaredEnd - end > TOLERANCE_BYTES };
  }
  const right = declaredEnd !== null && (await endsAt(file, declaredEnd, end, plain));
  if (right && !plain.misread) return { sound: null, cutShort: false };
  const { reading, dataStart, frameBytes, form } = plain;
  if (reading === null) return { sound: null, cutShort: declaredEnd !== null };
  const soundEnd = right ? declaredEnd : await withoutTrailers(file, declaredEnd ?? dataStart, end, form);
  const { demuxer, options, withHeader } = reading;
  const frames = Math.floor((soundEnd - dataStart) / frameBytes);
  // Nothing to read: the decoder reports that of the whole file.
  if (frames <= 0) return { sound: null, cutShort: false };
  const startByte = withHeader ? start : dataStart;
  const endByte = withHeader ? soundEnd : dataStart + frames * frameBytes;
  return { sound: { startByte, endByte, demuxer, options }, cutShort: false };
}

/** Whether the audio ends at `position`, as its header declares: only chunks, tags and zeros follow. */
async function endsAt(
  file: FileWindow,
  position: number,
  end: number,
  { form }: PlainSound,
): Promise<boolean> {
  if (end - position <= 1) return true;
  if ((await withoutTrailers(file, position, end)) === position) return true;
  if (form === null) return false;
  for (const start of new Set([Math.ceil(position / 2) * 2, position])) {
    if ((await isTrailingChunk(file, start)) || (await chunksUpTo(file, start, { end, limit: end }, form)))
      return true;
  }
  return false;
}
