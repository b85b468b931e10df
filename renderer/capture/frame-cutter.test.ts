import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { type CutFrame, FrameCutter } from './frame-cutter.ts';

/** Every fourth 16-bit value, as the browser turns it into a floating-point sample. */
const values = Float32Array.from({ length: 16_384 }, (_, index) => (index * 4 - 32_768) / 32_768);

function cutter(): { frames: CutFrame[]; cutter: FrameCutter } {
  const frames: CutFrame[] = [];
  return { frames, cutter: new FrameCutter((frame) => frames.push(frame)) };
}

/** Pushes sound in pieces of 10 ms. */
function pushPieces(to: FrameCutter, sound: Float32Array, sampleRate: number, atMs: number): void {
  const length = Math.floor(sampleRate / 100);
  for (let start = 0; start < sound.length; start += length) {
    to.push(sound.subarray(start, start + length), sampleRate, atMs + (start / sampleRate) * 1000);
  }
}

test.each([48_000, 44_100, 16_000, 11_025])(
  'frames of 20 ms at %i Hz, contiguous, the rest at the end',
  (rate) => {
    const { frames, cutter: cut } = cutter();
    pushPieces(cut, values, rate, 5000);
    cut.end();
    cut.end();
    const length = Math.round(rate / 50);
    expect(frames.length).toBe(Math.ceil(values.length / length));
    for (const [index, { atMs, sampleRate }] of frames.entries()) {
      expect(sampleRate).toBe(rate);
      expect(atMs).toBeCloseTo(5000 + ((index * length) / rate) * 1000, 6);
    }
    expect(frames.at(-1)?.samples.length).toBe(values.length % length || length);
    expect(frames.flatMap(({ samples }) => [...samples])).toEqual([...values].map((value) => value * 32_768));
  },
);

test('the checksum is that of all bytes, and frames share no buffer', () => {
  // The check value of CRC-32/ISO-HDLC.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const { frames, cutter: cut } = cutter();
  pushPieces(cut, values, 48_000, 0);
  cut.end();
  const bytes = Uint8Array.from(frames.flatMap(({ samples }) => [...new Uint8Array(samples.buffer)]));
  expect(bytes.length).toBe(values.length * 2);
  expect(cut.crc32).toBe(crc32(bytes));
  expect(cut.frames).toBe(frames.length);
  expect(new Set(frames.map(({ samples }) => samples.buffer)).size).toBe(frames.length);
});

test('too loud sound is cut at the greatest values, not wrapped around', () => {
  const { frames, cutter: cut } = cutter();
  cut.push(Float32Array.of(1, 1.5, -1, -2), 50 * 4, 0);
  expect([...(frames[0]?.samples ?? [])]).toEqual([32_767, 32_767, -32_768, -32_768]);
});

test('a gap, or another rate, begins a new frame', () => {
  const { frames, cutter: cut } = cutter();
  const piece = new Float32Array(160);
  cut.push(piece, 16_000, 1000);
  cut.push(piece, 16_000, 2000);
  cut.push(piece, 48_000, 2010);
  cut.end();
  expect(frames.map(({ atMs, sampleRate, samples }) => [atMs, sampleRate, samples.length])).toEqual([
    [1000, 16_000, 160],
    [2000, 16_000, 160],
    [2010, 48_000, 160],
  ]);
});

test('pieces whose stamps tremble go on with each other', () => {
  const { frames, cutter: cut } = cutter();
  const piece = new Float32Array(160);
  for (let index = 0; index < 100; index += 1) cut.push(piece, 16_000, 1000 + index * 10 + (index % 3) * 9);
  expect(frames.length).toBe(50);
  expect(frames.every(({ samples }) => samples.length === 320)).toBe(true);
});
