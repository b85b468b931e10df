import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Span } from '../../contract/audio.ts';
import { resourcesFolder } from '../folders.ts';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { suppressCrosstalk } from './crosstalk.ts';
import { measureFrames } from './frame-features.ts';
import { SpeechDetector } from './speech-detector.ts';

const CALL = join(resourcesFolder(), 'samples', 'call-two-channels.flac');

/** Each speaker is heard in the other's channel, 20 dB softer, over a little noise. */
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

function speechIn(features: Uint8Array): Span[] {
  const detector = new SpeechDetector();
  return [...detector.push(features), ...detector.finish()].flatMap((span) => span.speech);
}

function overlapMs(some: Span[], others: Span[]): number {
  let sum = 0;
  for (const a of some) {
    for (const b of others) sum += Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
  }
  return sum;
}

const lengthMs = (spans: Span[]) => spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

describe('voices that bled into the other channel', () => {
  test('are speech to a detector that knows of one channel only', () => {
    const [first = [], second = []] = bled.map(speechIn);

    expect(overlapMs(first, second)).toBeGreaterThan(20_000);
  });

  test('are no speech once suppressed, while everybody’s own words stay', () => {
    const own = clean.map(speechIn);
    const heard = suppressCrosstalk(bled).map(speechIn);

    for (const [channel, spans] of heard.entries()) {
      const expected = own[channel] ?? [];
      expect(overlapMs(spans, expected)).toBeGreaterThan(0.95 * lengthMs(expected));
      expect(lengthMs(spans)).toBeLessThan(1.05 * lengthMs(expected));
    }
  });
});

test('channels without crosstalk are heard as before', () => {
  expect(suppressCrosstalk(clean).map(speechIn)).toEqual(clean.map(speechIn));
});

test('a steady noise in one channel does not silence a soft voice in the other', () => {
  const frames = (clean[0] as Uint8Array).length;
  const noise = new Uint8Array(frames).fill(150);
  const soft = (clean[0] as Uint8Array).map((level) => Math.max(0, level - 40));

  expect(suppressCrosstalk([soft, noise])[0]).toEqual(soft);
});

test('one channel alone is left as it is', () => {
  expect(suppressCrosstalk([clean[0] as Uint8Array])).toEqual([clean[0]]);
});
