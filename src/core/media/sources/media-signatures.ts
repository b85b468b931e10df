import { sniff } from '../sniff.ts';

/** Bytes at an offset in a file, as Latin-1; a question mark in `like` means any byte. */
interface Signature {
  readonly at: number;
  readonly like: string;
}

/**
 * First bytes of the containers from which audio is read, after ffmpeg's own probes (libavformat, `*_probe`). MPEG's
 * streams, which have no signature, are detected by their repeated headers.
 */
const SIGNATURES: readonly Signature[] = [
  ...at(0, 'RIFF????WAVE', 'RIFF????AVI ', 'RIFF????AMV ', 'RIFF????QLCM', 'RIFF????XWMA', 'RIFF????CDXA'),
  ...at(0, 'RIFX????WAVE', 'RF64????WAVE', 'BW64????WAVE', 'riff\x2e\x91\xcf\x11'),
  ...at(0, 'FORM????AIFF', 'FORM????AIFC', 'FORM????8SVX', 'FORM????16SV', 'FRM8'),
  ...at(
    0,
    'caff',
    '.snd',
    'fLaC',
    'OggS',
    'ID3',
    'wvpk',
    'MAC ',
    'TTA1',
    'TTA2',
    'tBaK',
    'MP+',
    'MPCK',
    'ajkg',
  ),
  ...at(0, 'ea3\x03', 'EA3\x01', 'DSD ', 'DTSHDHDR'),
  ...at(0, '\x7f\xfe\x80\x01', '\xfe\x7f\x01\x80', '\x1f\xff\xe8\x00', '\xff\x1f\x00\xe8'),
  ...at(4, '\xf8\x72\x6f\xba', '\xf8\x72\x6f\xbb'),
  ...at(4, 'ftyp', 'moov', 'mdat', 'wide', 'pnot'),
  ...at(
    0,
    '\x1a\x45\xdf\xa3',
    '\x30\x26\xb2\x75\x8e\x66\xcf\x11',
    'FLV\x01',
    '\x00\x00\x01\xba',
    '\x1f\x07\x00',
  ),
  ...at(0, '\x06\x0e\x2b\x34\x02\x05\x01\x01', '\x00\x00\x00\x00\x01\xbc', 'LEITCH\0', 'nut/multimedia'),
  ...at(0, 'NuppelVideo', 'MythTVVideo', 'NSVf', 'NSVs', '.RMF', '.ra\xfd', '.R1M', '.REC'),
  ...at(0, '\xb7\xd8\x00\x20\x37\x49\xda\x11', '#!AMR', '#!iLBC', '\x02dss', '\x03dss', '\x03ds2', '\x03enc'),
  ...at(0, 'MMMD', 'Creative Voice File', 'TWIN', '\xc0\xde\xc2', '\x21\x6b\x50\x00', 'DHAV', 'DAHUA'),
  ...at(
    0,
    'NIST_1A',
    '\x64\xa3?\x00',
    '\x00?\xa3\x64',
    '2BIT',
    ' paf',
    'fap ',
    'PVF1',
    '\xf0\x7e?\x01',
    '.SoX',
    'XoS.',
  ),
  ...at(128, 'HCOM'),
];

/** Still pictures in the container of videos. */
const PICTURES = /^.{4}ftyp(hei[cxms]|mif1|msf1|avi[fs]|crx )/s;

/** Bytes from a file's start that identify it. */
export const SIGNATURE_BYTES = 4096;

/** Whether a file that begins with these bytes is one from which audio may be read. */
export function looksLikeMedia(head: Uint8Array): boolean {
  const kind = sniff(head);
  if (kind === 'text' || kind === 'playlist') return false;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const text = bytes.toString('latin1');
  if (PICTURES.test(text)) return false;
  return SIGNATURES.some((signature) => matches(text, signature)) || isFrames(bytes) || isPackets(bytes);
}

/** Whether a file that begins with these bytes may be audio without a header; an empty one may. */
export function mayBeHeaderless(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1');
  // Models of a drawing program (MagicaVoxel) have the extension of telephone audio too.
  if (text.startsWith('VOX ')) return false;
  // Silence may be one character throughout; text has whitespace.
  return sniff(head) === 'binary' || !/\s/.test(text);
}

function at(place: number, ...all: readonly string[]): Signature[] {
  return all.map((like) => ({ at: place, like }));
}

function matches(text: string, { at: place, like }: Signature): boolean {
  if (text.length < place + like.length) return false;
  return [...like].every((byte, i) => byte === '?' || byte === text[place + i]);
}

/** Whether the bytes are frames of MPEG audio, AAC or AC-3: each begins with the same two bytes. */
function isFrames(bytes: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  const isMpeg = first === 0xff && second >= 0xe0 && (second & 0x18) !== 0x08 && (third & 0xf0) !== 0xf0;
  const isAc3 = first === 0x0b && second === 0x77;
  // No frame is shorter.
  return (isMpeg || isAc3) && bytes.indexOf(bytes.subarray(0, 2), 24) > 0;
}

/** How long the packets of an MPEG transport stream are: plain, with a timestamp before, with a checksum after. */
const PACKET_BYTES = [188, 192, 204];
const PACKET_SYNC = 0x47;
/** With fewer, a range of other data might match. */
const LEAST_PACKETS = 8;

/** Whether the bytes are packets of an MPEG transport stream; a cut file may begin in the middle of one. */
function isPackets(bytes: Buffer): boolean {
  return PACKET_BYTES.some((length) => {
    const room = bytes.length - (LEAST_PACKETS - 1) * length;
    for (let first = 0; first < Math.min(length, room); first++) {
      let count = 0;
      while (count < LEAST_PACKETS && bytes[first + count * length] === PACKET_SYNC) count += 1;
      if (count === LEAST_PACKETS) return true;
    }
    return false;
  });
}
