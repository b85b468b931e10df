import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { CrosstalkDetector } from './crosstalk.ts';
import { FRAME_FEATURE_BYTES, frameLoudness, measureFrames } from './frame-features.ts';

const CALL = join(import.meta.dirname, '../../../e2e/fixtures/call-two-channels.flac');

/** Each speaker's voice is in the other's channel, 20 dB softer, over a little noise. */
const BLEED = 'pan=stereo|c0=c0+0.1*c1|c1=c1+0.1*c0';

let voices: Float32Array[];
let clean: Uint8Array[];
let bled: Uint8Array[];

beforeAll(async () => {
  const { path } = await findFfmpeg();
  voices = samplesOf(path, 'anull');
  clean = voices.map(measureFrames);
  bled = samplesOf(path, BLEED).map(measureFrames);
});

/** Both channels of the call's first 40 s. */
function samplesOf(ffmpeg: string, filter: string): Float32Array[] {
  const format = ['-t', '40', '-ar', '16000', '-f', 'f32le', '-'];
  const options = { maxBuffer: 1 << 27 };
  const bytes = execFileSync(ffmpeg, ['-v', 'error', '-i', CALL, '-af', filter, ...format], options);
  const samples = new Float32Array(new Uint8Array(bytes).buffer);
  return [0, 1].map((channel) => samples.filter((_, index) => index % 2 === channel));
}

/** Which frames of a channel are loud enough to be a voice. */
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

/** A voice as loudspeakers bring it into a microphone across a room whose reverberation takes 0.4 s. */
function echoOf(voice: Float32Array, delayMs: number, gain: number): Float32Array {
  const echo = new Float32Array(voice.length);
  let random = 1;
  for (let reflection = 0; reflection < 80; reflection++) {
    random = (random * 48_271) % 2_147_483_647;
    const later = reflection === 0 ? 0 : random % 4000;
    const sign = random % 2 === 0 ? 1 : -1;
    // Together the reflections are as loud as the direct sound.
    const level = reflection === 0 ? 0.7 : sign * 0.19 * 10 ** (-later / 2133);
    const from = delayMs * 16 + later;
    for (let i = from; i < echo.length; i++) {
      echo[i] = (echo[i] as number) + gain * level * (voice[i - from] as number);
    }
  }
  return echo;
}

describe('loudspeakers that reach the microphone', () => {
  /** The other begins so much sooner here: both speak at the same time now and then. */
  const SOONER = 3 * 16_000;

  /** What is marked of an echo, of what was said meanwhile, of the rest, and of the other channel. */
  function marked(delayMs: number, gain: number) {
    const [mine = new Float32Array(), call = new Float32Array()] = voices;
    const theirs = new Float32Array(mine.length);
    theirs.set(call.subarray(SOONER));
    const echo = echoOf(theirs, delayMs, gain);
    const microphone = mine.map((sample, i) => sample + (echo[i] as number));
    const [marks, others] = new CrosstalkDetector().push([microphone, theirs].map(measureFrames));
    const own = voiced(measureFrames(mine));
    const heard = voiced(measureFrames(echo)).map((_, frame, all) => all[frame] === true);
    return {
      echo: share(
        marks as Uint8Array,
        heard.map((is, frame) => is && !own.slice(Math.max(0, frame - 10), frame + 11).includes(true)),
      ),
      together: share(
        marks as Uint8Array,
        heard.map((is, frame) => is && own[frame] === true),
      ),
      mine: share(
        marks as Uint8Array,
        own.map((is, frame) => is && heard[frame] === false),
      ),
      theirs: share(others as Uint8Array, voiced(measureFrames(theirs))),
    };
  }

  test.each([
    [20, 0.5],
    [100, 0.25],
    [200, 0.5],
    [300, 0.1],
  ])('%i ms later and at %d of the level leave nothing of it, and all that was said', (delayMs, gain) => {
    const { echo, together, mine, theirs } = marked(delayMs, gain);
    expect(echo).toBeGreaterThan(0.97);
    expect(together).toBeLessThan(0.35);
    expect(mine).toBeLessThan(0.03);
    expect(theirs).toBeLessThan(0.01);
  });
});

test('who is soft and speaks while another speaks is no echo', () => {
  const [mine = new Float32Array(), call = new Float32Array()] = voices;
  const theirs = new Float32Array(mine.length);
  theirs.set(call.subarray(3 * 16_000));
  const soft = mine.map((sample) => sample * 0.1);
  const [marks] = new CrosstalkDetector().push([soft, theirs].map(measureFrames));
  expect(share(marks as Uint8Array, voiced(measureFrames(soft)))).toBe(0);
});

test('who repeats what the other said is no echo', () => {
  const [, theirs = new Float32Array()] = voices;
  const repeated = new Float32Array(theirs.length);
  repeated.set(theirs.subarray(0, theirs.length - 5 * 16_000), 5 * 16_000);
  const [marks] = new CrosstalkDetector().push([repeated, theirs].map(measureFrames));
  expect(share(marks as Uint8Array, voiced(measureFrames(repeated)))).toBe(0);
});

test('how a voice comes across is remembered where it says little', () => {
  const [mine = new Float32Array(), theirs = new Float32Array()] = voices;
  const echo = echoOf(theirs, 200, 0.5);
  const microphone = mine.map((sample, i) => sample + (echo[i] as number));
  const features = [microphone, theirs].map(measureFrames);
  // Half a second of their words, alone.
  const few = features.map((all) => all.slice(5.4 * 250, 7 * 250));
  few[1]?.fill(0, 125);
  const detector = new CrosstalkDetector();
  detector.push(features);
  const [marks] = detector.push(few);
  expect(marks?.subarray(10, 25).every((mark) => mark === 1)).toBe(true);
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
