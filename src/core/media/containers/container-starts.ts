import type { FileWindow } from './file-window.ts';

/** A container that is recognised by its first bytes, and how its end is found. */
export interface ContainerKind {
  readonly name: string;
  /** Bytes that every beginning has, and their offset from it. */
  readonly needle: Buffer;
  readonly needleOffset: number;
  /** Whether these bytes, `HEAD_BYTES` of them if the file has as many, begin such a container. */
  begins(head: Buffer): boolean;
  /**
   * Where the container that begins at `start` ends by its own structure, found in few small reads; null if its
   * structure has no end. It may be wrong, and beyond the end of the file.
   */
  end(file: FileWindow, start: number): Promise<number | null>;
  /** Where the search for the next one may begin. */
  body?(file: FileWindow, start: number): Promise<number>;
}

/** How many bytes `begins` reads. */
export const HEAD_BYTES = 128;

/** Most boxes, chunks or objects that are skipped in one container. */
const MAX_STEPS = 1_000_000;

/** The kind of container that begins with these bytes, or null. */
export function kindOf(head: Buffer): ContainerKind | null {
  return KINDS.find((kind) => kind.begins(head)) ?? null;
}

/** A frame of MPEG audio (ISO/IEC 11172-3) or of AAC with ADTS headers (ISO/IEC 13818-7), without a container. */
export function beginsWithFrame(head: Buffer): boolean {
  return isAdts(head) || isMpegFrame(head);
}

/**
 * Whether the frame at the beginning of these bytes is the first of a file: AAC and Layers I and II always may be, one
 * of Layer III if it needs no data of the frames before it (main_data_begin, ISO/IEC 11172-3 §2.4.1.7).
 */
export function beginsAnew(head: Buffer): boolean {
  if (isAdts(head)) return true;
  if (!isMpegFrame(head)) return false;
  const second = head[1] ?? 0;
  if ((second & 0x06) !== 0x02) return true;
  const sideInfo = (second & 1) === 1 ? 4 : 6;
  const version1 = (second & 0x18) === 0x18;
  return head[sideInfo] === 0 && (!version1 || ((head[sideInfo + 1] ?? 0) & 0x80) === 0);
}

/** Whether ADTS frames of AAC begin here. */
export function isAdts(head: Buffer): boolean {
  return (
    head.length >= 7 && head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0 && ((head[2] ?? 0) & 0x3c) < 0x34
  );
}

