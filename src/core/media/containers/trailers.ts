import { id3Bytes } from '../sniff.ts';
import type { FileWindow } from './file-window.ts';

/** How a container writes its chunks: the bytes of name and size, and what the size counts. */
export interface ChunkForm {
  readonly nameBytes: 4 | 16;
  readonly sizeBytes: 4 | 8;
  readonly bigEndian: boolean;
  /** Whether the size counts name and size too. */
  readonly inclusive: boolean;
  /** Every chunk begins at a multiple of this, relative to the first. */
  readonly alignment: 1 | 2 | 8;
}

/** Chunks of RIFF and IFF that follow the audio, by the names that recorders, editors and taggers use. */
const TRAILING_CHUNKS = (
  'LIST,id3 ,ID3 ,bext,iXML,cue ,smpl,fact,PEAK,afsp,LGWV,DISP,_PMX,axml,chna,acid,inst,plst,adtl,ltxt,note,labl,JUNK,junk,' +
  'PAD ,FLLR,levl,mext,cart,umid,minf,elm1,regn,ovwf,SAUR,Fake,MD5 ,ubxt,qlty,strc,olym,' +
  'NAME,AUTH,(c) ,ANNO,COMT,MARK,INST,MIDI,APPL,CHAN,FVER,AESD,SAXL,info,pakt,chan,mark,strg,uuid,free,kuki,midi,ovvw,peak,edct'
).split(',');

/** Most chunks in a row, and most positions that look like a chunk: files with thousands are no recordings. */
const MAX_CHUNKS = 1000;
const MAX_CANDIDATES = 1000;

/** How far from the end trailing chunks are searched for: they may contain a picture. */
const SEARCH_BYTES = 4 * 1024 * 1024;

/** Fewer zeros than these at the end are ordinary audio. */
const LEAST_ZEROS = 8192;

/**
 * Where in `[from, to)` the tags and zeros at its end begin that are no audio: ID3, APE, the space that a
 * recorder reserved and did not fill, and chunks if `form` is given. `to` itself if there are none.
 */
export async function withoutTrailers(
  file: FileWindow,
  from: number,
  to: number,
  form: ChunkForm | null = null,
): Promise<number> {
  let end = to;
  // A tag or chunk may itself end in some of the zeros after `end`, up to here.
  let limit = to;
  // Each may follow any other.
  for (let round = 0; round < 8 && end > from; round++) {
    const before = end;
    end = await lastTag(file, from, { end, limit });
    if (end < before) limit = end;
    const zeros = await file.zerosBefore(end, from);
    // Fewer are ordinary audio, unless nothing else is left.
    if (end - zeros >= LEAST_ZEROS || zeros === from) {
      limit = end;
      end = zeros;
    }
    const chunk = form === null ? end : await firstTrailingChunk(file, from, { end, limit }, form);
    if (chunk < end) {
      limit = chunk;
      end = chunk;
    }
    if (end === before) break;
  }
  return end;
}

/** Where a tag or chunk may end: at `end`, or with some zeros more, at most up to `limit`. */
interface Ending {
  readonly end: number;
  readonly limit: number;
}

/** Whether only chunks follow from `start` to the end. */
export async function chunksUpTo(
  file: FileWindow,
  start: number,
  { end, limit }: Ending,
  form: ChunkForm,
): Promise<boolean> {
  const header = form.nameBytes + form.sizeBytes;
  let position = start;
  for (let step = 0; step < MAX_CHUNKS && position + header <= limit; step++) {
    const size = await chunkSize(file, position, form);
    if (size === null) return false;
    const unpadded = position + size;
    position += Math.ceil(size / form.alignment) * form.alignment;
    // The last one may lack its padding.
    if (unpadded <= limit && position >= end) return true;
  }
  return false;
}

/** Whole size of the chunk that begins at `position`; null if none does. */
async function chunkSize(file: FileWindow, position: number, form: ChunkForm): Promise<number | null> {
  const head = await file.at(position, form.nameBytes + form.sizeBytes);
  if (head.length < form.nameBytes + form.sizeBytes || !isChunkName(head.subarray(0, form.nameBytes)))
    return null;
  const sizeAt = head.subarray(form.nameBytes);
  let size: number;
  if (form.sizeBytes === 4) size = form.bigEndian ? sizeAt.readUInt32BE() : sizeAt.readUInt32LE();
  else size = Number(form.bigEndian ? sizeAt.readBigUInt64BE() : sizeAt.readBigUInt64LE());
  const whole = form.inclusive ? size : size + head.length;
  return whole < head.length ? null : whole;
}

/** What the GUIDs of Wave64's chunks end with, those without four readable letters too. */
const GUID_ENDINGS: readonly Buffer[] = ['00c04f8edb8a', '04c10000'].map((hex) => Buffer.from(hex, 'hex'));

function isChunkName(name: Buffer): boolean {
  if (name.length === 4) return /^[ -~]{4}$/.test(name.toString('latin1'));
  return GUID_ENDINGS.some((ending) => name.subarray(-ending.length).equals(ending));
}

