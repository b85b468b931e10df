import type { Source } from '../source.ts';
import type { Piece } from './pieces.ts';

const HEAD_BYTES = 4096;

/** Writers differ by a chunk header or a padding byte in what they count. */
const TOLERANCE_BYTES = 4096;

/** Whether the container's header declares more bytes than the file, or the piece of it, has. */
export async function isCutShort(source: Source, piece: Piece): Promise<boolean> {
  if (piece.cutShort) return true;
  // The header is known to be wrong, and the end of the audio is known by other means.
  if (piece.sound !== null) return false;
  const head = Buffer.alloc(HEAD_BYTES);
  const length = await source.read(head, piece.startByte);
  const declared = declaredBytes(head.subarray(0, length));
  return declared !== null && declared - (piece.endByte - piece.startByte) > TOLERANCE_BYTES;
}

/**
 * The size of the whole file as the header of a RIFF (WAV, AVI), Wave64, ASF (WMA) or CAF file declares it; null if it
 * declares none. Of these ffmpeg silently reads what exists; of the others it knows the duration.
 */
export function declaredBytes(head: Buffer): number | null {
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'RIFF' && head.length >= 12) return riffBytes(head.readUInt32LE(4));
  if (magic === 'riff' && head.length >= 24) return safe(head.readBigUInt64LE(16));
  if (magic === 'caff') return cafBytes(head);
  return asfBytes(head);
}

/** Programs that cannot seek back write 0 or a number near one of the limits of 31 and 32 bits. */
function riffBytes(size: number): number | null {
  const unknown = size === 0 || size >= 0xfffff000 || (size >= 0x7ffff000 && size <= 0x80000000);
  return unknown ? null : size + 8;
}

/** Apple Core Audio Format Specification 1.0: a header of 8 bytes, then chunks with a type and a 64-bit length. */
function cafBytes(head: Buffer): number | null {
  let offset = 8;
  while (offset + 12 <= head.length) {
    const size = safe(head.readBigInt64BE(offset + 4));
    if (size === null) return null;
    const end = offset + 12 + size;
    if (head.toString('latin1', offset, offset + 4) === 'data') return end;
    offset = end;
  }
  return null;
}

/** Advanced Systems Format §3.2: the File Properties Object contains the file's size 40 bytes from its start. */
const ASF_FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');

function asfBytes(head: Buffer): number | null {
  const start = head.indexOf(ASF_FILE_PROPERTIES);
  if (start < 0 || start + 48 > head.length) return null;
  const size = safe(head.readBigUInt64LE(start + 40));
  return size === 0 ? null : size;
}

function safe(size: bigint): number | null {
  return size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size);
}
