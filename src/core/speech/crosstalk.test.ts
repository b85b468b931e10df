import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { CrosstalkDetector } from './crosstalk.ts';
import { FRAME_FEATURE_BYTES, frameLoudness, measureFrames } from './frame-features.ts';

const CALL = join(import.meta.dirname, '../../../e2e/fixtures/call-two-channels.flac');

/** Each speaker's voice is in the other's channel, 20 dB softer, over a little noise. */
const BLEED = 'pan=stereo|c0=c0+0.1*c1|c1=c1+0.1*c0';

let clean: Uint8Array[];
let bled: Uint8Array[];

beforeAll(async () => {
  const { path } = await findFfmpeg();
  clean = featuresOf(path, 'anull');
  bled = featuresOf(path, BLEED);
});

/** The features of both channels of the call's first 40 s. */
function featuresOf(ffmpeg: string, filter: string): Uint8Array[] {
  const format = ['-t', '40', '-ar', '16000', '-f', 'f32le', '-'];
  const options = { maxBuffer: 1 << 27 };
  const bytes = execFileSync(ffmpeg, ['-v', 'error', '-i', CALL, '-af', filter, ...format], options);
  const samples = new Float32Array(new Uint8Array(bytes).buffer);
  return [0, 1].map((channel) => measureFrames(samples.filter((_, index) => index % 2 === channel)));
}

/** How many frames of a channel are loud enough to be a voice. */
const voiced = (features: Uint8Array) =>
  Array.from(
    { length: features.length / FRAME_FEATURE_BYTES },
    (_, frame) => frameLoudness(features, frame) > VOICE,
  );

/** Half decibels above −100 dBFS: softer than the voices that bled, louder than the noise. */
const VOICE = 90;

function share(of: ArrayLike<unknown>, where: readonly boolean[]): number {
  const chosen = Array.from(of).filter((_, frame) => where[frame] === true);
  return chosen.filter(Boolean).length / chosen.length;
}

describe('voices that bled into the other channel', () => {
  test('are told from everybody’s own words', () => {
    const own = clean.map(voiced);
    const echoes = new CrosstalkDetector().push(bled);
    for (const [channel, echo] of echoes.entries()) {
      const mine = own[channel] as boolean[];
      const others = own[1 - channel] as boolean[];
      const theirsAlone = others.map((is, frame) => is && !(mine[frame] ?? false));
      const mineAlone = mine.map((is, frame) => is && !(others[frame] ?? false));
      expect(share(echo, theirsAlone)).toBeGreaterThan(0.9);
      expect(share(echo, mineAlone)).toBeLessThan(0.05);
    }
  });
});

test('a steady noise in one channel does not silence a soft voice in the other', () => {
  const frames = (clean[0] as Uint8Array).length;
  const noise = new Uint8Array(frames).fill(150);
  const soft = (clean[0] as Uint8Array).map((level) => Math.max(0, level - 40));

  expect(new CrosstalkDetector().push([soft, noise])[0]?.some((echo) => echo === 1)).toBe(false);
});

test('one channel alone has no echo', () => {
  expect(new CrosstalkDetector().push([clean[0] as Uint8Array])[0]?.some((echo) => echo === 1)).toBe(false);
});