/** Whether a chunk with the name of a trailing chunk begins at `position`. */
export async function isTrailingChunk(file: FileWindow, position: number): Promise<boolean> {
  return TRAILING_CHUNKS.includes((await file.at(position, 4)).toString('latin1'));
}

async function firstTrailingChunk(
  file: FileWindow,
  from: number,
  ending: Ending,
  form: ChunkForm,
): Promise<number> {
  const start = Math.max(from, ending.end - SEARCH_BYTES);
  const tail = Buffer.from(await file.at(start, ending.end - start));
  let first = ending.end;
  let candidates = 0;
  const names =
    form.nameBytes === 4 ? TRAILING_CHUNKS.map((name) => Buffer.from(name, 'latin1')) : GUID_ENDINGS;
  for (const name of names) {
    const offset = form.nameBytes === 4 ? 0 : form.nameBytes - name.length;
    for (let i = tail.indexOf(name); i >= 0 && start + i - offset < first; i = tail.indexOf(name, i + 1)) {
      if (candidates++ >= MAX_CANDIDATES) return first;
      const chunk = start + i - offset;
      if (chunk >= from && (await chunksUpTo(file, chunk, ending, form))) first = chunk;
    }
  }
  return first;
}

/** Where the ID3v1, APE or appended ID3v2 tag begins that ends there; `end` if there is none. */
async function lastTag(file: FileWindow, from: number, { end, limit }: Ending): Promise<number> {
  const start = Math.max(from, end - ID3V1_BYTES);
  const tail = Buffer.from(await file.at(start, Math.min(limit, end + ID3V1_BYTES) - start));
  /** The last position of these bytes from which a tag or footer of this length reaches the end. */
  const lastPlace = (name: string, length: number) => {
    const place = tail.lastIndexOf(name, tail.length - length, 'latin1');
    return place >= 0 && place <= tail.length - length && start + place + length >= end ? place : -1;
  };
  const id3v1 = lastPlace('TAG', ID3V1_BYTES);
  if (id3v1 >= 0) return start + id3v1;
  const footer = lastPlace('APETAGEX', APE_FRAME_BYTES);
  const ape = footer < 0 ? null : apeTag(tail.subarray(footer));
  if (ape !== null) return Math.max(from, start + footer - ape.before);
  const appended = lastPlace('3DI', ID3V2_FOOTER_BYTES);
  if (appended >= 0) {
    const body = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((tail[appended + i] ?? 0) & 0x7f), 0);
    return Math.max(from, start + appended - body - ID3V2_FOOTER_BYTES);
  }
  // One with no footer is found only if nothing else is left.
  const whole = id3Bytes(Buffer.from(await file.at(from, ID3V2_FOOTER_BYTES)));
  return whole > 0 && from + whole >= end && from + whole <= limit ? from : end;
}

const ID3V2_FOOTER_BYTES = 10;
const ID3V1_BYTES = 128;
const APE_FRAME_BYTES = 32;

/** Bytes of an APE tag before and after its header or footer (APEv2 specification); null if there is none. */
function apeTag(frame: Buffer): { before: number; behind: number } | null {
  if (frame.length < APE_FRAME_BYTES || frame.toString('latin1', 0, 8) !== 'APETAGEX') return null;
  // It counts the items and the footer.
  const bytes = Math.max(APE_FRAME_BYTES, frame.readUInt32LE(12));
  const flags = frame.readUInt32LE(20);
  if ((flags & 0x20000000) !== 0) return { before: 0, behind: bytes };
  const header = (flags & 0x80000000) !== 0 ? APE_FRAME_BYTES : 0;
  return { before: bytes - APE_FRAME_BYTES + header, behind: 0 };
}

/** Consecutive tags in the middle of a file. */
export interface TagRun {
  readonly startByte: number;
  readonly endByte: number;
  /** Whether some of them are tags that end a file; else it is a single tag that opens one. */
  readonly endsFile: boolean;
}

/** First bytes of the tags, by which `tagRunAt` finds them. */
export const TAG_NEEDLES: readonly Buffer[] = ['ID3', 'TAG', 'APETAGEX'].map((name) =>
  Buffer.from(name, 'latin1'),
);

/** The ID3 and APE tags around `position`, the position of one of `TAG_NEEDLES`. */
export async function tagRunAt(file: FileWindow, position: number): Promise<TagRun> {
  const before = apeTag(await file.at(position, APE_FRAME_BYTES))?.before ?? 0;
  let endByte = position;
  let endsFile = false;
  for (let step = 0; step < 8; step++) {
    const head = await file.at(endByte, APE_FRAME_BYTES);
    const ape = apeTag(head);
    const closing =
      ape !== null ? ape.behind + APE_FRAME_BYTES : head.toString('latin1', 0, 3) === 'TAG' ? ID3V1_BYTES : 0;
    const bytes = closing + (closing > 0 ? 0 : id3Bytes(head));
    if (bytes === 0) break;
    endsFile ||= closing > 0;
    endByte += bytes;
  }
  return { startByte: Math.max(0, position - before), endByte, endsFile };
}
