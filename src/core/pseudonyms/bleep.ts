import type { Span } from '../../contract/audio.ts';
import type { BleepSound } from '../../contract/pseudonyms.ts';

/** What broadcasters use. */
const TONE_HZ = 1000;
/** The level of the tone where nothing was said before: about −26 dB of full scale. */
const USUAL_LEVEL = 0.05 * 0x7fff;
/** A tone of the speech's own level sounds louder than the speech: no more than this. */
const LOUDEST = 0.25 * 0x7fff;
/** How quickly the measured level of speech follows: a share of each sample. */
const FOLLOWING = 1 / 8000;
/** Quieter samples are pauses, by which no level is told. */
const PAUSE_LEVEL = 100;

/**
 * Replaces stretches of 16-bit sound, interleaved, that is handed over piece by piece in order: by a tone of 1 kHz at the
 * level of the speech before it, or by silence. Nothing of what was there is left in any channel.
 */
export class BleepMaker {
  readonly #places: readonly Span[];
  readonly #channels: number;
  readonly #samplesPerMs: number;
  readonly #sound: BleepSound;
  readonly #meanSquare: Float64Array;
  #frame = 0;
  #next = 0;

  /** @param places in order, without overlaps. */
  constructor(places: readonly Span[], channels: number, samplesPerMs: number, sound: BleepSound) {
    this.#places = places;
    this.#channels = channels;
    this.#samplesPerMs = samplesPerMs;
    this.#sound = sound;
    this.#meanSquare = new Float64Array(channels).fill(USUAL_LEVEL ** 2);
  }

  /** Covers the next bytes in place: whole frames of all channels. */
  cover(bytes: Buffer): void {
    const bytesPerFrame = 2 * this.#channels;
    for (let at = 0; at + bytesPerFrame <= bytes.length; at += bytesPerFrame) {
      const isCovered = this.#isCovered(this.#frame / this.#samplesPerMs);
      for (let channel = 0; channel < this.#channels; channel += 1) {
        const place = at + channel * 2;
        if (isCovered) bytes.writeInt16LE(this.#toneAt(channel), place);
        else this.#hear(channel, bytes.readInt16LE(place));
      }
      this.#frame += 1;
    }
  }

  #isCovered(timeMs: number): boolean {
    while (this.#next < this.#places.length && (this.#places[this.#next] as Span).endMs <= timeMs)
      this.#next += 1;
    const place = this.#places[this.#next];
    return place !== undefined && place.startMs <= timeMs;
  }

  #toneAt(channel: number): number {
    if (this.#sound === 'silence') return 0;
    const level = Math.min(LOUDEST, Math.sqrt(2 * (this.#meanSquare[channel] as number)));
    return Math.round(level * Math.sin((2 * Math.PI * TONE_HZ * this.#frame) / (this.#samplesPerMs * 1000)));
  }

  #hear(channel: number, sample: number): void {
    if (Math.abs(sample) < PAUSE_LEVEL) return;
    const before = this.#meanSquare[channel] as number;
    this.#meanSquare[channel] = before + (sample ** 2 - before) * FOLLOWING;
  }
}
