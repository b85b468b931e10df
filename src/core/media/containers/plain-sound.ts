import type { FileWindow } from './file-window.ts';
import type { ChunkForm } from './trailers.ts';

/** The header of a container of plain samples. */
export interface PlainSound {
  /** Offset of the first sample in the file. */
  readonly dataStart: number;
  /** Bytes of audio by the header; null if it does not declare them. */
  readonly declaredBytes: number | null;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  /** How chunks after the audio are written; null if there are none. */
  readonly form: ChunkForm | null;
  /** How ffmpeg reads the audio without trusting the header; null if it cannot. */
  readonly reading: Reading | null;
  /** ffmpeg misinterprets the samples, even if the header is right. */
  readonly misread: boolean;
}

interface Reading {
  readonly demuxer: string;
  readonly options: readonly string[];
  /** Whether the container's own demuxer reads it, with the header; else the samples alone are read. */
  readonly withHeader: boolean;
}

/** The sample format in a header. */
export interface SampleFormat {
  /** ffmpeg's name of the raw format; null if it has none for them. */
  readonly demuxer: string | null;
  readonly sampleRate: number;
  readonly channels: number;
  readonly frameBytes: number;
}

const MAX_CHUNKS = 1000;

/**
 * Reads the header of a WAV, Wave64, AIFF, CAF or AU that begins at `start`; null for other kinds, and if no audio
 * is found in it.
 */
export async function readPlainSound(
  file: FileWindow,
  kind: string | null,
  start: number,
  end: number,
): Promise<PlainSound | null> {
  switch (kind) {
    case 'wave':
      return await readWave(file, start, end);
    case 'w64':
      return await readWave64(file, start, end);
    case 'aiff':
      return await readAiff(file, start, end);
    case 'caf':
      return await readCaf(file, start, end);
    case 'au':
      return await readAu(file, start);
    default:
      return null;
  }
}

const RIFF_FORM: ChunkForm = { nameBytes: 4, sizeBytes: 4, bigEndian: false, inclusive: false, alignment: 2 };
const IFF_FORM: ChunkForm = { ...RIFF_FORM, bigEndian: true };
const CAF_FORM: ChunkForm = { nameBytes: 4, sizeBytes: 8, bigEndian: true, inclusive: false, alignment: 1 };
const WAVE64_FORM: ChunkForm = {
  nameBytes: 16,
  sizeBytes: 8,
  bigEndian: false,
  inclusive: true,
  alignment: 8,
};

async function readWave(file: FileWindow, start: number, end: number): Promise<PlainSound | null> {
  const magic = (await file.at(start, 4)).toString('latin1');
  const bigEndian = magic === 'RIFX';
  const form = bigEndian ? IFF_FORM : RIFF_FORM;
  let format: SampleFormat | null = null;
  let longBytes: number | null = null;
  for await (const { name, at, size } of chunks(file, start + 12, end, form)) {
    if (name === 'ds64') longBytes = Number((await file.at(at + 8, 8)).readBigUInt64LE());
    if (name === 'fmt ') format = waveFormat(await file.at(at, 40), bigEndian);
    if (name !== 'data') continue;
    const declaredBytes = waveDataBytes(magic, size, longBytes);
    // The WAV demuxer reads compressed audio to its end too, if it ignores the length.
    const ignoring = { demuxer: 'wav', options: ['-ignore_length', '1'], withHeader: true };
    const sound = plainSound(at, declaredBytes, form, format, ignoring);
    return { ...sound, misread: bigEndian && sound.reading?.withHeader === false };
  }
  return null;
}

/**
 * Bytes of sound that a WAV's `data` chunk declares; null if it does not tell.
 * @param magic the file's first four characters
 * @param size the chunk's size
 * @param longBytes the size in the `ds64` chunk; null without one
 */
export function waveDataBytes(magic: string, size: number, longBytes: number | null): number | null {
  return magic === 'RF64' || magic === 'BW64' ? rf64Bytes(size, longBytes) : openBytes(size);
}

/** Sizes that mean unknown: 0, and numbers near one of the limits of 31 and 32 bits, by programs that cannot seek back. */
function openBytes(size: number): number | null {
  const open = size === 0 || size >= 0xfffff000 || (size >= 0x7ffff000 && size <= 0x80000000);
  return open ? null : size;
}

function rf64Bytes(size: number, longBytes: number | null): number | null {
  const bytes = size === 0xffffffff ? longBytes : size;
  return bytes === 0 || bytes === null || bytes > Number.MAX_SAFE_INTEGER ? null : bytes;
}

