import { activeFrames, BandLevels, type EchoPath, findEchoPath } from './echo-path.ts';
import { FRAME_FEATURE_BYTES } from './frame-features.ts';

/**
 * Tells the frames of a channel in which only a voice of another channel is heard: an echo of loudspeakers in the
 * microphone, or crosstalk of a line. How a voice comes across is learnt from the sound (`findEchoPath`); a frame is an
 * echo if it is no louder than that explains. What somebody says meanwhile is louder, and stays.
 */
export class CrosstalkDetector {
  /** How each channel (second key) hears the others (first), as it was last known. */
  readonly #paths = new Map<string, EchoPath | null>();

  /**
   * The frame features of the same range of all channels, ranges in order, about a minute each. Returns 1 for each frame of each
   * channel that is another's voice, else 0. A path is remembered for ranges in which the other hardly speaks.
   */
  push(channels: readonly Uint8Array[]): Uint8Array[] {
    const levels = channels.map((features) => new BandLevels(features));
    return levels.map((target, to) => {
      const echoes = new Uint8Array(target.frames);
      for (const [from, source] of levels.entries()) {
        if (from === to) continue;
        const path = this.#path(`${from} ${to}`, findEchoPath(source, target));
        if (path !== null) markEchoes(path, source, target, echoes);
      }
      return echoes;
    });
  }

  #path(key: string, found: EchoPath | null | 'unknown'): EchoPath | null {
    if (found !== 'unknown') this.#paths.set(key, found);
    const known = this.#paths.get(key);
    return known === undefined ? SUPPOSED : known;
  }
}

/** Until more is known: what is 12 dB softer than another voice is its echo. */
const SUPPOSED: EchoPath = { lag: 0, gains: Array.from({ length: FRAME_FEATURE_BYTES }, () => -24) };

/** A room's reverberation: 1.5 dB softer with each frame. */
const DECAY = 3;

/** Frames until it is gone. */
const TAIL = 18;

/** An echo may be seen in part a frame sooner, 3 dB softer. */
const SOONER = 6;

/** Steps above the background from which on a level is not that of noise. */
const ABOVE_NOISE = 8;

/** Bands whose excess counts: a voice does not fill all. */
const TELLING_BANDS = 2;

/** Steps above its explanation from which on a frame is more than an echo: 4 dB, as a mean of so many frames around. */
const MARGIN = 8;
const AROUND = 3;

/** What counts of one frame for its neighbours. */
const LEAST_EXCESS = -20;
const GREATEST_EXCESS = 40;

/** Marks the frames of `target` whose level the path explains. */
function markEchoes(path: EchoPath, source: BandLevels, target: BandLevels, echoes: Uint8Array): void {
  const excess = new Float32Array(target.frames);
  const audible = new Uint8Array(target.frames);
  const voiced = new Uint8Array(target.frames);
  for (const frame of activeFrames(source)) {
    voiced.fill(1, Math.max(0, frame + path.lag - 1), Math.max(0, frame + path.lag + TAIL + 1));
  }
  for (let frame = 0; frame < target.frames; frame++) {
    const perBand = target.levels.map((levels, band) => {
      const noise = (target.background[band] as number) + ABOVE_NOISE;
      const echo = echoLevel(path, source, band, frame);
      if (echo > noise - ABOVE_NOISE / 2) audible[frame] = 1;
      return (levels[frame] as number) - Math.max(echo, noise);
    });
    const telling = perBand.sort((a, b) => b - a).slice(0, TELLING_BANDS);
    const mean = telling.reduce((sum, one) => sum + one, 0) / telling.length;
    excess[frame] = Math.max(LEAST_EXCESS, Math.min(GREATEST_EXCESS, mean));
  }
  for (let frame = 0; frame < target.frames; frame++) {
    if (audible[frame] === 0 || voiced[frame] === 0) continue;
    const around = excess.subarray(Math.max(0, frame - AROUND), frame + AROUND + 1);
    if (around.reduce((sum, one) => sum + one, 0) / around.length < MARGIN) echoes[frame] = 1;
  }
}

/** The level that the path explains; 0 if none. */
function echoLevel({ lag, gains }: EchoPath, source: BandLevels, band: number, frame: number): number {
  const gain = gains[band] ?? null;
  if (gain === null) return 0;
  const levels = source.levels[band] as Uint8Array;
  let loudest = (levels[frame - lag + 1] ?? 0) - SOONER;
  for (let after = 0; after <= TAIL; after++) {
    loudest = Math.max(loudest, (levels[frame - lag - after] ?? 0) - after * DECAY);
  }
  return Math.max(0, loudest + gain);
}
