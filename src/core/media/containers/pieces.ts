import { id3Bytes } from '../sniff.ts';
import type { Source } from '../source.ts';
import {
  beginsAnew,
  beginsWithFrame,
  type ContainerKind,
  HEAD_BYTES,
  isAdts,
  kindOf,
} from './container-starts.ts';
import { FileWindow } from './file-window.ts';
import { type SoundBytes, soundBytes } from './sound-bytes.ts';
import { TAG_NEEDLES, tagRunAt, withoutTrailers } from './trailers.ts';

/** A range of a source that is a recording of its own; most sources are one. */
export interface Piece {
  /** Bytes `[startByte, endByte)` of the source. */
  readonly startByte: number;
  readonly endByte: number;
  /** The audio's bytes, for a container of plain samples whose header is wrong; null: as in the header. */
  readonly sound: SoundBytes | null;
  /** The header declares more audio than there is. */
  readonly cutShort: boolean;
}

/** No more than these are searched for: the decoder reads what follows as part of the last. */
const MAX_PIECES = 1000;

const known = new WeakMap<Source, Promise<readonly Piece[]>>();

/**
 * The recordings that a source is concatenated from, as `cat`, browsers and radio streams join them, in their order;
 * never none. Found by each container's end by its own structure; if that has none (Ogg, FLAC and others
 * without a length, live recordings, headers that are wrong) all bytes are searched for another beginning.
 * The result is cached with the source. Error: `file.readFailed`.
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
  let current: Beginning | null = await beginningAt(file, 0);
  while (current !== null) {
    const next: Beginning | null = pieces.length + 1 < MAX_PIECES ? await nextBeginning(file, current) : null;
    const endByte = await endOf(file, current, next?.tagAt ?? file.sizeBytes);
    const { sound, cutShort } = await soundBytes(file, current.kind?.name ?? null, current.at, endByte);
    pieces.push({ startByte: pieces.length === 0 ? 0 : current.at, endByte, sound, cutShort });
    current = next;
  }
  return pieces.length > 0 ? pieces : [wholeSource(file)];
}

/** All of a source as one piece that its header describes. */
export function wholeSource({ sizeBytes }: { readonly sizeBytes: number }): Piece {
  return { startByte: 0, endByte: sizeBytes, sound: null, cutShort: false };
}

/** Kinds of which the decoder reads all that follows as frames, and fails on tags after them. */
const FRAMES_TO_THE_END = ['flac', 'amr'];

async function endOf(file: FileWindow, { kind, at }: Beginning, end: number): Promise<number> {
  const frames = kind === null || FRAMES_TO_THE_END.includes(kind.name);
  return frames ? await withoutTrailers(file, at, end) : end;
}

/** Where a recording begins. */
interface Beginning {
  /** Null: frames of MPEG audio or AAC without a container. */
  readonly kind: ContainerKind | null;
  /** Where the tags before it begin; `at` if there are none. */
  readonly tagAt: number;
  readonly at: number;
}

async function beginningAt(file: FileWindow, tagAt: number): Promise<Beginning | null> {
  const at = tagAt + id3Bytes(await file.at(tagAt, HEAD_BYTES));
  const head = await file.at(at, HEAD_BYTES);
  const kind = kindOf(head);
  if (kind !== null) return { kind, tagAt, at };
  // Two bytes begin a frame: after other data that would be chance.
  return tagAt === 0 && beginsWithFrame(head) ? { kind, tagAt, at } : null;
}

async function nextBeginning(file: FileWindow, { kind, at }: Beginning): Promise<Beginning | null> {
  if (kind === null) return await nextFrames(file, at);
  const end = await kind.end(file, at);
  if (end !== null && end > at && end <= file.sizeBytes) {
    if (end === file.sizeBytes) return null;
    // Some writers pad odd sizes, others do not.
    const next = (await beginningAt(file, end)) ?? (await beginningAt(file, end - (end & 1)));
    if (next !== null) return next;
    if ((await withoutTrailers(file, end, file.sizeBytes)) === end) return null;
  }
  return await searched(file, kind, at);
}

/** The next beginning of the same kind, searched for byte by byte. */
async function searched(file: FileWindow, kind: ContainerKind, at: number): Promise<Beginning | null> {
  const body = kind.body === undefined ? at + kind.needle.length : await kind.body(file, at);
  const begins = async (position: number) => {
    const start = position - kind.needleOffset;
    return start > at && kind.begins(await file.at(start, HEAD_BYTES));
  };
  const found = await file.find([kind.needle], body + kind.needleOffset, file.sizeBytes, begins);
  if (found === null) return null;
  const start = found - kind.needleOffset;
  return { kind, tagAt: await tagBefore(file, start, at), at: start };
}

/**
 * The next frames after tags: what is between them is no frame, and the decoder fails on it. Streams that put
 * a tag before every few seconds of one recording are left in one piece.
 */
async function nextFrames(file: FileWindow, at: number): Promise<Beginning | null> {
  let next: Beginning | null = null;
  await file.find(TAG_NEEDLES, at + 1, file.sizeBytes, async (position) => {
    const run = await tagRunAt(file, position);
    const head = await file.at(run.endByte, HEAD_BYTES);
    const anew = run.endByte > position && beginsAnew(head) && (run.endsFile || !isAdts(head));
    if (anew) next = { kind: null, tagAt: Math.max(at, run.startByte), at: run.endByte };
    return anew;
  });
  return next;
}

const TAG_SEARCH_BYTES = 256 * 1024;

/** Where an ID3v2 tag begins that ends just before `start`; `start` itself if there is none. */
async function tagBefore(file: FileWindow, start: number, earliest: number): Promise<number> {
  const from = Math.max(earliest, start - TAG_SEARCH_BYTES);
  const before = await file.at(from, start - from);
  for (let i = before.indexOf('ID3', 0, 'latin1'); i >= 0; i = before.indexOf('ID3', i + 1, 'latin1')) {
    if (from + i + id3Bytes(before.subarray(i)) === start) return from + i;
  }
  return start;
}