/** The sample format in the `fmt ` chunk of a WAV; null if it makes no sense. */
export function waveFormat(fmt: Buffer, bigEndian: boolean): SampleFormat | null {
  if (fmt.length < 16) return null;
  const u16 = (offset: number) => (bigEndian ? fmt.readUInt16BE(offset) : fmt.readUInt16LE(offset));
  const sampleRate = bigEndian ? fmt.readUInt32BE(4) : fmt.readUInt32LE(4);
  const channels = u16(2);
  const bits = u16(14);
  const tag = u16(0) === 0xfffe && fmt.length >= 26 ? u16(24) : u16(0);
  if (tag === 0x50 || tag === 0x55) return { demuxer: 'mp3', sampleRate, channels, frameBytes: 1 };
  const demuxer = waveDemuxer(tag, bits, bigEndian ? 'be' : 'le');
  return sampleFormat(demuxer, bits, sampleRate, channels, u16(12));
}

function waveDemuxer(tag: number, bits: number, order: string): string | null {
  if (tag === 1 && bits === 8) return 'u8';
  if (tag === 1 && [16, 24, 32].includes(bits)) return `s${bits}${order}`;
  if (tag === 3 && [32, 64].includes(bits)) return `f${bits}${order}`;
  if (tag === 6 && bits === 8) return 'alaw';
  if (tag === 7 && bits === 8) return 'mulaw';
  return null;
}

const WAVE64_GUID = 'f3acd3118cd100c04f8edb8a';

async function readWave64(file: FileWindow, start: number, end: number): Promise<PlainSound | null> {
  let format: SampleFormat | null = null;
  for await (const { name, at, size } of chunks(file, start + 40, end, WAVE64_FORM)) {
    const guid = (await file.at(at - 20, 12)).toString('hex');
    if (guid !== WAVE64_GUID) continue;
    if (name === 'fmt ') format = waveFormat(await file.at(at, 40), false);
    if (name === 'data') return plainSound(at, size === 0 ? null : size, WAVE64_FORM, format, null);
  }
  return null;
}

async function readAiff(file: FileWindow, start: number, end: number): Promise<PlainSound | null> {
  const compressed = (await file.at(start + 8, 4)).toString('latin1') === 'AIFC';
  let format: SampleFormat | null = null;
  for await (const { name, at, size } of chunks(file, start + 12, end, IFF_FORM)) {
    if (name === 'COMM') format = aiffFormat(await file.at(at, 22), compressed);
    if (name !== 'SSND') continue;
    const offset = (await file.at(at, 4)).readUInt32BE() + 8;
    const declaredBytes = openBytes(size);
    return plainSound(
      at + offset,
      declaredBytes === null ? null : Math.max(0, declaredBytes - offset),
      IFF_FORM,
      format,
      null,
    );
  }
  return null;
}

function aiffFormat(comm: Buffer, compressed: boolean): SampleFormat | null {
  if (comm.length < 18) return null;
  const channels = comm.readUInt16BE(0);
  const bits = Math.ceil(comm.readUInt16BE(6) / 8) * 8;
  const codec = compressed ? comm.toString('latin1', 18, 22) : 'NONE';
  const raw: Readonly<Record<string, readonly [string | null, number]>> = {
    NONE: [signed(bits, 'be'), bits],
    twos: [signed(bits, 'be'), bits],
    sowt: [signed(bits, 'le'), bits],
    in24: ['s24be', 24],
    in32: ['s32be', 32],
    'raw ': ['u8', 8],
    fl32: ['f32be', 32],
    FL32: ['f32be', 32],
    fl64: ['f64be', 64],
    FL64: ['f64be', 64],
    ulaw: ['mulaw', 8],
    ULAW: ['mulaw', 8],
    alaw: ['alaw', 8],
    ALAW: ['alaw', 8],
  };
  const [demuxer = null, sampleBits = 0] = raw[codec] ?? [];
  return sampleFormat(demuxer, sampleBits, extended(comm.subarray(8, 18)), channels);
}

/** A number as the 68881 wrote it: 80 bits, with the leading one of the mantissa. */
function extended(bytes: Buffer): number {
  const exponent = (bytes.readUInt16BE(0) & 0x7fff) - 16383 - 63;
  return Math.round(Number(bytes.readBigUInt64BE(2)) * 2 ** exponent);
}

async function readCaf(file: FileWindow, start: number, end: number): Promise<PlainSound | null> {
  let format: SampleFormat | null = null;
  for await (const { name, at, size } of chunks(file, start + 8, end, CAF_FORM)) {
    if (name === 'desc') format = cafFormat(await file.at(at, 32));
    if (name !== 'data') continue;
    const open = size === 0 || size > Number.MAX_SAFE_INTEGER;
    // The number of edits comes first.
    return plainSound(at + 4, open ? null : Math.max(0, size - 4), CAF_FORM, format, null);
  }
  return null;
}

