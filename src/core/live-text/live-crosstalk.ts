import { FRAME_MS, FRAME_SAMPLES } from '../../contract/audio.ts';
import { CrosstalkDetector } from '../speech/crosstalk.ts';
import { FRAME_FEATURE_BYTES, measureFrames } from '../speech/frame-features.ts';

/** What is said is compared with so much before it: how voices come across is learnt from it. */
const COMPARED_FRAMES = 60_000 / FRAME_MS;

/** The features of a channel's last frames. */
interface ChannelFeatures {
  features: Uint8Array;
  /** The frame that the features end before. */
  endFrame: number;
  /** Samples of a frame that is not full. */
  rest: Int16Array;
}

/**
 * Finds what one channel has of the others' voices, while it is said: the loudspeakers reach the microphone, and what others said
 * is not to be read as mine.
 */
export class LiveCrosstalk {
  readonly #channels: readonly ChannelFeatures[];
  readonly #detector = new CrosstalkDetector();

  constructor(channels: number) {
    this.#channels = Array.from({ length: channels }, () => ({
      ...{ features: new Uint8Array(0), endFrame: 0, rest: new Int16Array(0) },
    }));
  }

  /** A channel's sound goes on at this time. */
  restartAt(channel: number, ms: number): void {
    const own = this.#channels[channel] as ChannelFeatures;
    Object.assign(own, {
      features: new Uint8Array(0),
      endFrame: Math.round(ms / FRAME_MS),
      rest: new Int16Array(0),
    });
  }

  /** Takes note of a channel's next samples, 16 kHz. */
  hear(channel: number, samples: Int16Array): void {
    // One channel alone has nobody else's voice.
    if (this.#channels.length < 2) return;
    const own = this.#channels[channel] as ChannelFeatures;
    const all = new Int16Array(own.rest.length + samples.length);
    all.set(own.rest);
    all.set(samples, own.rest.length);
    const frames = Math.floor(all.length / FRAME_SAMPLES);
    own.rest = all.slice(frames * FRAME_SAMPLES);
    if (frames === 0) return;
    const whole = Float32Array.from(all.subarray(0, frames * FRAME_SAMPLES), (sample) => sample / 32_768);
    const fresh = measureFrames(whole);
    const kept = own.features.subarray(
      Math.max(0, own.features.length - 2 * COMPARED_FRAMES * FRAME_FEATURE_BYTES),
    );
    own.features = new Uint8Array(kept.length + fresh.length);
    own.features.set(kept);
    own.features.set(fresh, kept.length);
    own.endFrame += frames;
  }

  /** Which frames of a range of a channel hold another's voice: 1 for each that does, else 0. */
  framesOf(channel: number, fromMs: number, toMs: number): Uint8Array {
    const from = Math.floor(fromMs / FRAME_MS);
    const frames = Math.ceil(toMs / FRAME_MS) - from;
    if (this.#channels.length < 2) return new Uint8Array(frames);
    const end = from + frames;
    // What is before the first sound of a channel would pass for its background.
    const heardFrom = Math.max(...this.#channels.map(firstFrameOf));
    const first = Math.max(0, end - COMPARED_FRAMES, Math.min(from, heardFrom));
    const features = this.#channels.map((one) => featuresIn(one, first, end));
    const marks = this.#detector.push(features)[channel] as Uint8Array;
    return marks.slice(marks.length - frames);
  }
}

function firstFrameOf({ features, endFrame }: ChannelFeatures): number {
  return endFrame - features.length / FRAME_FEATURE_BYTES;
}

/** The features of a range of frames; silence where there are none. */
function featuresIn(channel: ChannelFeatures, from: number, to: number): Uint8Array {
  const { features, endFrame } = channel;
  const wanted = new Uint8Array((to - from) * FRAME_FEATURE_BYTES);
  const firstFrame = firstFrameOf(channel);
  const begin = Math.max(from, firstFrame);
  const end = Math.min(to, endFrame);
  if (begin >= end) return wanted;
  const part = features.subarray(
    (begin - firstFrame) * FRAME_FEATURE_BYTES,
    (end - firstFrame) * FRAME_FEATURE_BYTES,
  );
  wanted.set(part, (begin - from) * FRAME_FEATURE_BYTES);
  return wanted;
}
