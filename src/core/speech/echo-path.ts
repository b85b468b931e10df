import { FRAME_FEATURE_BYTES as BANDS } from './frame-features.ts';

/** How the sound of one channel reaches another: through the air from a loudspeaker, or across a line. */
export interface EchoPath {
  /** Frames by which it comes later; a few less than none where a line delays the channel itself. */
  readonly lag: number;
  /** Its level for each band, in feature steps above that in its own channel; null where it is below the noise. */
  readonly gains: readonly (number | null)[];
}

/** The levels of each band of a channel, and the level that a tenth of its frames stay below. */
export class BandLevels {
  readonly frames: number;
  /** One array for each band. */
  readonly levels: readonly Uint8Array[];
  /** Every speaker pauses within a minute: what a tenth stays below is the background. */
  readonly background: readonly number[];

  /** `features` as `measureFrames` returns them, of about a minute. */
  constructor(features: Uint8Array) {
    this.frames = Math.floor(features.length / BANDS);
    this.levels = Array.from({ length: BANDS }, (_, band) =>
      Uint8Array.from({ length: this.frames }, (_, frame) => features[frame * BANDS + band] as number),
    );
    this.background = this.levels.map((levels) => quantile(levels, BACKGROUND_SHARE));
  }
}

/**
 * Finds whether, and how, the sound of `source` is also in `target`: by the lag at which the ups and downs of their
 * levels in five bands go together, while the source speaks. Unrelated speech reaches a correlation of 0.1, an echo 40 dB
 * below its source 0.3. Echoes have at each band one level above their source most often, whatever else the target
 * contains. `unknown`: the source speaks too little to tell; null: no echo.
 */
export function findEchoPath(source: BandLevels, target: BandLevels): EchoPath | null | 'unknown' {
  const active = activeFrames(source);
  if (active.length < LEAST_ACTIVE) return 'unknown';
  const isLittle = active.length < ENOUGH_ACTIVE;
  const { lag, correlation } = strongestLag(source, target, active);
  if (correlation < (isLittle ? SURELY_SAME_SOUND : SAME_SOUND) || lag < EARLIEST_ECHO)
    return isLittle ? 'unknown' : null;
  const gains = source.levels.map((_, band) => usualGain(source, target, band, lag, active));
  const known = gains.filter((gain) => gain !== null);
  if (known.length === 0) return null;
  // What is as early as its source and not softer is the source itself, seen from its echo.
  const mean = known.reduce((sum, gain) => sum + gain, 0) / known.length;
  return lag <= 0 && mean > SOFTER ? null : { lag, gains };
}

/** Share of the frames that are no louder than the background. */
const BACKGROUND_SHARE = 0.1;

/** Steps above the background from which on a band has speech: 12 dB; two such bands make a frame active. */
const SPEECH = 24;
const ACTIVE_BANDS = 2;

/** A second of speech is the least that tells anything, and five are enough: chance makes few frames look alike. */
const LEAST_ACTIVE = 50;
const ENOUGH_ACTIVE = 250;

/** Half a second: loudspeakers that are connected by radio take a third of one. */
const LATEST_ECHO = 25;

/** A line may delay a channel itself, by up to 100 ms. */
const EARLIEST_ECHO = -5;

/** Further lags are looked at on this side, so that a peak out of range is seen to be out of range. */
const EARLIEST_LOOKED_AT = -LATEST_ECHO;

/** Correlation from which on two channels have the same sound, for enough speech and for little. */
const SAME_SOUND = 0.25;
const SURELY_SAME_SOUND = 0.4;

/** −3 dB. */
const SOFTER = -6;

/** Frames on both sides from which a level's mean is taken away: words go together, not loudness over a sentence. */
const REACH = 12;

/** An echo is at most 8 dB louder than its source. */
const LOUDEST_GAIN = 16;

/** Steps above the background from which on a level is not that of noise. */
const ABOVE_NOISE = 8;

/** Frames that must tell a gain, and the width of the bins in which they are counted: 3 dB. */
const LEAST_COUNTED = 20;
const BIN = 6;

/** The frames in which a channel speaks. */
export function activeFrames({ frames, levels, background }: BandLevels): number[] {
  const active: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    let bands = 0;
    for (const [band, own] of levels.entries()) {
      if ((own[frame] as number) > (background[band] as number) + SPEECH) bands += 1;
    }
    if (bands >= ACTIVE_BANDS) active.push(frame);
  }
  return active;
}

function strongestLag(source: BandLevels, target: BandLevels, active: readonly number[]) {
  const ups = source.levels.map((levels, band) =>
    variations(levels, (source.background[band] as number) + SPEECH / 2),
  );
  const echoes = target.levels.map((levels, band) =>
    variations(levels, (target.background[band] as number) + ABOVE_NOISE),
  );
  let best = { lag: 0, correlation: 0 };
  for (let lag = EARLIEST_LOOKED_AT; lag <= LATEST_ECHO; lag++) {
    let product = 0;
    let sourceSquares = 0;
    let targetSquares = 0;
    for (const frame of active) {
      if (frame + lag < 0 || frame + lag >= target.frames) continue;
      for (let band = 0; band < BANDS; band++) {
        const a = (ups[band] as Float32Array)[frame] as number;
        const b = (echoes[band] as Float32Array)[frame + lag] as number;
        product += a * b;
        sourceSquares += a * a;
        targetSquares += b * b;
      }
    }
    const correlation = product / Math.sqrt(sourceSquares * targetSquares + 1);
    if (correlation > best.correlation) best = { lag, correlation };
  }
  return best;
}

/** Levels, those below `floor` taken for it, less their mean around each frame. */
function variations(levels: Uint8Array, floor: number): Float32Array {
  const sums = new Float64Array(levels.length + 1);
  for (let i = 0; i < levels.length; i++)
    sums[i + 1] = (sums[i] as number) + Math.max(floor, levels[i] as number);
  return Float32Array.from(levels, (level, i) => {
    const from = Math.max(0, i - REACH);
    const to = Math.min(levels.length, i + REACH + 1);
    return Math.max(floor, level) - ((sums[to] as number) - (sums[from] as number)) / (to - from);
  });
}

/** The difference that the louder half of the source's frames have most often in this band; null if it is not heard. */
function usualGain(
  source: BandLevels,
  target: BandLevels,
  band: number,
  lag: number,
  active: readonly number[],
): number | null {
  const own = source.levels[band] as Uint8Array;
  const other = target.levels[band] as Uint8Array;
  const loud = quantile(
    active.map((frame) => own[frame] as number),
    0.5,
  );
  const audible = (target.background[band] as number) + ABOVE_NOISE;
  const counts = new Map<number, number>();
  let counted = 0;
  for (const frame of active) {
    const there = other[frame + lag] ?? 0;
    const gain = there - (own[frame] as number);
    if ((own[frame] as number) < loud || there < audible || gain > LOUDEST_GAIN) continue;
    counted += 1;
    for (let near = 1 - BIN; near < BIN; near++) {
      counts.set(gain + near, (counts.get(gain + near) ?? 0) + BIN - Math.abs(near));
    }
  }
  if (counted < LEAST_COUNTED) return null;
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