function cafFormat(desc: Buffer): SampleFormat | null {
  if (desc.length < 32) return null;
  const codec = desc.toString('latin1', 8, 12);
  const flags = desc.readUInt32BE(12);
  const channels = desc.readUInt32BE(24);
  const bits = desc.readUInt32BE(28);
  const order = (flags & 2) !== 0 ? 'le' : 'be';
  let demuxer: string | null = null;
  if (codec === 'lpcm') demuxer = (flags & 1) !== 0 ? `f${bits}${order}` : signed(bits, order);
  if (codec === 'ulaw') demuxer = 'mulaw';
  if (codec === 'alaw') demuxer = 'alaw';
  return sampleFormat(demuxer, bits, Math.round(desc.readDoubleBE(0)), channels, desc.readUInt32BE(16));
}

async function readAu(file: FileWindow, start: number): Promise<PlainSound | null> {
  const head = await file.at(start, 24);
  const bytes = head.readUInt32BE(8);
  const encoding = head.readUInt32BE(12);
  const raw: Readonly<Record<number, readonly [string, number]>> = {
    1: ['mulaw', 8],
    2: ['s8', 8],
    3: ['s16be', 16],
    4: ['s24be', 24],
    5: ['s32be', 32],
    6: ['f32be', 32],
    7: ['f64be', 64],
    27: ['alaw', 8],
  };
  const [demuxer = null, bits = 0] = raw[encoding] ?? [];
  const format = sampleFormat(demuxer, bits, head.readUInt32BE(16), head.readUInt32BE(20));
  const dataStart = start + head.readUInt32BE(4);
  return plainSound(dataStart, openBytes(bytes), null, format, null);
}

function signed(bits: number, order: string): string | null {
  if (bits === 8) return 's8';
  return [16, 24, 32].includes(bits) ? `s${bits}${order}` : null;
}

/** The format, with raw samples only if the sizes are consistent. */
function sampleFormat(
  demuxer: string | null,
  bits: number,
  sampleRate: number,
  channels: number,
  blockBytes?: number,
): SampleFormat | null {
  const frameBytes = (bits / 8) * channels;
  if (sampleRate < 1 || sampleRate > 768_000 || channels < 1 || channels > 64) return null;
  const plain = demuxer !== null && Number.isInteger(frameBytes) && (blockBytes ?? frameBytes) === frameBytes;
  if (!plain) return { demuxer: null, sampleRate, channels, frameBytes: Math.max(1, blockBytes ?? 1) };
  return { demuxer, sampleRate, channels, frameBytes };
}

function plainSound(
  dataStart: number,
  declaredBytes: number | null,
  form: ChunkForm | null,
  format: SampleFormat | null,
  otherwise: Reading | null,
): PlainSound {
  const frameBytes = format?.frameBytes ?? 1;
  const sound = { dataStart, declaredBytes, frameBytes, form, misread: false };
  if (format === null || format.demuxer === null) return { ...sound, reading: otherwise };
  const { demuxer, sampleRate, channels } = format;
  // Frames of MPEG audio contain it themselves.
  const options = demuxer === 'mp3' ? [] : ['-ar', String(sampleRate), '-ac', String(channels)];
  return { ...sound, reading: { demuxer, options, withHeader: false } };
}

interface Chunk {
  readonly name: string;
  /** Where its content begins, and how many bytes it has by its header. */
  readonly at: number;
  readonly size: number;
}

async function* chunks(file: FileWindow, from: number, end: number, form: ChunkForm): AsyncGenerator<Chunk> {
  const headerBytes = form.nameBytes + form.sizeBytes;
  let position = from;
  for (let step = 0; step < MAX_CHUNKS && position + headerBytes <= end; step++) {
    const head = await file.at(position, headerBytes);
    if (head.length < headerBytes) return;
    const sizeAt = head.subarray(form.nameBytes);
    let size: number;
    if (form.sizeBytes === 4) size = form.bigEndian ? sizeAt.readUInt32BE() : sizeAt.readUInt32LE();
    else size = Number(form.bigEndian ? sizeAt.readBigUInt64BE() : sizeAt.readBigUInt64LE());
    const content = form.inclusive ? Math.max(0, size - headerBytes) : size;
    yield { name: head.toString('latin1', 0, 4), at: position + headerBytes, size: content };
    const whole = headerBytes + content;
    position += Math.ceil(whole / form.alignment) * form.alignment;
  }
}
