import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../contract/errors.ts';
import type { AssumedReading } from '../../contract/recording.ts';
import { SCALE_FACTOR_BANDS } from './lost-index/aac-bands.ts';
import { aacFrameAt, MAX_AAC_FRAME_BYTES } from './lost-index/aac-frame.ts';
import { findLostSound, hasLostIndex } from './lost-index/lost-index.ts';
import { lostSamples } from './lost-index/lost-samples.ts';
import { mp4Outline } from './lost-index/mp4-boxes.ts';
import { mp4Sound } from './lost-index/mp4-sound.ts';
import { factsByEnding } from './raw-by-ending.ts';
import { openSource } from './source.ts';
import { SAMPLE, temporaryFolder, written } from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const whole = await readFile(SAMPLE);
const [bands = SCALE_FACTOR_BANDS[0]] = SCALE_FACTOR_BANDS;

/** Reads a file in every way that needs no ffmpeg; returns how many bytes of audio would reach it. */
async function readThrough(name: string, bytes: Uint8Array): Promise<number> {
  const source = await openSource(await written(folder.path, name, bytes));
  let given = 0;
  try {
    await factsByEnding(source);
    const outline = await mp4Outline(source);
    if (outline !== null) await mp4Sound(source, outline);
    if (!hasLostIndex(outline)) return 0;
    const facts = await findLostSound(source, outline);
    for (const coding of ['aac', 'amrnb', 'amrwb', 's16le'] as const) {
      const assumed: AssumedReading = facts?.assumed ?? {
        because: 'lostIndex',
        coding,
        sampleRate: 44_100,
        channels: 1,
        by: null,
      };
      for await (const block of await lostSamples(source, { ...assumed, coding })) given += block.length;
    }
  } finally {
    await source.close();
  }
  return given;
}

describe('samples without an index', () => {
  test('a frame is never longer than it may be, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        if (bands === undefined) throw new Error('there are bands');
        const { channels, sizeBytes } = aacFrameAt(bytes, 0, bands);
        expect([0, 1, 2]).toContain(channels);
        expect(sizeBytes).toBeLessThanOrEqual(Math.min(bytes.length, MAX_AAC_FRAME_BYTES));
      }),
      { numRuns: 3000, seed: 20_261_130 },
    );
  });

  test('boxes and samples of any kind are read to their end, or refused', async () => {
    const box = fc
      .tuple(
        fc.constantFrom(
          'ftyp',
          'moov',
          'mdat',
          'free',
          'trak',
          'mdia',
          'hdlr',
          'stsd',
          'mp4a',
          'esds',
          'wide',
        ),
        fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(0, 1, 7, 0xffffffff)),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([type, size, content]) => {
        const head = Buffer.alloc(8);
        head.writeUInt32BE(size, 0);
        head.write(type, 4, 'latin1');
        return Buffer.concat([head, content]);
      });
    await fc.assert(
      fc.asyncProperty(fc.array(box, { minLength: 1, maxLength: 8 }), async (boxes) => {
        try {
          await readThrough('soup.m4a', Buffer.concat(boxes));
        } catch (error) {
          expect(isAppError(error)).toBe(true);
        }
      }),
      { numRuns: 100, seed: 20_261_130 },
    );
  });

  test('damage anywhere gives no more than is there, with the heads of the frames', async () => {
    const position = fc.nat({ max: 60_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(position, fc.uint8Array({ maxLength: 40 })), { maxLength: 12 }),
        async (edits) => {
          const bytes = Buffer.from(whole.subarray(0, 60_044));
          for (const [at, patch] of edits) bytes.set(patch.subarray(0, bytes.length - at), at);
          // Four ways, and none can return frames shorter than two bytes.
          expect(await readThrough('damaged.m4a', bytes)).toBeLessThan(4 * 5 * bytes.length);
        },
      ),
      { numRuns: 15, seed: 20_261_130 },
    );
  });

  // The worst case: bytes at each of which a long frame seems to begin.
  test.each([
    ['zeros but for the first', () => 0],
    ['beginnings of two channels', () => 0x20],
    ['beginnings with long fill elements', (i: number) => (i % 2 === 0 ? 0x21 : 0xff)],
    ['a single codeword', (i: number) => (i % 700 === 0 ? 0x01 : 0xff)],
    ['empty frames of AMR', () => 0x7c],
    ['noise', (i: number) => (i * 2_654_435_761) >>> 13],
  ])('300 kB of %s take seconds, not minutes', { timeout: 120_000 }, async (_, byteAt) => {
    const samples = Buffer.from(Array.from({ length: 300_000 }, (_, i) => byteAt(i)));
    samples[0] = 1;
    const before = process.cpuUsage();
    await readThrough(
      'slow.m4a',
      Buffer.concat([whole.subarray(0, 36), Buffer.from('\0\0\0\0mdat', 'latin1'), samples]),
    );
    // Processor time, because the machine may be busy.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
  });
});
