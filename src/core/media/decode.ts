import { setImmediate as nextTurn } from 'node:timers/promises';
import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { RunningDeadline } from '../running-deadline.ts';
import { isCutShort } from './containers/declared-size.ts';
import { type Piece, piecesOf, wholeSource } from './containers/pieces.ts';
import { WITHOUT_CLOCK } from './demuxers.ts';
import { decodeArguments, startInLog } from './ffmpeg-arguments.ts';
import { type FfmpegChild, startFfmpeg } from './ffmpeg-child.ts';
import { assumedInput, capturedInput, type FfmpegInput, pieceInput } from './ffmpeg-input.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { judgeEnd } from './judge-end.ts';
import { probePiece } from './probe.ts';
import { BLOCK_FRAMES, FrameAligner } from './sound/frame-aligner.ts';
import type { Source } from './source.ts';

/** What part of a source to decode. */
export interface DecodeRequest {
  /** Index of the stream in the container, or all audio tracks mixed into one channel. */
  readonly track: number | 'mix';
  /** Channels of the output: the track's own number keeps them separate, 1 averages them. */
  readonly channels: number;
  /** Aborting kills ffmpeg's process group; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
}

/** Limits beyond which a source is refused; waiting is measured in running time (`RunningDeadline`). */
export interface DecodeLimits {
  /** Longest recording; beyond it `media.tooLong`. */
  readonly durationMs: number;
  /** Longest wait for a byte; beyond it `media.stalled`. */
  readonly idleMs: number;
  /** Longest total wait for ffmpeg; the caller's own time between blocks does not count. */
  readonly waitingMs: number;
}

/** The default limits: a day of recording, two minutes without a byte, four hours of work. */
export const DECODE_LIMITS: DecodeLimits = {
  durationMs: 24 * 3_600_000,
  idleMs: 120_000,
  waitingMs: 4 * 3_600_000,
};

/**
 * Decodes a track to interleaved floats at 16 kHz, in blocks of `BLOCK_FRAMES` frames, only the last of which is shorter.
 * Full scale is 1: a source of floats may exceed it, and one of 24 bits is finer than 16 bits. ffmpeg is paused
 * while the caller is busy, so memory stays bounded; ending the iteration kills it. The first sample is the container's
 * 0:00, if it has a clock that begins there; a late start is silence. A source that is concatenated from several
 * recordings yields them in order, without the silence before each by its clock.
 * Errors: `media.noSuchTrack`, `media.unreadable` and `media.empty` (nothing decoded), `media.damaged` (after everything
 * readable was returned), `media.tooLong`, `media.stalled`, `ffmpeg.crashed` (it was killed), `ffmpeg.missing`.
 */
export async function* decode(
  source: Source,
  ffmpeg: Ffmpeg,
  facts: MediaFacts,
  request: DecodeRequest,
): AsyncGenerator<Float32Array, void, undefined> {
  const limits = { ...DECODE_LIMITS, ...request.limits };
  const { signal, channels } = request;
  refuseMissingTrack(source, facts, request.track);
  // A source without a header has none that separates pieces either.
  const pieces = hasHeader(facts) ? await piecesOf(source) : [wholeSource(source)];
  // For several pieces the length is only estimated.
  if (pieces.length === 1) refuseTooLong(source, facts, limits);
  signal?.throwIfAborted();

  const aligner = new FrameAligner(channels);
  const decoding = { source, ffmpeg, request, limits, aligner, waitedMs: 0 };
  const problems: AppError[] = [];
  for (const piece of pieces) {
    // The facts of the whole source do not apply to a piece of it.
    const known = pieces.length === 1 ? facts : await factsOf(decoding, piece);
    if (isAppError(known)) problems.push(known);
    else problems.push(...(yield* decodePiece(decoding, piece, known, facts)));
  }
  const rest = aligner.rest();
  if (rest.length > 0) yield rest;
  const [problem] = problems.filter((candidate) => !isAppError(candidate, 'media.empty', 'media.noAudio'));
  if (aligner.frames === 0)
    throw problem ?? problems[0] ?? new AppError('media.empty', { file: source.name });
  if (problem === undefined) return;
  const readableMs = Math.floor(aligner.frames / SAMPLES_PER_MS);
  throw new AppError('media.damaged', { file: source.name, readableMs }, { cause: problem });
}

/** State shared by the decoding of all pieces of a source. */
interface Decoding {
  readonly source: Source;
  readonly ffmpeg: Ffmpeg;
  readonly request: DecodeRequest;
  readonly limits: DecodeLimits;
  readonly aligner: FrameAligner;
  /** Time waited for ffmpeg so far. */
  waitedMs: number;
}

/** The facts in a piece's header, or why it cannot be read. */
async function factsOf({ source, ffmpeg }: Decoding, piece: Piece): Promise<MediaFacts | AppError> {
  try {
    return await probePiece(source, ffmpeg, piece);
  } catch (error) {
    if (isAppError(error, 'media.unreadable', 'media.noAudio', 'media.playlist')) return error;
    throw error;
  }
}

/** Decodes one piece and appends it; returns the error in it, if any. */
async function* decodePiece(
  decoding: Decoding,
  piece: Piece,
  facts: MediaFacts,
  whole: MediaFacts,
): AsyncGenerator<Float32Array, AppError[], undefined> {
  const { source, ffmpeg, request, limits, aligner } = decoding;
  const { signal, channels } = request;
  const cutShort = hasHeader(facts) && (await isCutShort(source, piece));
  signal?.throwIfAborted();
  const tracks = chosenTracks(facts, request.track, whole);
  const clocked = hasHeader(facts) && piece.sound === null && !WITHOUT_CLOCK.includes(facts.container);
  // One second more than allowed: to distinguish too long from just long enough.
  const durationMs = limits.durationMs + 1000;
  const ended = new AbortController();
  const input = await inputOf(source, piece, facts, ended.signal);
  const args = decodeArguments(input, { tracks, channels, durationMs, clocked });
  const child = startFfmpeg(ffmpeg, source, args, input.feed);
  // It may be waiting for what is still to be captured.
  const stopFeeding = () => ended.abort();
  child.ended.then(stopFeeding, stopFeeding);
  const kill = () => child.kill();
  signal?.addEventListener('abort', kill, { once: true });
  const framesBefore = aligner.frames;
  let begun = false;
  try {
    for await (const chunk of watched(child, decoding)) {
      signal?.throwIfAborted();
      if (!begun) {
        begun = true;
        const late = clocked && tracks.length === 1 ? await startOf(child) : 0;
        // Only the first piece has a start time; the next one follows at its end.
        yield* silence(decoding, late + (framesBefore === 0 ? (facts.startMs ?? 0) : 0));
      }
      yield* blocksOf(decoding, chunk);
    }
    const exit = await child.ended;
    await child.fed;
    signal?.throwIfAborted();
    const decodedMs = (aligner.frames - framesBefore) / SAMPLES_PER_MS;
    const end = { exit, log: child.log(), input: input.name, decodedMs, cutShort };
    const problem = judgeEnd(source.name, facts, end);
    if (isAppError(problem, 'ffmpeg.crashed')) throw problem;
    return problem === null ? [] : [problem];
  } finally {
    signal?.removeEventListener('abort', kill);
    child.kill();
    child.stdout.destroy();
    await child.ended;
    await child.fed.catch(() => undefined);
  }
}

function hasHeader({ assumed, isCaptured = false }: MediaFacts): boolean {
  return assumed === null && !isCaptured;
}

async function inputOf(
  source: Source,
  piece: Piece,
  facts: MediaFacts,
  signal: AbortSignal,
): Promise<FfmpegInput> {
  if (facts.isCaptured === true) return capturedInput(source, facts, signal);
  return facts.assumed === null ? pieceInput(source, piece) : await assumedInput(source, facts.assumed);
}

/** The log's first lines come before the first audio, through another pipe: turns in which to read them. */
const LOG_TURNS = 100;

async function startOf(child: FfmpegChild): Promise<number> {
  for (let turn = 0; turn < LOG_TURNS; turn++) {
    const startMs = startInLog(child.log());
    if (startMs !== null) return startMs;
    await nextTurn();
  }
  return 0;
}

/** The blocks that these bytes complete. Several may come at once: none is yielded after an abort. */
function* blocksOf(
  { source, aligner, limits, request }: Decoding,
  bytes: Uint8Array,
): Generator<Float32Array> {
  const blocks = aligner.push(bytes);
  if (aligner.frames > limits.durationMs * SAMPLES_PER_MS) throw tooLong(source, limits);
  for (const block of blocks) {
    request.signal?.throwIfAborted();
    yield block;
  }
}

function* silence(decoding: Decoding, durationMs: number): Generator<Float32Array> {
  const bytesPerFrame = decoding.request.channels * Float32Array.BYTES_PER_ELEMENT;
  for (let frames = durationMs * SAMPLES_PER_MS; frames > 0; frames -= BLOCK_FRAMES) {
    yield* blocksOf(decoding, new Uint8Array(Math.min(frames, BLOCK_FRAMES) * bytesPerFrame));
  }
}

function refuseMissingTrack(source: Source, facts: MediaFacts, track: number | 'mix'): void {
  const indices = facts.tracks.map(({ index }) => index);
  if (track === 'mix' || indices.includes(track)) return;
  throw new AppError('media.noSuchTrack', { file: source.name, track, tracks: indices.map(String) });
}

/** The track of a piece at the chosen one's index in the whole; its first if it has fewer. */
function chosenTracks({ tracks }: MediaFacts, track: number | 'mix', whole: MediaFacts): number[] {
  const indices = tracks.map(({ index }) => index);
  if (track === 'mix') return indices;
  const position = whole.tracks.findIndex(({ index }) => index === track);
  return [indices[position] ?? indices[0] ?? track];
}

/** Less than this a second is less than any codec stores even of silence: such a duration is a broken header. */
const LEAST_BYTES_PER_SECOND = 50;

function refuseTooLong(source: Source, facts: MediaFacts, limits: DecodeLimits): void {
  const claimedMs = facts.claimedDurationMs ?? 0;
  const credible = source.sizeBytes >= (claimedMs / 1000) * LEAST_BYTES_PER_SECOND;
  if (claimedMs > limits.durationMs && credible) throw tooLong(source, limits);
}

function tooLong(source: Source, limits: DecodeLimits): AppError {
  return new AppError('media.tooLong', { file: source.name, limitHours: limits.durationMs / 3_600_000 });
}

/**
 * The child's output; kills it and throws `media.stalled` if it keeps the reader waiting beyond the limits. While the
 * source grows it may only be waiting for more: the limits begin after that.
 */
async function* watched(child: FfmpegChild, decoding: Decoding): AsyncGenerator<Buffer> {
  const { source, limits } = decoding;
  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let stalled = false;
  const begin = (): { deadline: RunningDeadline; isGrowing: boolean } => {
    const isGrowing = source.isGrowing === true;
    const waitingMs = isGrowing ? limits.idleMs : limits.waitingMs - decoding.waitedMs;
    const onPassed = () => {
      if (isGrowing) {
        wait = begin();
        return;
      }
      stalled = true;
      child.kill();
    };
    const limitMs = Math.max(0, Math.min(limits.idleMs, waitingMs));
    return { deadline: new RunningDeadline({ limitMs, pid: child.pid, onPassed }), isGrowing };
  };
  let wait: ReturnType<typeof begin>;
  for (;;) {
    wait = begin();
    const next = await chunks.next().finally(() => wait.deadline.end());
    if (!wait.isGrowing) decoding.waitedMs += wait.deadline.ranMs;
    if (stalled) throw new AppError('media.stalled', { file: source.name });
    if (next.done) return;
    yield next.value;
  }
}
