import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { type CutFrame, FrameCutter } from './frame-cutter.ts';

const QUANTUM = 128;

/** Every 16-bit value, as the browser turns it into a floating-point sample. */
const everyValue = Float32Array.from({ length: 65_536 }, (_, index) => (index - 32_768) / 32_768);

function cut(
  sampleRate: number,
  sound: Float32Array,
  firstFrame = 0,
): { frames: CutFrame[]; cutter: FrameCutter } {
  const frames: CutFrame[] = [];
  const cutter = new FrameCutter(sampleRate, (frame) => frames.push(frame));
  for (let start = 0; start < sound.length; start += QUANTUM) {
    const quantum = sound.subarray(start, start + QUANTUM);
    cutter.push(quantum, quantum.length, firstFrame + start);
  }
  return { frames, cutter };
}

test.each([48_000, 44_100, 16_000, 11_025])(
  'frames of 20 ms at %i Hz, contiguous, the rest at the end',
  (rate) => {
    const { frames, cutter } = cut(rate, everyValue, 1000);
    cutter.end();
    cutter.end();
    const length = Math.round(rate / 50);
    expect(frames.length).toBe(Math.ceil(everyValue.length / length));
    expect(frames.map(({ contextFrame }) => contextFrame)).toEqual(
      frames.map((_, index) => 1000 + index * length),
    );
    expect(frames.at(-1)?.samples.length).toBe(everyValue.length % length || length);
    expect(frames.flatMap(({ samples }) => [...samples])).toEqual(
      [...everyValue].map((value) => value * 32_768),
    );
  },
);

test('the checksum is that of all bytes, and frames share no buffer', () => {
  // The check value of CRC-32/ISO-HDLC.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const { frames, cutter } = cut(48_000, everyValue);
  cutter.end();
  const bytes = Uint8Array.from(frames.flatMap(({ samples }) => [...new Uint8Array(samples.buffer)]));
  expect(bytes.length).toBe(everyValue.length * 2);
  expect(cutter.crc32).toBe(crc32(bytes));
  expect(cutter.frames).toBe(frames.length);
  expect(new Set(frames.map(({ samples }) => samples.buffer)).size).toBe(frames.length);
});

test('too loud sound is cut at the greatest values, not wrapped around', () => {
  const { frames } = cut(50 * 4, Float32Array.of(1, 1.5, -1, -2));
  expect([...(frames[0]?.samples ?? [])]).toEqual([32_767, 32_767, -32_768, -32_768]);
});

test('while the input delivers nothing its time is silence', () => {
  const frames: CutFrame[] = [];
  const cutter = new FrameCutter(48_000, (frame) => frames.push(frame));
  for (let start = 0; start < 48_000; start += QUANTUM) cutter.push(undefined, QUANTUM, start);
  expect(frames.length).toBe(50);
  expect(frames.every(({ samples }) => samples.every((sample) => sample === 0))).toBe(true);
});
