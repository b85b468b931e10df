import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import type { AssumedReading } from '../../../contract/recording.ts';
import type { Ffmpeg } from '../find-ffmpeg.ts';
import { probe } from '../probe.ts';
import { openSource } from '../source.ts';
import {
  CALL,
  decodeFile,
  encode,
  everyFfmpeg,
  make,
  SAMPLE,
  temporaryFolder,
  written,
} from '../testing/media-fixtures.ts';
import { SCALE_FACTOR_BANDS } from './aac-bands.ts';
import { aacFrameAt } from './aac-frame.ts';
import { hasLostIndex } from './lost-index.ts';
import { mp4Outline } from './mp4-boxes.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

/** How the sample begins: its recorder's 36 bytes before the audio, and the header of the box that contains it. */
const SOUND_AT = 44;
const whole = await readFile(SAMPLE);
const [newest] = builds;
if (newest === undefined) throw new Error('there is an ffmpeg');
const { samples: reference } = await decodeFile(SAMPLE, newest);

/** The sample without its index, with this head before the audio. */
function cut(head: Buffer | string, bytes = 200_000): Buffer {
  const box = typeof head === 'string' ? Buffer.from(head, 'latin1') : head;
  return Buffer.concat([whole.subarray(0, SOUND_AT - 8), box, whole.subarray(SOUND_AT, SOUND_AT + bytes)]);
}

async function assumedOf(path: string, ffmpeg: Ffmpeg): Promise<AssumedReading | null> {
  const source = await openSource(path);
  try {
    return (await probe(source, ffmpeg)).assumed;
  } finally {
    await source.close();
  }
}

/** A folder of its own: other files beside a recording help to read it. */
async function alone(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path, { recursive: true });
  return path;
}

test('the sample is as these tests take it to be', () => {
  expect(whole.toString('latin1', SOUND_AT - 4, SOUND_AT)).toBe('mdat');
});

test.each([
  ['the size that was to be', '\0\x06\x9e\xfcmdat', 8],
  ['no size', '\0\0\0\0mdat', 8],
  ['an empty box', '\0\0\0\x08mdat', 8],
  ['a placeholder', '????mdat', 8],
  ['a long placeholder', '\0\0\0\x01mdat????????', 16],
  ['a long size of nothing', '\0\0\0\x01mdat\0\0\0\0\0\0\0\x10', 16],
  ['the size of a box that ends within', '\0\0\x10\0mdat', 8],
])('the samples reach to the end behind %s', async (_, head, headBytes) => {
  const path = await written(folder.path, 'outline.m4a', cut(head, 9000));
  const source = await openSource(path);
  const outline = await mp4Outline(source);
  await source.close();
  expect(hasLostIndex(outline)).toBe(true);
  const start = SOUND_AT - 8 + headBytes;
  expect(outline?.samples).toEqual({ type: 'mdat', start, end: start + 9000 });
});

