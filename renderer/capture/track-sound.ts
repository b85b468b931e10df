/* What Chromium has, and the types of the page lack. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize: number });
  readonly readable: ReadableStream<AudioData>;
}

/** Sound as the device delivers it, of 10 ms mostly, mixed to one channel. */
export interface TrackSound {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
  /** The browser's stamp of the first sample, in milliseconds. */
  readonly stampMs: number;
}

/** Pieces that wait while the page is busy: half a minute. */
const MOST_WAITING = 3000;

/**
 * The sound of a track, until it ends: what was captured before is delivered first. It comes from the device itself
 * (MediaStreamTrackProcessor) and not through an AudioContext, which runs by the clock of an output: whenever the two
 * clocks have drifted apart, or the context was late, samples would be missing or silence put in between, and nobody told.
 */
export async function* soundOf(track: MediaStreamTrack): AsyncGenerator<TrackSound> {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: MOST_WAITING });
  const reader = readable.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const { value } = piece;
    const { sampleRate, timestamp } = value;
    const samples = mixedDown(value);
    value.close();
    yield { samples, sampleRate, stampMs: timestamp / 1000 };
  }
}

/** The mean of all channels. */
function mixedDown(data: AudioData): Float32Array<ArrayBuffer> {
  const { numberOfChannels, numberOfFrames } = data;
  const mixed = new Float32Array(numberOfFrames);
  const channel = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex += 1) {
    data.copyTo(channel, { planeIndex, format: 'f32-planar' });
    for (let index = 0; index < numberOfFrames; index += 1) {
      mixed[index] = (mixed[index] as number) + (channel[index] as number) / numberOfChannels;
    }
  }
  return mixed;
}
