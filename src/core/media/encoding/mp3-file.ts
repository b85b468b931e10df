/** What is encoded. */
export interface EncodedFacts {
  /** Of each channel. */
  readonly sampleCount: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSecond: number;
}

/** LAME's own delay and the decoder's, in samples (lame.h, `lame_get_encoder_delay`; ISO 11172-3's decoder has 528 + 1). */
const ENCODER_DELAY = 576;
const DECODER_DELAY = 529;

const HEADER_BYTES = 4;
/** From the name `Info` to the end of LAME's part of it. */
const TAG_BYTES = 156;

/**
 * Layer III frames of a constant bit rate, by LAME, as an MP3 file: with a first frame of silence that tells how many frames follow, and how
 * many samples are padding (gabriel.mp3-tech.org/mp3infotag.html), so that players keep the times of the source.
 */
export async function* mp3File(
  frames: AsyncIterable<Buffer>,
  facts: EncodedFacts,
): AsyncGenerator<Uint8Array> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const bytes of frames) {
    if (start === null) {
      yield bytes;
      continue;
    }
    start = Buffer.concat([start, bytes]);
    if (start.length < HEADER_BYTES) continue;
    yield infoFrame(start.subarray(0, HEADER_BYTES), facts);
    yield start;
    start = null;
  }
}

function infoFrame(
  header: Buffer,
  { sampleCount, channels, sampleRate, bitsPerSecond }: EncodedFacts,
): Buffer {
  const isMpeg1 = sampleRate >= 32_000;
  const samplesPerFrame = isMpeg1 ? 1152 : 576;
  const frameBytes = Math.floor((samplesPerFrame * bitsPerSecond) / 8 / sampleRate);
  const frameCount = Math.ceil((sampleCount + ENCODER_DELAY + DECODER_DELAY) / samplesPerFrame);
  const padding = frameCount * samplesPerFrame - sampleCount - ENCODER_DELAY;
  const sideBytes = [
    [9, 17],
    [17, 32],
  ][isMpeg1 ? 1 : 0]?.[channels - 1] as number;
  const frame = Buffer.alloc(Math.max(frameBytes, HEADER_BYTES + sideBytes + TAG_BYTES));
  header.copy(frame);
  // This frame has no padding byte.
  frame.writeUInt8(frame.readUInt8(2) & ~0b10, 2);
  let at = HEADER_BYTES + sideBytes;
  at += frame.write('Info', at, 'latin1');
  at = frame.writeUInt32BE(0b1111, at);
  at = frame.writeUInt32BE(frameCount, at);
  at = frame.writeUInt32BE(Math.min(0xffff_ffff, (frameCount + 1) * frameBytes), at);
  // Where each hundredth begins: at a constant rate they are equal.
  for (let hundredth = 0; hundredth < 100; hundredth += 1) {
    at = frame.writeUInt8(Math.floor((hundredth * 256) / 100), at);
  }
  at = frame.writeUInt32BE(0, at);
  at += frame.write('LAME3.100', at, 'latin1');
  // Revision 0 and a constant rate; then what is not told here: low pass, peak, replay gain, flags.
  at = frame.writeUInt8(1, at) + 10;
  at = frame.writeUInt8(Math.min(255, bitsPerSecond / 1000), at);
  at = frame.writeUIntBE(ENCODER_DELAY * 2 ** 12 + padding, at, 3);
  at += 4;
  at = frame.writeUInt32BE(Math.min(0xffff_ffff, (frameCount + 1) * frameBytes), at) + 2;
  frame.writeUInt16BE(crc16(frame.subarray(0, at)), at);
  return frame;
}

/** CRC-16/ARC. */
function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
