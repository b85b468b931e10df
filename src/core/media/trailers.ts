import type { FileWindow } from './file-window.ts';
import { id3Bytes } from './sniff.ts';

/** How a container writes its chunks: the bytes of name and size, and what the size counts. */
export interface ChunkForm {
  readonly nameBytes: 4 | 16;
  readonly sizeBytes: 4 | 8;
  readonly bigEndian: boolean;
  /** Whether the size counts name and size too. */
  readonly inclusive: boolean;
  /** Every chunk begins at a multiple of this, seen from the first. */
  readonly alignment: 1 | 2 | 8;
}

/** Chunks of RIFF and IFF that stand behind the sound, by the names that recorders, editors and taggers give them. */
const TRAILING_CHUNKS = (
  'LIST,id3 ,ID3 ,bext,iXML,cue ,smpl,fact,PEAK,afsp,LGWV,DISP,_PMX,axml,chna,acid,inst,plst,adtl,ltxt,note,labl,JUNK,junk,' +
  'PAD ,FLLR,levl,mext,cart,umid,minf,elm1,regn,ovwf,SAUR,Fake,MD5 ,ubxt,qlty,strc,olym,' +
  'NAME,AUTH,(c) ,ANNO,COMT,MARK,INST,MIDI,APPL,CHAN,FVER,AESD,SAXL,info,pakt,chan,mark,strg,uuid,free,kuki,midi,ovvw,peak,edct'
).split(',');

/** How far from the end trailing chunks are looked for: a picture may be among them. */
const SEARCH_BYTES = 4 * 1024 * 1024;

/** Fewer zeros than these at the end are sound like any other. */
const LEAST_ZEROS = 8192;

/**
 * Where in `[from, to)` the tags and zeros begin that stand at its end and are no sound: ID3, APE, the room that a
 * recorder reserved and did not fill, and chunks where `form` is given. `to` itself where there is none of it.
 */
export async function withoutTrailers(
  file: FileWindow,
  from: number,
  to: number,
  form: ChunkForm | null = null,
): Promise<number> {
  let end = to;
  // Each may stand behind any other.
  for (let round = 0; round < 8 && end > from; round++) {
    const before = end;
    end -= await tagBytes(file, from, end);
    const zeros = await file.zerosBefore(end, from);
    // What is written up to a whole block of the disk is no sound either, where nothing else is left.
    if (end - zeros >= LEAST_ZEROS || zeros === from) end = zeros;
    if (form !== null) end = await firstTrailingChunk(file, from, end, form);
    if (end === before) break;
  }
  return end;
}

/** Whether nothing but chunks stand between `start` and `to`. */
export async function chunksUpTo(
  file: FileWindow,
  start: number,
  to: number,
  form: ChunkForm,
): Promise<boolean> {
  const header = form.nameBytes + form.sizeBytes;
  let position = start;
  for (let step = 0; step < 10_000 && position + header <= to; step++) {
    const size = await chunkSize(file, position, form);
    if (size === null) return false;
    const unpadded = position + size;
    position += Math.ceil(size / form.alignment) * form.alignment;
    // The last one may lack its padding.
    if (unpadded <= to && position >= to) return true;
  }
  return false;
}

/** Whole size of the chunk that begins at `position`; null where nothing that looks like one does. */
async function chunkSize(file: FileWindow, position: number, form: ChunkForm): Promise<number | null> {
  const head = await file.at(position, form.nameBytes + form.sizeBytes);
  if (head.length < form.nameBytes + form.sizeBytes || !/^[ -~]{4}$/.test(head.toString('latin1', 0, 4)))
    return null;
  const sizeAt = head.subarray(form.nameBytes);
  let size: number;
  if (form.sizeBytes === 4) size = form.bigEndian ? sizeAt.readUInt32BE() : sizeAt.readUInt32LE();
  else size = Number(form.bigEndian ? sizeAt.readBigUInt64BE() : sizeAt.readBigUInt64LE());
  const whole = form.inclusive ? size : size + head.length;
  return whole < head.length ? null : whole;
}

/** Whether a chunk of a name that is known to stand behind sound begins at `position`. */
export async function isTrailingChunk(file: FileWindow, position: number): Promise<boolean> {
  return TRAILING_CHUNKS.includes((await file.at(position, 4)).toString('latin1'));
}

async function firstTrailingChunk(
  file: FileWindow,
  from: number,
  to: number,
  form: ChunkForm,
): Promise<number> {
  const start = Math.max(from, to - SEARCH_BYTES);
  const tail = Buffer.from(await file.at(start, to - start));
  let first = to;
  for (const name of TRAILING_CHUNKS) {
    for (
      let i = tail.indexOf(name, 0, 'latin1');
      i >= 0 && start + i < first;
      i = tail.indexOf(name, i + 1, 'latin1')
    ) {
      if (await chunksUpTo(file, start + i, to, form)) first = start + i;
    }
  }
  return first;
}

/** Bytes of the ID3v1, APE or appended ID3v2 tag that ends at `end`; 0 where there is none. */
async function tagBytes(file: FileWindow, from: number, end: number): Promise<number> {
  const tail = Buffer.from(await file.at(Math.max(from, end - 160), Math.min(160, end - from)));
  const at = (bytes: number) => tail.subarray(Math.max(0, tail.length - bytes));
  if (tail.length >= 128 && at(128).toString('latin1', 0, 3) === 'TAG') return 128;
  const ape = at(32);
  if (ape.toString('latin1', 0, 8) === 'APETAGEX') {
    const header = (ape.readUInt32LE(20) & 0x80000000) !== 0 ? 32 : 0;
    return Math.min(end - from, ape.readUInt32LE(12) + header);
  }
  const footer = at(10);
  if (footer.toString('latin1', 0, 3) === '3DI') {
    const body = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((footer[i] ?? 0) & 0x7f), 0);
    return Math.min(end - from, body + 20);
  }
  const head = Buffer.from(await file.at(from, 10));
  return id3Bytes(head) === end - from ? end - from : 0;
}
