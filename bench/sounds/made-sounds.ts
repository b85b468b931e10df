import { seededRandom } from '../statistics.ts';
import { SAMPLE_RATE } from './wav-file.ts';

/** Audio without speech, such as a recording of a telephone or a desk begins with. */
export interface MadeSound {
  readonly name: string;
  /** Samples from −1 to 1, one channel, 16 kHz. */
  readonly samples: Float32Array;
}

/** All audio that must produce no words, each of so many seconds. The same seed makes the same samples. */
export function madeSounds(seconds: number, seed: number): MadeSound[] {
  const length = Math.round(seconds * SAMPLE_RATE);
  return [
    { name: 'ring tones, European', samples: ringTones(length, [425], 1, 5) },
    { name: 'ring tones, American', samples: ringTones(length, [440, 480], 2, 6) },
    { name: 'beeps', samples: ringTones(length, [1000], 0.2, 1) },
    { name: 'dialled digits', samples: dialledDigits(length, seed) },
    { name: 'hold tones', samples: holdTones(length) },
    { name: 'pink noise', samples: pinkNoise(length, seed) },
    { name: 'typing', samples: typing(length, seed) },
    { name: 'digital silence', samples: new Float32Array(length) },
  ];
}

/** Simultaneous tones for the first `onSeconds` of every `everySeconds`. */
export function ringTones(
  length: number,
  hertz: readonly number[],
  onSeconds: number,
  everySeconds: number,
): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    const second = index / SAMPLE_RATE;
    const phase = second % everySeconds;
    return phase >= onSeconds ? 0 : 0.2 * faded(phase, onSeconds) * tones(second, hertz);
  });
}

/** Noise whose power falls by 3 dB per octave, at about −35 dB. Paul Kellet's filter, from music-dsp. */
export function pinkNoise(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const state = [0, 0, 0, 0, 0, 0];
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616];
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898];
  return Float32Array.from({ length }, () => {
    const white = random() * 2 - 1;
    let sum = white * 0.5362;
    for (const [index, pole] of poles.entries()) {
      const value = pole * (state[index] ?? 0) + white * (gains[index] ?? 0);
      state[index] = value;
      sum += value;
    }
    return sum * 0.01;
  });
}

/** Hold music of four chords, each note with two overtones. */
function holdTones(length: number): Float32Array {
  const chords = [
    [262, 330, 392],
    [220, 262, 330],
    [175, 220, 262],
    [196, 247, 294],
  ];
  const noteSeconds = 0.4;
  return Float32Array.from({ length }, (_, index) => {
    const second = index / SAMPLE_RATE;
    const note = Math.floor(second / noteSeconds);
    const chord = chords[Math.floor(note / 6) % chords.length] ?? [];
    const hertz = chord[note % chord.length] ?? 0;
    const phase = second % noteSeconds;
    const overtones = [hertz, hertz * 2, hertz * 3];
    return 0.25 * Math.exp(-3 * phase) * faded(phase, noteSeconds) * tones(second, overtones);
  });
}

/** DTMF digits: ITU-T Q.23. */
function dialledDigits(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const keys = Array.from({ length: Math.ceil(length / SAMPLE_RATE) * 4 }, () => [
    [697, 770, 852, 941][Math.floor(random() * 4)] ?? 697,
    [1209, 1336, 1477][Math.floor(random() * 3)] ?? 1209,
  ]);
  return Float32Array.from({ length }, (_, index) => {
    const second = index / SAMPLE_RATE;
    const phase = second % 0.25;
    // Eleven digits, then a pause for the line's answer.
    if (phase >= 0.12 || second % 8 >= 2.75) return 0;
    return 0.2 * faded(phase, 0.12) * tones(second, keys[Math.floor(second * 4)] ?? []);
  });
}

/** Key presses and releases: two short knocks each, at a quick typist's pace, over room noise. */
function typing(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const samples = pinkNoise(length, seed + 1).map((sample) => sample * 0.1);
  const knock = (at: number, loudness: number) => {
    for (let index = 0; index < 0.02 * SAMPLE_RATE && at + index < length; index += 1) {
      const decay = Math.exp((-index / SAMPLE_RATE) * 300);
      samples[at + index] = (samples[at + index] ?? 0) + loudness * decay * (random() * 2 - 1);
    }
  };
  let at = 0;
  while (at < length) {
    knock(at, 0.15 + 0.15 * random());
    knock(at + Math.round((0.06 + 0.04 * random()) * SAMPLE_RATE), 0.08);
    // Now and then a longer pause.
    at += Math.round((random() < 0.06 ? 1.2 : 0.11 + 0.12 * random()) * SAMPLE_RATE);
  }
  return samples;
}

/** The mean of sines. */
function tones(second: number, hertz: readonly number[]): number {
  return (
    hertz.reduce((sum, one) => sum + Math.sin(2 * Math.PI * one * second), 0) / Math.max(1, hertz.length)
  );
}

/** A tone's envelope: 5 ms of fade-in and fade-out, to avoid clicks. */
function faded(phase: number, onSeconds: number): number {
  return Math.min(1, phase / 0.005, (onSeconds - phase) / 0.005);
}