function isMpegFrame(head: Buffer): boolean {
  const [sync = 0, second = 0, third = 0] = head;
  const known =
    (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
  return head.length >= 7 && sync === 0xff && (second & 0xe0) === 0xe0 && known;
}

const unknownEnd = async () => null;

/** RIFF (Microsoft, Multimedia Programming Interface 1.0), RIFX with big-endian sizes, RF64 and BW64 (EBU Tech 3306). */
const WAVE: ContainerKind = {
  name: 'wave',
  needle: latin1('WAVE'),
  needleOffset: 8,
  begins: (head) => /^(RIFF|RIFX|RF64|BW64)....WAVE[ -~]{4}/s.test(text(head, 16)),
  async end(file, start) {
    const head = await file.at(start, 36);
    const magic = text(head, 4);
    if (magic === 'RF64' || magic === 'BW64') {
      if (head.length < 28 || head.toString('latin1', 12, 16) !== 'ds64') return null;
      return start + 8 + Number(head.readBigUInt64LE(20));
    }
    const size = magic === 'RIFX' ? head.readUInt32BE(4) : head.readUInt32LE(4);
    const end = start + 8 + size + (size & 1);
    // Beyond 4 GiB the size wraps around to 0.
    return end < file.sizeBytes && (file.sizeBytes - end) % 2 ** 32 === 0 ? file.sizeBytes : end;
  },
};

/** RIFF again; beyond 1 GiB further RIFF chunks named AVIX follow (OpenDML AVI File Format Extensions 1.02). */
const AVI: ContainerKind = {
  name: 'avi',
  needle: latin1('AVI LIST'),
  needleOffset: 8,
  begins: (head) => /^RIFF....AVI LIST/s.test(text(head, 16)),
  async end(file, start) {
    let position = start;
    for (let step = 0; step < MAX_STEPS; step++) {
      const head = await file.at(position, 12);
      if (position > start && !/^RIFF....AVIX/s.test(text(head, 12))) break;
      const size = head.readUInt32LE(4);
      position += 8 + size + (size & 1);
    }
    return position;
  },
};

/** Sony Wave64: chunks named by GUIDs, with sizes of 64 bits. */
const WAVE64: ContainerKind = {
  name: 'w64',
  needle: Buffer.from('726966662e91cf11a5d628db04c10000', 'hex'),
  needleOffset: 0,
  begins: (head) =>
    head.length >= 40 && head.subarray(0, 16).equals(WAVE64.needle) && text(head.subarray(24), 4) === 'wave',
  async end(file, start) {
    return start + Number((await file.at(start, 24)).readBigUInt64LE(16));
  },
};

/** Apple Audio Interchange File Format 1.3, and AIFF-C. */
const AIFF: ContainerKind = {
  name: 'aiff',
  needle: latin1('AIF'),
  needleOffset: 8,
  begins: (head) => /^FORM....AIF[FC][ -~]{4}/s.test(text(head, 16)),
  async end(file, start) {
    const size = (await file.at(start, 8)).readUInt32BE(4);
    return start + 8 + size + (size & 1);
  },
};

/** Apple Core Audio Format 1.0. */
const CAF: ContainerKind = {
  name: 'caf',
  needle: latin1('caff\0\x01\0\0desc'),
  needleOffset: 0,
  begins: (head) => text(head, 12) === 'caff\0\x01\0\0desc',
  async end(file, start) {
    let position = start + 8;
    for (let step = 0; step < MAX_STEPS && position < file.sizeBytes; step++) {
      const head = await file.at(position, 12);
      if (
        !/^[ -~]{4}/.test(text(head, 4)) ||
        head.length < 12 ||
        kindOf(await file.at(position, HEAD_BYTES)) !== null
      )
        break;
      const size = head.readBigInt64BE(4);
      if (size < 0n) return null;
      position += 12 + Number(size);
    }
    return position;
  },
};

/** Sun and NeXT audio. */
const AU: ContainerKind = {
  name: 'au',
  needle: latin1('.snd'),
  needleOffset: 0,
  begins(head) {
    if (head.length < 24 || text(head, 4) !== '.snd') return false;
    const [data, , encoding, rate, channels] = [4, 8, 12, 16, 20].map((offset) =>
      head.readUInt32BE(offset),
    ) as number[];
    return (
      within(data, 24, 1 << 20) &&
      within(encoding, 1, 30) &&
      within(rate, 1000, 768_000) &&
      within(channels, 1, 64)
    );
  },
  async end(file, start) {
    const head = await file.at(start, 12);
    const size = head.readUInt32BE(8);
    return size === 0xffffffff ? null : start + head.readUInt32BE(4) + size;
  },
};

/** ISO/IEC 14496-12 and QuickTime: boxes, of which `ftyp` opens a file. */
const MOV: ContainerKind = {
  name: 'mov',
  needle: latin1('ftyp'),
  needleOffset: 4,
  begins: (head) =>
    head.length >= 16 &&
    /^ftyp[ -~]{4}/.test(text(head.subarray(4), 8)) &&
    within(head.readUInt32BE(0), 16, 1024),
  async end(file, start) {
    let position = start;
    for (let step = 0; step < MAX_STEPS && position < file.sizeBytes; step++) {
      const head = await file.at(position, 16);
      const type = text(head.subarray(4), 4);
      if (head.length < 8 || !/^[\w \-©]{4}$/.test(type) || (position > start && type === 'ftyp')) break;
      let size = head.readUInt32BE(0);
      // Up to the end of the file.
      if (size === 0) return null;
      if (size === 1) size = head.length < 16 ? 0 : Number(head.readBigUInt64BE(8));
      if (size < 8) break;
      position += size;
    }
    return position;
  },
};

/** RFC 8794 and RFC 9559: an EBML header, then a Segment, whose size is unknown in live recordings. */
const MATROSKA: ContainerKind = {
  name: 'matroska',
  needle: Buffer.from('1a45dfa3', 'hex'),
  needleOffset: 0,
  begins: (head) =>
    head.length >= 12 &&
    head.subarray(0, 4).equals(MATROSKA.needle) &&
    head.includes('\x42\x82', 4, 'latin1'),
  async end(file, start) {
    const header = vint(await file.at(start + 4, 8));
    if (header === null || header.value === null) return null;
    const segment = start + 4 + header.bytes + header.value;
    const head = await file.at(segment, 12);
    const size = head.toString('hex', 0, 4) === '18538067' ? vint(head.subarray(4)) : null;
    if (size === null || size.value === null) return null;
    return segment + 4 + size.bytes + size.value;
  },
};

/** Advanced Systems Format: objects named by GUIDs, with sizes of 64 bits. */
const ASF: ContainerKind = {
  name: 'asf',
  needle: Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'),
  needleOffset: 0,
  begins: (head) => head.length >= 30 && head.subarray(0, 16).equals(ASF.needle),
  async end(file, start) {
    let position = start;
    for (let step = 0; step < MAX_STEPS && position < file.sizeBytes; step++) {
      const head = await file.at(position, 24);
      if (head.length < 24 || (position > start && head.subarray(0, 16).equals(ASF.needle))) break;
      const size = Number(head.readBigUInt64LE(16));
      if (size < 24) return null;
      position += size;
    }
    return position;
  },
};

/** RFC 3533: pages; those that open a logical stream are all at the beginning. */
const OGG: ContainerKind = {
  name: 'ogg',
  needle: latin1('OggS\0\x02'),
  needleOffset: 0,
  begins: (head) => head.length >= 28 && text(head, 6) === 'OggS\0\x02',
  end: unknownEnd,
  async body(file, start) {
    let position = start;
    for (let step = 0; step < 64; step++) {
      const head = await file.at(position, 27 + 255);
      if (!OGG.begins(head)) break;
      const segments = head[26] ?? 0;
      position += 27 + segments + head.subarray(27, 27 + segments).reduce((sum, bytes) => sum + bytes, 0);
    }
    return position;
  },
};

/** RFC 9639 §8: `fLaC`, then STREAMINFO, of 34 bytes. */
const FLAC = magic(
  'flac',
  'fLaC',
  (head) =>
    text(head, 4) === 'fLaC' && ((head[4] ?? 1) & 0x7f) === 0 && text(head.subarray(5), 3) === '\0\0"',
);

/** Adobe Flash Video File Format 10.1: a header of 9 bytes, then the size of no previous tag. */
const FLV = magic(
  'flv',
  'FLV\x01',
  (head) => text(head, 4) === 'FLV\x01' && text(head.subarray(5), 8) === '\0\0\0\t\0\0\0\0',
);

/** WavPack 4 and 5: the block that opens a file counts from sample 0 and is the first of its channels. */
const WAVPACK = magic('wv', 'wvpk', (head) => {
  if (head.length < 32) return false;
  const counts = head.readUInt32LE(16) === 0 && head[10] === 0 && head.readUInt32LE(20) > 0;
  return counts && within(head.readUInt16LE(8), 0x402, 0x410) && (head.readUInt32LE(24) & 0x800) !== 0;
});

/** True Audio: format, channels, bits, rate. */
const TTA = magic('tta', 'TTA1', (head) => {
  if (head.length < 22) return false;
  const [format = 0, channels = 0, bits = 0] = [4, 6, 8].map((offset) => head.readUInt16LE(offset));
  return (
    within(format, 1, 2) &&
    within(channels, 1, 64) &&
    within(bits, 8, 32) &&
    within(head.readUInt32LE(10), 1000, 768_000)
  );
});

/** Digital Speech Standard: version, `dss`, and the digits of two dates at 0x26. */
const DSS: ContainerKind = {
  name: 'dss',
  needle: latin1('dss'),
  needleOffset: 1,
  begins: (head) =>
    within(head[0], 2, 3) &&
    text(head.subarray(1), 3) === 'dss' &&
    /^\d{12}/.test(text(head.subarray(0x26), 12)),
  end: unknownEnd,
};

/** In the order in which they are tried: the first that matches. */
const KINDS: readonly ContainerKind[] = [
  ...[WAVE, AVI, WAVE64, AIFF, CAF, AU, MOV, MATROSKA, ASF, OGG, FLAC, FLV, WAVPACK, TTA, DSS],
  magic('voc', 'Creative Voice File\x1a'),
  magic('nut', 'nut/multimedia container\0'),
  magic('amr', '#!AMR', (head) => /^#!AMR(-WB)?(_MC1\.0)?\n/.test(text(head, 16))),
];

function magic(name: string, first: string, begins?: (head: Buffer) => boolean): ContainerKind {
  const needle = latin1(first);
  return {
    name,
    needle,
    needleOffset: 0,
    begins: begins ?? ((head) => head.subarray(0, needle.length).equals(needle)),
    end: unknownEnd,
  };
}

/** A size in EBML's coding; null as its value means an unknown size. */
function vint(bytes: Buffer): { value: number | null; bytes: number } | null {
  const first = bytes[0] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || bytes.length < length) return null;
  let value = BigInt(first & ((1 << (8 - length)) - 1));
  for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  const open = value === (1n << BigInt(7 * length)) - 1n;
  return { value: open ? null : Number(value), bytes: length };
}

function latin1(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function text(bytes: Buffer, length: number): string {
  return bytes.toString('latin1', 0, length);
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}
