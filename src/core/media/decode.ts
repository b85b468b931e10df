import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { isCutShort } from './declared-size.ts';
import { decoderInput } from './decoder-input.ts';
import { decodeArguments } from './ffmpeg-arguments.ts';
import { type FfmpegChild, startFfmpeg } from './ffmpeg-child.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { FrameAligner } from './frame-aligner.ts';
import { judgeEnd } from './judge-end.ts';
import type { Source } from './source.ts';

/** What to decode of a source. */
export interface DecodeRequest {
  /** Index of the stream in the container, or all audio tracks mixed into one channel. */
  readonly track: number | 'mix';
  /** Channels of the output: the track's own number keeps them apart as they are, 1 averages them. */
  readonly channels: number;
  /** Aborting kills ffmpeg's process group; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
}

/** What a source may cost at most before it is refused. */
export interface DecodeLimits {
  /** Longest recording; beyond it `media.tooLong`. */
  readonly durationMs: number;
  /** Longest time without a byte while one is waited for; beyond it `media.stalled`. */
  readonly idleMs: number;
  /** Longest time waited for ffmpeg altogether; what the caller takes between blocks does not count. */
  readonly waitingMs: number;
}

/** The limits unless others are given: a day of recording, two minutes of silence on the line, four hours of work. */
export const DECODE_LIMITS: DecodeLimits = {
  durationMs: 24 * 3_600_000,
  idleMs: 120_000,
  waitingMs: 4 * 3_600_000,
};

/**
 * Decodes a track to interleaved floats at 16 kHz, in blocks of `BLOCK_FRAMES` frames, only the last of which is shorter.
 * Full scale is 1: a source of floats may go beyond, and one of 24 bits far below what 16 bits tell. ffmpeg is held back
 * while the caller is busy, so memory stays bounded; leaving the iteration ends it.
 * Errors: `media.noSuchTrack`, `media.unreadable` and `media.empty` (nothing decoded), `media.damaged` (after everything
 * readable was given), `media.tooLong`, `media.stalled`, `ffmpeg.crashed` (it was killed), `ffmpeg.missing`.
 */
export async function* decode(
  source: Source,
  ffmpeg: Ffmpeg,
  facts: MediaFacts,
  request: DecodeRequest,
): AsyncGenerator<Float32Array, void, undefined> {
  const limits = { ...DECODE_LIMITS, ...request.limits };
  const { signal, channels } = request;
  const tracks = requestedTracks(source, facts, request.track);
  refuseTooLong(source, facts, limits);
  const { name: input, raw, feed } = await decoderInput(source, facts.assumed);
  const cutShort = raw === null && (await isCutShort(source));
  signal?.throwIfAborted();

  // One second more than allowed: so that too long is told from just long enough.
  const durationMs = limits.durationMs + 1000;
  const args = decodeArguments(input, { tracks, channels, durationMs }, raw);
  const child = startFfmpeg(ffmpeg, source, args, feed);
  const kill = () => child.kill();
  signal?.addEventListener('abort', kill, { once: true });
  const aligner = new FrameAligner(channels);
  try {
    for await (const chunk of watched(child, source, limits)) {
      signal?.throwIfAborted();
      const blocks = aligner.push(chunk);
      if (aligner.frames > limits.durationMs * SAMPLES_PER_MS) throw tooLong(source, limits);
      for (const block of blocks) {
        yield block;
        signal?.throwIfAborted();
      }
    }
    const rest = aligner.rest();
    if (rest.length > 0) yield rest;
    const exit = await child.ended;
    await child.fed;
    signal?.throwIfAborted();
    const decodedMs = aligner.frames / SAMPLES_PER_MS;
    const problem = judgeEnd(source.name, facts, { exit, log: child.log(), input, decodedMs, cutShort });
    if (problem !== null) throw problem;
  } finally {
    signal?.removeEventListener('abort', kill);
    child.kill();
    child.stdout.destroy();
    await child.ended;
    await child.fed.catch(() => undefined);
  }
}

function requestedTracks(source: Source, facts: MediaFacts, track: number | 'mix'): number[] {
  const indices = facts.tracks.map(({ index }) => index);
  if (track === 'mix') return indices;
  if (indices.includes(track)) return [track];
  throw new AppError('media.noSuchTrack', { file: source.name, track, tracks: indices.map(String) });
}

/** Less than this a second is less than any codec stores even of silence: such a claim is a broken header. */
const LEAST_BYTES_PER_SECOND = 50;

function refuseTooLong(source: Source, facts: MediaFacts, limits: DecodeLimits): void {
  const claimedMs = facts.claimedDurationMs ?? 0;
  const credible = source.sizeBytes >= (claimedMs / 1000) * LEAST_BYTES_PER_SECOND;
  if (claimedMs > limits.durationMs && credible) throw tooLong(source, limits);
}

function tooLong(source: Source, limits: DecodeLimits): AppError {
  return new AppError('media.tooLong', { file: source.name, limitHours: limits.durationMs / 3_600_000 });
}

/** The child's output; kills it and throws `media.stalled` where it keeps the reader waiting beyond the limits. */
async function* watched(child: FfmpegChild, source: Source, limits: DecodeLimits): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let waitedMs = 0;
  for (;;) {
    const startedAt = performance.now();
    let stalled = false;
    const deadline = setTimeout(
      () => {
        stalled = true;
        child.kill();
      },
      Math.max(0, Math.min(limits.idleMs, limits.waitingMs - waitedMs)),
    );
    const next = await chunks.next().finally(() => clearTimeout(deadline));
    waitedMs += performance.now() - startedAt;
    if (stalled) throw new AppError('media.stalled', { file: source.name });
    if (next.done) return;
    yield next.value;
  }
}
