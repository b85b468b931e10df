import { expect, test } from 'vitest';
import { BLOCK_FRAMES, FrameAligner } from './frame-aligner.ts';

function bytesOf(samples: Float32Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

test('gives the same blocks whatever pieces the bytes come in', () => {
  const samples = Float32Array.from({ length: 2 * BLOCK_FRAMES * 2 + 10 }, (_, i) => Math.sin(i));
  // Three bytes that complete no frame: a file may end anywhere.
  const bytes = Buffer.concat([bytesOf(samples), Buffer.alloc(3)]);
  for (const size of [1013, 65_536, bytes.length]) {
    const aligner = new FrameAligner(2);
    const blocks: Float32Array[] = [];
    for (let at = 0; at < bytes.length; at += size)
      blocks.push(...aligner.push(bytes.subarray(at, at + size)));
    blocks.push(aligner.rest());
    expect(blocks.map(({ length }) => length)).toEqual([2 * BLOCK_FRAMES, 2 * BLOCK_FRAMES, 10]);
    expect(blocks.flatMap((block) => [...block])).toEqual([...samples]);
    expect(aligner.frames).toBe(2 * BLOCK_FRAMES + 5);
  }
});

test('takes for silence what is no sound', () => {
  const aligner = new FrameAligner(1);
  const samples = Float32Array.of(0.5, Number.NaN, Number.POSITIVE_INFINITY, -1e30, -40);
  expect(aligner.push(bytesOf(samples))).toEqual([]);
  expect(aligner.rest()).toEqual(Float32Array.of(0.5, 0, 0, 0, -40));
});
