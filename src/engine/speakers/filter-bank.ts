import { RealFft } from './real-fft.ts';

/** Mel bins per frame. */
export const FILTER_BANK_BINS = 80;

const SAMPLE_RATE = 16_000;
const FRAME = 400;
const SHIFT = 160;
const FFT = 512;
const LOWEST_HZ = 20;
const HIGHEST_HZ = SAMPLE_RATE / 2;
const PRE_EMPHASIS = 0.97;
/** Kaldi's floor of energies: the float32 epsilon. */
const FLOOR = 2 ** -23;

/** Kaldi's povey window. */
const WINDOW = Float64Array.from(
  { length: FRAME },
  (_, i) => (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (FRAME - 1))) ** 0.85,
);

/** One triangular filter: the weights of the FFT bins from `first` on. */
interface MelFilter {
  readonly first: number;
  readonly weights: Float64Array;
}

const FILTERS = melFilters();
const fft = new RealFft(FFT);
const frame = new Float64Array(FFT);
const power = new Float64Array(FFT / 2);

/** Frames of a stretch of samples: only whole ones (Kaldi's snip_edges). */
export function filterBankFrames(samples: number): number {
  return samples < FRAME ? 0 : 1 + Math.floor((samples - FRAME) / SHIFT);
}

/**
 * The features that CAM++ takes: Kaldi's log mel filter bank (`compute-fbank-feats`: 80 bins from 20 to 8000 Hz, 25 ms
 * every 10 ms, povey window, pre-emphasis 0.97, DC removed, no dither, samples in −1 … 1) of 16 kHz PCM, minus each bin's
 * mean over the stretch. Frames × 80 values; equal to Kaldi's to about 0.0001.
 */
export function filterBank(pcm: Int16Array, start: number, length: number): Float32Array {
  const frames = filterBankFrames(length);
  const features = new Float32Array(frames * FILTER_BANK_BINS);
  for (let f = 0; f < frames; f += 1) {
    prepareFrame(pcm, start + f * SHIFT);
    fft.power(frame, power);
    writeMelEnergies(features, f * FILTER_BANK_BINS);
  }
  subtractMeans(features, frames);
  return features;
}

/** Takes a frame's DC away, emphasises high frequencies and applies the window. */
function prepareFrame(pcm: Int16Array, start: number): void {
  let sum = 0;
  for (let i = 0; i < FRAME; i += 1) sum += pcm[start + i] as number;
  const mean = sum / FRAME;
  let previous = (pcm[start] as number) - mean;
  for (let i = 0; i < FRAME; i += 1) {
    const sample = (pcm[start + i] as number) - mean;
    frame[i] = ((sample - PRE_EMPHASIS * previous) * (WINDOW[i] as number)) / 32_768;
    previous = sample;
  }
}

function writeMelEnergies(features: Float32Array, at: number): void {
  for (let bin = 0; bin < FILTER_BANK_BINS; bin += 1) {
    const { first, weights } = FILTERS[bin] as MelFilter;
    let energy = 0;
    for (let i = 0; i < weights.length; i += 1)
      energy += (power[first + i] as number) * (weights[i] as number);
    features[at + bin] = Math.log(Math.max(energy, FLOOR));
  }
}

function subtractMeans(features: Float32Array, frames: number): void {
  for (let bin = 0; bin < FILTER_BANK_BINS; bin += 1) {
    let sum = 0;
    for (let at = bin; at < features.length; at += FILTER_BANK_BINS) sum += features[at] as number;
    const mean = sum / frames;
    for (let at = bin; at < features.length; at += FILTER_BANK_BINS)
      features[at] = (features[at] as number) - mean;
  }
}

function melFilters(): MelFilter[] {
  const lowest = mel(LOWEST_HZ);
  const step = (mel(HIGHEST_HZ) - lowest) / (FILTER_BANK_BINS + 1);
  return Array.from({ length: FILTER_BANK_BINS }, (_, bin) => {
    const left = lowest + bin * step;
    const weights: number[] = [];
    let first = 0;
    for (let i = 0; i < FFT / 2; i += 1) {
      const at = (mel((i * SAMPLE_RATE) / FFT) - left) / step;
      if (at <= 0 || at >= 2) continue;
      if (weights.length === 0) first = i;
      weights.push(at <= 1 ? at : 2 - at);
    }
    return { first, weights: Float64Array.from(weights) };
  });
}

function mel(hertz: number): number {
  return 1127 * Math.log(1 + hertz / 700);
}
