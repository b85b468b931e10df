import { FRAME_FEATURE_BYTES as BANDS } from './frame-features.ts';
import { FrameHistory } from './frame-history.ts';
import { LevelHistogram } from './level-histogram.ts';

/** What one frame shows: bits that may be combined. */
export const FrameSign = {
  /** A little above the lower of the two floors: counts beside a loud frame only. */
  weak: 1,
  /** Clearly above both floors. */
  loud: 2,
  /** The level jumped here within a tenth of a second, as it does in syllables and not in noise that swells. */
  rise: 4,
} as const;

/**
 * Frames of the stretch whose quietest tenth is the noise floor: 2.6 s. Speech has a tenth of dips and pauses in any
 * stretch of that length, and noise that drifts changes little within it.
 */
const FLOOR_FRAMES = 130;
const FLOOR_SHARE = 0.1;

/** Levels are medians of five frames: a click or two vanish, a vowel stays. */
const MEDIAN_REACH = 2;

/** No floor is below this, in half decibels (−82 dBFS in a band): dither is no noise that speech must stand out from. */
const LOWEST_FLOOR = 36;

/**
 * How far noise gets above its floor by chance, in half decibels, lowest band first: narrow bands flutter more. With
 * this margin and the steps below, ten minutes each of white, pink and brown noise, steady or swelling by 12 dB within
 * 4 s, give no speech; speech 10 dB over pink noise is found but for a fringe here and there, most of it at 5 dB.
 */
const MARGIN = [12, 10, 8, 7, 7];
/** Half decibels above the margins, summed over the bands, that make a frame loud or weak. */
const LOUD_STEPS = 8;
const WEAK_STEPS = 2;
/** A rise: so many half decibels in one band within so many frames. */
const RISE_STEPS = 16;
const RISE_FRAMES = 6;

/**
 * Tells loud from quiet frames against a noise floor that adapts. The floor of a frame is, in each band, the higher of
 * two: the tenth percentile of the 2.6 s before it and that of the 2.6 s after it. So noise that starts, stops
 * or swells is never above its floor for longer than it changes, while speech, which dips between syllables, is. Near
 * the ends of a recording both stretches keep their length and overlap.
 *
 * The sign of a frame depends on the frames up to 2.66 s after it and on nothing else that comes later.
 */
export class FrameClassifier {
  readonly #raw = new FrameHistory(BANDS);
  readonly #levels = new FrameHistory(BANDS);
  /** Record s: the percentile of the levels of frames s … s + FLOOR_FRAMES − 1. */
  readonly #floors = new FrameHistory(BANDS);
  readonly #histograms = Array.from({ length: BANDS }, () => new LevelHistogram(FLOOR_SHARE));
  readonly #sorted = new Uint8Array(2 * MEDIAN_REACH + 1);
  readonly #emit: (frame: number, sign: number) => void;
  #decided = 0;

  /** `emit` gets every frame's sign once, in order. */
  constructor(emit: (frame: number, sign: number) => void) {
    this.#emit = emit;
  }

  /** Takes in one frame's features. */
  push(features: Uint8Array): void {
    this.#raw.push(features);
    if (this.#raw.end > MEDIAN_REACH) this.#addLevel(this.#raw.end - 1 - MEDIAN_REACH);
  }

  /** Decides the frames that were still waiting for what follows. */
  finish(): void {
    for (let frame = this.#levels.end; frame < this.#raw.end; frame++) this.#addLevel(frame);
    if (this.#floors.end === 0 && this.#levels.end > 0) this.#addFloor();
    while (this.#decided < this.#levels.end) this.#decide();
  }

  #addLevel(frame: number): void {
    this.#levels.push(Array.from({ length: BANDS }, (_, band) => this.#median(frame, band)));
    for (let band = 0; band < BANDS; band++) this.#histogram(band).add(this.#levels.at(frame, band));
    if (this.#levels.end < FLOOR_FRAMES) return;
    this.#addFloor();
    const leaving = this.#levels.end - FLOOR_FRAMES;
    for (let band = 0; band < BANDS; band++) this.#histogram(band).remove(this.#levels.at(leaving, band));
    this.#decide();
    this.#forget();
  }

  /** Sorts by insertion, in place: it is called 250 times for a second of sound, while the engine wants every core. */
  #median(frame: number, band: number): number {
    const sorted = this.#sorted;
    for (let i = 0; i < sorted.length; i++) {
      const level = this.#raw.at(Math.max(0, Math.min(frame - MEDIAN_REACH + i, this.#raw.end - 1)), band);
      let place = i;
      for (; place > 0 && (sorted[place - 1] as number) > level; place--) {
        sorted[place] = sorted[place - 1] as number;
      }
      sorted[place] = level;
    }
    return sorted[MEDIAN_REACH] as number;
  }

  #addFloor(): void {
    this.#floors.push(this.#histograms.map((histogram) => Math.max(LOWEST_FLOOR, histogram.percentile())));
  }

  #decide(): void {
    const frame = this.#decided++;
    const before = Math.max(0, frame - FLOOR_FRAMES + 1);
    const after = Math.min(frame, this.#floors.end - 1);
    const earlier = Math.max(0, frame - RISE_FRAMES);
    let loud = 0;
    let weak = 0;
    let rise = false;
    for (let band = 0; band < BANDS; band++) {
      const level = this.#levels.at(frame, band) - (MARGIN[band] as number);
      const floorBefore = this.#floors.at(Math.min(before, after), band);
      const floorAfter = this.#floors.at(after, band);
      loud += Math.max(0, level - Math.max(floorBefore, floorAfter));
      weak += Math.max(0, level - Math.min(floorBefore, floorAfter));
      rise ||=
        this.#levels.at(frame, band) - Math.max(LOWEST_FLOOR, this.#levels.at(earlier, band)) >= RISE_STEPS;
    }
    this.#emit(
      frame,
      (loud >= LOUD_STEPS ? FrameSign.loud : 0) |
        (weak >= WEAK_STEPS ? FrameSign.weak : 0) |
        (rise ? FrameSign.rise : 0),
    );
  }

  #forget(): void {
    this.#raw.forgetBefore(this.#levels.end - MEDIAN_REACH);
    this.#levels.forgetBefore(Math.min(this.#levels.end - FLOOR_FRAMES, this.#decided - RISE_FRAMES));
    this.#floors.forgetBefore(this.#decided - FLOOR_FRAMES);
  }

  #histogram(band: number): LevelHistogram {
    return this.#histograms[band] as LevelHistogram;
  }
}
