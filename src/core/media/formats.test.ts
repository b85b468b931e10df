import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../contract/audio.ts';
import {
  decodeFile,
  dssFile,
  encode,
  everyFfmpeg,
  FORMATS,
  SAMPLE,
  temporaryFolder,
  written,
} from './testing/media-fixtures.ts';

const SECONDS = 6;
const folder = await temporaryFolder();
afterAll(() => folder.remove());

const builds = await everyFfmpeg();

describe.each(builds)('with ffmpeg $version', (ffmpeg) => {
  let reference: number[] = [];

  beforeAll(async () => {
    const { samples } = await decodeFile(SAMPLE, ffmpeg);
    reference = frameLevels(samples.subarray(0, SECONDS * SAMPLE_RATE));
  });

  test.for(FORMATS)('$file is decoded whole and in time', async ({ file, options }, { skip }) => {
    const path = join(folder.path, file);
    if (!existsSync(path) && !(await encode(builds, path, SECONDS, options))) {
      skip(`no ffmpeg here can write ${file}`);
    }
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(Math.abs(samples.length / SAMPLE_RATE - SECONDS)).toBeLessThan(0.15);
    const { likeness, lagFrames } = bestMatch(reference, frameLevels(samples));
    expect(likeness).toBeGreaterThan(0.9);
    expect(Math.abs(lagFrames)).toBeLessThanOrEqual(3);
  });

  test('a DSS dictation is decoded', async () => {
    const path = await written(folder.path, 'dictation.dss', dssFile(40));
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length / SAMPLE_RATE).toBeGreaterThan(10);
  });

  test('the content decides, not the name', async () => {
    const path = join(folder.path, 'renamed.txt');
    await encode([ffmpeg], path, SECONDS, ['-f', 'flac']);
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length).toBe(SECONDS * SAMPLE_RATE);
  });
});

/** Loudness of each frame, which lossy codecs keep even if they do not keep the waveform. */
function frameLevels(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let start = 0; start + FRAME_SAMPLES <= samples.length; start += FRAME_SAMPLES) {
    const energy = samples
      .subarray(start, start + FRAME_SAMPLES)
      .reduce((sum, sample) => sum + sample ** 2, 0);
    levels.push(Math.sqrt(energy / FRAME_SAMPLES));
  }
  return levels;
}

function bestMatch(expected: number[], actual: number[]): { likeness: number; lagFrames: number } {
  let best = { likeness: -1, lagFrames: 0 };
  for (let lagFrames = -25; lagFrames <= 25; lagFrames++) {
    const pairs = expected.flatMap((value, i) => {
      const other = actual[i + lagFrames];
      return other === undefined ? [] : [[value, other] as const];
    });
    const likeness = pearson(pairs);
    if (likeness > best.likeness) best = { likeness, lagFrames };
  }
  return best;
}

function pearson(pairs: (readonly [number, number])[]): number {
  const meanA = pairs.reduce((sum, [a]) => sum + a, 0) / pairs.length;
  const meanB = pairs.reduce((sum, [, b]) => sum + b, 0) / pairs.length;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [a, b] of pairs) {
    product += (a - meanA) * (b - meanB);
    squaresA += (a - meanA) ** 2;
    squaresB += (b - meanB) ** 2;
  }
  return product / Math.sqrt(squaresA * squaresB);
}
