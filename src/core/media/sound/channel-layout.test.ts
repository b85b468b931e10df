import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import { findFfmpeg } from '../find-ffmpeg.ts';
import { CALL, decodeFile } from '../testing/media-fixtures.ts';
import { applyLayout, ChannelLayoutAnalyser, DECISION_MS, type LayoutDecision } from './channel-layout.ts';

/** The two sides of the sample call. */
let anna: Float32Array;
let boris: Float32Array;
/** Both of them as one microphone in a room would record them. */
let room: Float32Array;

beforeAll(async () => {
  const { samples } = await decodeFile(CALL, await findFfmpeg());
  const [first = new Float32Array(), second = new Float32Array()] = applyLayout(samples, 2, {
    layout: 'speakers',
    keep: [0, 1],
  });
  anna = first;
  boris = second;
  room = sum(anna, boris);
});

const BOTH = [0, 1];

describe('a call stays two speakers', () => {
  test('as it is, and the other way round', () => {
    expect(decided(anna, boris)).toEqual({ layout: 'speakers', keep: BOTH });
    expect(decided(boris, anna)).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test.each([-20, -25, -30])('with crosstalk at %i dB', (level) => {
    const left = sum(anna, gain(delay(boris, 2), level));
    const right = sum(boris, gain(delay(anna, 2), level));
    expect(decided(left, right)).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test.each([-6, -12, -18])('with crosstalk, and one side %i dB quieter', (quieter) => {
    const left = sum(anna, gain(boris, quieter - 20));
    const right = sum(gain(boris, quieter), gain(anna, -20));
    expect(decided(left, right)).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test('with talk-over', () => {
    expect(decided(anna, shift(boris, 1))).toEqual({ layout: 'speakers', keep: BOTH });
    expect(decided(anna, shift(boris, 3))).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test.each([-60, -50, -40, -35])('with noise at %i dB on one side', (level) => {
    expect(decided(anna, sum(boris, noise(level)))).toEqual({ layout: 'speakers', keep: BOTH });
    expect(decided(sum(anna, noise(level)), boris)).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test('with one side that only listens so far, on a noisy line', () => {
    expect(decided(anna, noise(-45))).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test('with one side that says little and late', () => {
    const late = boris.map((sample, i) => (i < boris.length * 0.75 ? 0 : sample));
    const right = sum(late, gain(anna, -20), noise(-65));
    expect(decided(sum(anna, noise(-65)), right)).toEqual({ layout: 'speakers', keep: BOTH });
  });
});

describe('one room is mixed', () => {
  test('from identical channels', () => {
    expect(decided(room, room)).toEqual({ layout: 'mixed', keep: BOTH });
  });

  test.each([3, 6, 12])('from channels with %i dB between them', (difference) => {
    expect(decided(room, gain(room, -difference))).toEqual({ layout: 'mixed', keep: BOTH });
    expect(decided(gain(room, -difference), room)).toEqual({ layout: 'mixed', keep: BOTH });
  });

  test.each([1, 5, 10, 15])('from microphones %i ms apart', (ms) => {
    expect(decided(room, delay(room, ms))).toEqual({ layout: 'mixed', keep: BOTH });
  });

  test.each([3, 6, 9, 12])('from microphones that each favour one speaker by %i dB', (favour) => {
    const left = sum(anna, gain(delay(boris, 8), -favour));
    const right = sum(boris, gain(delay(anna, 8), -favour));
    expect(decided(left, right)).toEqual({ layout: 'mixed', keep: BOTH });
  });

  test.each([-6, 0, 6])('with an echo that is %i dB above the voice', (wet) => {
    expect(decided(echoing(room, wet, 1), echoing(delay(room, 4), wet, 2))).toEqual({
      layout: 'mixed',
      keep: BOTH,
    });
  });

  test.each([-60, -50, -40, -30])('with noise at %i dB of each microphone', (level) => {
    const left = sum(room, noise(level, 1));
    const right = sum(gain(delay(room, 5), -6), noise(level, 2));
    expect(decided(left, right)).toEqual({ layout: 'mixed', keep: BOTH });
  });

  test('by its louder channel alone where polarity would cancel the voices', () => {
    expect(decided(gain(room, -3), gain(room, 0, -1))).toEqual({ layout: 'mixed', keep: [1] });
  });
});

describe('a dead channel is dropped', () => {
  test.each([-100, -70, -60, -52])('with hiss at %i dB', (level) => {
    expect(decided(room, noise(level))).toEqual({ layout: 'single', keep: [0] });
    expect(decided(noise(level), room)).toEqual({ layout: 'single', keep: [1] });
  });

  test('but a quiet recording is not dead', () => {
    expect(decided(gain(anna, -30), gain(boris, -30)).layout).toBe('speakers');
    expect(decided(gain(room, -30), gain(room, -33)).layout).toBe('mixed');
  });

  test.each([-60, -40, -20, 20, 40])('judged alike where all is louder by %i dB', (louder) => {
    const by = (sound: Float32Array) => gain(sound, louder);
    expect(decided(by(anna), by(boris))).toEqual({ layout: 'speakers', keep: BOTH });
    expect(decided(by(sum(anna, gain(boris, -20))), by(sum(boris, gain(anna, -20)))).layout).toBe('speakers');
    expect(decided(by(room), by(gain(delay(room, 5), -6)))).toEqual({ layout: 'mixed', keep: BOTH });
    expect(decided(by(room), noise(louder - 60))).toEqual({ layout: 'single', keep: [0] });
  });

  test('a recording with peaks at -80 dB is heard, the dither beside it is dropped', () => {
    const peakDb = 20 * Math.log10(room.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
    const faint = gain(room, -80 - peakDb);
    expect(decided(faint, noise(-96))).toEqual({ layout: 'single', keep: [0] });
    expect(decided(noise(-96), faint)).toEqual({ layout: 'single', keep: [1] });
    expect(decided(gain(anna, -80 - peakDb), gain(boris, -80 - peakDb)).layout).toBe('speakers');
  });

  test('silence everywhere leaves one channel', () => {
    expect(decided(noise(-100), noise(-100))).toEqual({ layout: 'single', keep: [0] });
  });

  test('of four channels the live ones are mixed', () => {
    const analyser = new ChannelLayoutAnalyser(4);
    analyser.push(interleaved([noise(-100), room, gain(room, -3), noise(-80)]));
    expect(analyser.decide('whole')).toEqual({ layout: 'mixed', keep: [1, 2] });
  });
});

describe('the decision', () => {
  test('of one channel needs no sound', () => {
    expect(new ChannelLayoutAnalyser(1).decide('soFar')).toEqual({ layout: 'single', keep: [0] });
  });

  test('waits for evidence, and comes early in a clear call', () => {
    const analyser = new ChannelLayoutAnalyser(2);
    const samples = interleaved([anna, boris]);
    analyser.push(samples.subarray(0, 2 * 10 * SAMPLE_RATE));
    expect(analyser.decide('soFar')).toBeNull();
    analyser.push(samples.subarray(2 * 10 * SAMPLE_RATE));
    expect(analyser.decide('soFar')).toEqual({ layout: 'speakers', keep: BOTH });
  });

  test('comes at last after three minutes, and drops nothing that may still speak', () => {
    const analyser = new ChannelLayoutAnalyser(2);
    const minute = new Float32Array(2 * 60 * SAMPLE_RATE);
    for (let second = 0; second < DECISION_MS / 1000; second += 60) {
      expect(analyser.decide('soFar')).toBeNull();
      analyser.push(minute);
    }
    expect(analyser.decide('soFar')).toEqual({ layout: 'mixed', keep: BOTH });
    expect(analyser.decide('enough', 'channels')).toEqual({ layout: 'speakers', keep: BOTH });
    expect(analyser.decide('whole')).toEqual({ layout: 'single', keep: [0] });
  });

  test('follows the user', () => {
    const call = interleaved([anna, boris]);
    const mixed = new ChannelLayoutAnalyser(2);
    mixed.push(call);
    expect(mixed.decide('whole', 'none')).toEqual({ layout: 'mixed', keep: BOTH });

    const apart = new ChannelLayoutAnalyser(3);
    apart.push(interleaved([room, noise(-100), room]));
    expect(apart.decide('whole', 'channels')).toEqual({ layout: 'speakers', keep: [0, 2] });
  });

  test('does not depend on how the samples arrive', () => {
    const samples = interleaved([anna, boris]);
    const pieces = new ChannelLayoutAnalyser(2);
    for (let start = 0; start < samples.length; start += 1234)
      pieces.push(samples.subarray(start, start + 1234));
    expect(pieces.decide('whole')).toEqual(decided(anna, boris));
  });
});

describe('applyLayout', () => {
  const samples = Float32Array.of(1, 0.5, 0.1, -1, -0.5, 0.2);

  test('gives the kept channels', () => {
    expect(applyLayout(samples, 3, { layout: 'speakers', keep: [0, 2] })).toEqual([
      Float32Array.of(1, -1),
      Float32Array.of(0.1, 0.2),
    ]);
  });

  test('averages', () => {
    const [mix] = applyLayout(samples, 3, { layout: 'mixed', keep: [0, 1] });
    expect(mix).toEqual(Float32Array.of(0.75, -0.75));
  });
});

function decided(left: Float32Array, right: Float32Array): LayoutDecision {
  const analyser = new ChannelLayoutAnalyser(2);
  analyser.push(interleaved([left, right]));
  const decision = analyser.decide('whole');
  if (decision === null) throw new Error('the end forces a decision');
  return decision;
}

function interleaved(channels: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(room.length * channels.length);
  for (const [channel, sound] of channels.entries()) {
    for (let i = 0; i < room.length; i++) {
      samples[i * channels.length + channel] = sound[i] ?? 0;
    }
  }
  return samples;
}

function sum(...sounds: Float32Array[]): Float32Array {
  return anna.map((_, i) => sounds.reduce((total, sound) => total + (sound[i] ?? 0), 0));
}

function gain(sound: Float32Array, db: number, polarity = 1): Float32Array {
  return sound.map((sample) => sample * polarity * 10 ** (db / 20));
}

function delay(sound: Float32Array, ms: number): Float32Array {
  const samples = (ms * SAMPLE_RATE) / 1000;
  return sound.map((_, i) => sound[i - samples] ?? 0);
}

/** Shifts audio earlier by seconds, so that it overlaps other audio. */
function shift(sound: Float32Array, seconds: number): Float32Array {
  return sound.map((_, i) => sound[(i + seconds * SAMPLE_RATE) % sound.length] ?? 0);
}

/** Sixty reflections over half a second, together `wetDb` above the direct signal. */
function echoing(sound: Float32Array, wetDb: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  const reflections = Array.from({ length: 60 }, () => {
    const seconds = (random() + 1) / 4;
    return {
      delay: Math.round((0.003 + seconds) * SAMPLE_RATE),
      gain: Math.sign(random()) * 0.001 ** (2 * seconds),
    };
  });
  const energy = Math.sqrt(reflections.reduce((total, reflection) => total + reflection.gain ** 2, 0));
  const wet = 10 ** (wetDb / 20) / energy;
  return sound.map((sample, i) =>
    reflections.reduce((total, tap) => total + (sound[i - tap.delay] ?? 0) * tap.gain * wet, sample),
  );
}

function noise(db: number, seed = 3): Float32Array {
  const random = randomNumbers(seed);
  const amplitude = Math.sqrt(3) * 10 ** (db / 20);
  return anna.map(() => random() * amplitude);
}

/** Repeatable numbers between -1 and 1 (the generator of ANSI C's example). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 0x7fffffff) * 2 - 1;
  };
}
