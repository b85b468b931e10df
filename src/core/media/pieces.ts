import { type ContainerKind, HEAD_BYTES, kindOf } from './container-starts.ts';
import { FileWindow } from './file-window.ts';
import { id3Bytes } from './sniff.ts';
import { type SoundBytes, soundBytes } from './sound-bytes.ts';
import type { Source } from './source.ts';
import { withoutTrailers } from './trailers.ts';

/** A stretch of a source that is a recording of its own; most sources are one. */
export interface Piece {
  /** Bytes `[startByte, endByte)` of the source. */
  readonly startByte: number;
  readonly endByte: number;
  /** Where the sound stands, for a container of plain samples whose header tells it wrongly; null: as the header says. */
  readonly sound: SoundBytes | null;
  /** The header tells of more sound than there is. */
  readonly cutShort: boolean;
}

/** More than this are not looked for: what follows is left to the decoder, as part of the last. */
const MAX_PIECES = 1000;

const known = new WeakMap<Source, Promise<readonly Piece[]>>();

/**
 * The recordings that a source is put together from, as `cat`, browsers and radio streams join them, in their order;
 * never none. Found by where each container ends by its own structure; where that does not tell (Ogg, FLAC and others
 * without a length, live recordings, headers that are wrong) all bytes are looked through for another beginning.
 * The answer is kept with the source. Error: `file.readFailed`.
 */
export function piecesOf(source: Source): Promise<readonly Piece[]> {
  let pieces = known.get(source);
  if (pieces === undefined) {
    pieces = findPieces(new FileWindow(source));
    known.set(source, pieces);
  }
  return pieces;
}

async function findPieces(file: FileWindow): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let startByte = 0;
  let current = await beginningAt(file, 0);
  while (current !== null) {
    const next = pieces.length + 1 < MAX_PIECES ? await nextBeginning(file, current) : null;
    const endByte = next?.tagAt ?? file.sizeBytes;
    const { sound, cutShort } = await soundBytes(file, current.kind.name, current.at, endByte);
    pieces.push({ startByte, endByte, sound, cutShort });
    startByte = endByte;
    current = next;
  }
  return pieces.length > 0
    ? pieces
    : [{ startByte: 0, endByte: file.sizeBytes, sound: null, cutShort: false }];
}

/** Where a container begins, and the ID3 tag in front of it, if there is one. */
interface Beginning {
  readonly kind: ContainerKind;
  readonly tagAt: number;
  readonly at: number;
}

async function beginningAt(file: FileWindow, tagAt: number): Promise<Beginning | null> {
  const at = tagAt + id3Bytes(await file.at(tagAt, HEAD_BYTES));
  const kind = kindOf(await file.at(at, HEAD_BYTES));
  return kind === null ? null : { kind, tagAt, at };
}

async function nextBeginning(file: FileWindow, { kind, at }: Beginning): Promise<Beginning | null> {
  const end = await kind.end(file, at);
  if (end !== null && end > at && end <= file.sizeBytes) {
    if (end === file.sizeBytes) return null;
    // Odd sizes are padded by some writers and not by others.
    const next = (await beginningAt(file, end)) ?? (await beginningAt(file, end - (end & 1)));
    if (next !== null) return next;
    if ((await withoutTrailers(file, end, file.sizeBytes)) === end) return null;
  }
  return await searched(file, kind, at);
}

/** The next beginning of the same kind, looked for byte by byte. */
async function searched(file: FileWindow, kind: ContainerKind, at: number): Promise<Beginning | null> {
  const body = kind.body === undefined ? at + kind.needle.length : await kind.body(file, at);
  const found = await file.find(kind.needle, body + kind.needleOffset, file.sizeBytes, async (position) => {
    const start = position - kind.needleOffset;
    return start > at && kind.begins(await file.at(start, HEAD_BYTES));
  });
  if (found === null) return null;
  const start = found - kind.needleOffset;
  return { kind, tagAt: await tagBefore(file, start, at), at: start };
}

const TAG_SEARCH_BYTES = 256 * 1024;

/** Where an ID3v2 tag begins that ends just before `start`; `start` itself where there is none. */
async function tagBefore(file: FileWindow, start: number, earliest: number): Promise<number> {
  const from = Math.max(earliest, start - TAG_SEARCH_BYTES);
  const before = await file.at(from, start - from);
  for (let i = before.indexOf('ID3', 0, 'latin1'); i >= 0; i = before.indexOf('ID3', i + 1, 'latin1')) {
    if (from + i + id3Bytes(before.subarray(i)) === start) return from + i;
  }
  return start;
}