describe.each(builds)('with ffmpeg $version', (ffmpeg) => {
  test('AAC is read as far as it was written', async () => {
    const path = await written(await alone('cut'), 'voice.m4a', cut('????mdat'));
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toMatchObject({ code: 'media.damaged' });
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(15.9, 0);
    expect(likeness(samples)).toBeGreaterThan(0.85);
  });

  test('AAC whose index breaks off within', async () => {
    const bytes = whole.subarray(0, whole.lastIndexOf('stsz') + 2000);
    const { samples, error } = await decodeFile(
      await written(await alone('index'), 'voice.m4a', bytes),
      ffmpeg,
    );
    expect(error).toMatchObject({ code: 'media.damaged' });
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(34);
  });

  test('AAC behind room that was set aside', async () => {
    const bytes = Buffer.concat([
      cut('????mdat', 0),
      Buffer.alloc(50_000),
      whole.subarray(SOUND_AT, 150_000),
    ]);
    const path = await written(await alone('room'), 'voice.m4a', bytes);
    expect(await assumedOf(path, ffmpeg)).toMatchObject({ coding: 'aac', channels: 1 });
    const { samples } = await decodeFile(path, ffmpeg);
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(11);
  });

  test('AAC with damage in it goes on behind that', async () => {
    const bytes = whole.subarray(0, 300_000);
    const damaged = Buffer.concat([
      bytes.subarray(0, 200_000),
      Buffer.alloc(4000, 0xaa),
      bytes.subarray(204_000),
    ]);
    const { samples } = await decodeFile(await written(await alone('hole'), 'voice.m4a', damaged), ffmpeg);
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(23);
  });

  test('the sound of a video stands between its pictures', async () => {
    const [bands] = SCALE_FACTOR_BANDS;
    if (bands === undefined) throw new Error('there are bands');
    const pieces: Uint8Array[] = [];
    let at = SOUND_AT;
    for (let chunk = 0; chunk < 20; chunk++) {
      pieces.push(noise(3000 + 777 * chunk, chunk));
      const start = at;
      for (let frame = 0; frame < 20; frame++) at += aacFrameAt(whole, at, bands).sizeBytes;
      pieces.push(whole.subarray(start, at));
    }
    const bytes = cut('\0\0\0\0mdat', 0);
    const path = await written(await alone('video'), 'film.mp4', Buffer.concat([bytes, ...pieces]));
    const { samples } = await decodeFile(path, ffmpeg);
    expect(samples.length / SAMPLE_RATE).toBeCloseTo((20 * 20 * 1024) / 44_100, 1);
    expect(likeness(samples)).toBeGreaterThan(0.85);
  });

  test.each([16_000, 48_000])('AAC of two channels at %i Hz', async (rate) => {
    const beside = await alone(`rate-${rate}`);
    const path = join(beside, 'whole.m4a');
    await make(ffmpeg, ['-t', '5', '-i', CALL, '-c:a', 'aac', '-ar', String(rate), path]);
    const bytes = await readFile(path);
    const lost = await written(beside, 'lost.m4a', bytes.subarray(0, bytes.lastIndexOf('moov') - 4));
    expect(await assumedOf(lost, ffmpeg)).toEqual({
      because: 'lostIndex',
      coding: 'aac',
      sampleRate: rate,
      channels: 2,
      by: 'whole.m4a',
    });
    const { samples } = await decodeFile(lost, ffmpeg);
    expect(Math.abs(samples.length / 2 / SAMPLE_RATE - 5)).toBeLessThan(0.3);
  });

  test('without another recording beside it, the usual rate', async () => {
    const path = await written(await alone('usual'), 'lost.m4a', cut('????mdat'));
    expect(await assumedOf(path, ffmpeg)).toMatchObject({ sampleRate: 44_100, by: null });
  });

  test.each([
    ['amrnb', 'narrow.3gp', ['-c:a', 'libopencore_amrnb', '-ar', '8000']],
    ['amrwb', 'wide.3gp', ['-c:a', 'libvo_amrwbenc', '-ar', '16000']],
  ])('%s', async (coding, name, options) => {
    const path = join(await alone(coding), name);
    if (!(await encode(builds, path, 6, options))) return;
    const bytes = await readFile(path);
    await written(join(folder.path, coding), name, bytes.subarray(0, bytes.lastIndexOf('moov') - 400));
    expect(await assumedOf(path, ffmpeg)).toMatchObject({ coding, by: null });
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toMatchObject({ code: 'media.damaged' });
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(5);
    expect(likeness(samples)).toBeGreaterThan(0.9);
  });

  test('plain samples, where another recording tells how they are coded', async () => {
    const beside = await alone('plain');
    const path = join(beside, 'whole.mov');
    await make(ffmpeg, ['-t', '5', '-i', CALL, '-c:a', 'pcm_s16le', '-ar', '48000', path]);
    const bytes = await readFile(path);
    const lost = bytes.subarray(0, bytes.lastIndexOf('moov') - 4);
    const known = await written(beside, 'lost.mov', lost);
    expect(await assumedOf(known, ffmpeg)).toMatchObject({ coding: 's16le', channels: 2, by: 'whole.mov' });
    const { samples } = await decodeFile(known, ffmpeg);
    expect(samples.length / 2 / SAMPLE_RATE).toBeCloseTo(5, 1);

    const unknown = await written(await alone('unknown'), 'lost.mov', lost);
    await expect(assumedOf(unknown, ffmpeg)).rejects.toMatchObject({ code: 'media.indexLost' });
  });

  test.each([
    ['nothing in it', cut('\0\0\0\0mdat', 0)],
    ['only room that was set aside', Buffer.concat([cut('\0\0\0\0mdat', 0), Buffer.alloc(100_000)])],
  ])('a file without an index and %s holds no recording', async (name, bytes) => {
    const path = await written(await alone(name ?? ''), 'voice.m4a', bytes ?? '');
    await expect(assumedOf(path, ffmpeg)).rejects.toMatchObject({ code: 'media.unreadable' });
  });

  test('cut in its fragments, it is read as far as it goes', async () => {
    const path = join(await alone('fragments'), 'fragments.mp4');
    await encode(builds, path, 6, ['-movflags', '+frag_keyframe+empty_moov', '-frag_duration', '500000']);
    const bytes = await readFile(path);
    await written(join(folder.path, 'fragments'), 'fragments.mp4', bytes.subarray(0, bytes.length * 0.7));
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toMatchObject({ code: 'media.damaged' });
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(3);
  });
});

function noise(length: number, seed: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, i) => ((i + seed * 1000) * 2_654_435_761) >>> 13));
}

/** Best similarity of the loudness of each tenth of a second to the sample's beginning: 1 for the same. */
function likeness(samples: Float32Array): number {
  const levels = tenths(samples);
  const expected = tenths(reference).slice(0, levels.length);
  const count = Math.min(levels.length, expected.length);
  const mean = (all: number[]) => all.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
  const [a, b] = [mean(levels), mean(expected)];
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < count; i++) {
    const [x, y] = [(levels[i] ?? 0) - a, (expected[i] ?? 0) - b];
    product += x * y;
    squaresA += x ** 2;
    squaresB += y ** 2;
  }
  return product / Math.sqrt(squaresA * squaresB);
}

function tenths(samples: Float32Array): number[] {
  const size = SAMPLE_RATE / 10;
  return Array.from({ length: Math.floor(samples.length / size) }, (_, i) =>
    Math.sqrt(
      samples.subarray(i * size, (i + 1) * size).reduce((sum, sample) => sum + sample ** 2, 0) / size,
    ),
  );
}
