import { AppError, isAppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { RunningDeadline } from '../running-deadline.ts';
import { type Piece, piecesOf } from './containers/pieces.ts';
import { probeArguments } from './ffmpeg-arguments.ts';
import { startFfmpeg, wasKilled } from './ffmpeg-child.ts';
import { assumedInput, type FfmpegInput, pieceInput } from './ffmpeg-input.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { findLostSound, hasLostIndex, holdsSound } from './lost-index/lost-index.ts';
import { mp4Outline } from './lost-index/mp4-boxes.ts';
import { containerIsGuessed, mentionsAudio, parseProbe } from './parse-probe.ts';
import { factsByEnding, hasRawEnding } from './raw-by-ending.ts';
import { refuseByContent } from './sniff.ts';
import type { Source } from './source.ts';

/** Longest that reading the headers may take, in milliseconds of running time. */
const PROBE_DEADLINE_MS = 60_000;

/**
 * Reads a source's facts: container, tracks and length. The content decides; only if it is inconclusive and the
 * extension is one of raw audio, does that. A file whose index is lost is searched for its audio. Of a
 * source that is concatenated from several recordings, the first one's tracks count, and the length is an estimate.
 * Errors: `media.text`, `media.playlist`, `media.ds2`, `media.noAudio`, `media.unreadable`, `media.indexLost`,
 * `media.noDecoder`, `media.stalled`, `ffmpeg.crashed`, `file.readFailed`.
 */
export async function probe(source: Source, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  await refuseByContent(source);
  const pieces = await piecesOf(source);
  const [only, ...others] = pieces;
  if (only !== undefined && others.length === 0) return await probeWhole(source, ffmpeg, only);
  const { facts, piece } = await firstReadable(source, ffmpeg, pieces);
  if (facts.claimedDurationMs === null) return facts;
  // Each piece's own length is read when it is decoded; until then they are assumed to be alike.
  const share = (piece.endByte - piece.startByte) / source.sizeBytes;
  return { ...facts, claimedDurationMs: Math.round(facts.claimedDurationMs / share) };
}

/** Pieces that are tried, if the first ones cannot be read. */
const MAX_TRIED = 5;

/** The first piece that can be read, and its facts. Error: that of the first piece, if none can. */
async function firstReadable(
  source: Source,
  ffmpeg: Ffmpeg,
  pieces: readonly Piece[],
): Promise<{ facts: MediaFacts; piece: Piece }> {
  let first: unknown = null;
  for (const piece of pieces.slice(0, MAX_TRIED)) {
    try {
      return { facts: await probePiece(source, ffmpeg, piece), piece };
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** The facts of one of several pieces of a source. Errors: `media.playlist`, `media.noAudio`, `media.unreadable`. */
export async function probePiece(source: Source, ffmpeg: Ffmpeg, piece: Piece): Promise<MediaFacts> {
  const log = await headerLog(source, ffmpeg, pieceInput(source, piece));
  const facts = parseProbe(log);
  if (facts !== null && facts.tracks.length > 0) return facts;
  throw refusal(source.name, facts, log);
}

/** The facts of a source that is one recording, read from it or assumed. */
async function probeWhole(source: Source, ffmpeg: Ffmpeg, piece: Piece): Promise<MediaFacts> {
  const file = source.name;
  const log = await headerLog(source, ffmpeg, pieceInput(source, piece));
  const facts = parseProbe(log);
  const isGuess = hasRawEnding(file) && containerIsGuessed(log);
  const outline = facts === null || facts.container.startsWith('mov') ? await mp4Outline(source) : null;
  // From the beginning of an index, ffmpeg may find the tracks and none of their samples.
  const hasTracks = facts !== null && facts.tracks.length > 0 && outline?.indexIsCut !== true;
  if (hasTracks && !isGuess) return facts;
  if (hasLostIndex(outline) && !opensOthers(log) && (await holdsSound(source, outline))) {
    const found = await findLostSound(source, outline);
    if (found === null) throw new AppError('media.indexLost', { file });
    return await requireDecoder(source, ffmpeg, found);
  }
  const refused = refusal(file, isGuess ? null : facts, log);
  const raw = isAppError(refused, 'media.unreadable') ? await factsByEnding(source) : null;
  if (raw === null) throw refused;
  return await requireDecoder(source, ffmpeg, raw);
}

/** Why a source with this ffmpeg log has no decodable audio. */
function refusal(file: string, facts: MediaFacts | null, log: string): AppError {
  if (opensOthers(log)) return new AppError('media.playlist', { file });
  if (facts?.hasVideo && !mentionsAudio(log)) return new AppError('media.noAudio', { file });
  return new AppError('media.unreadable', { file });
}

/** The facts of a file without a header, if this ffmpeg can decode it. Error: `media.noDecoder`. */
async function requireDecoder(source: Source, ffmpeg: Ffmpeg, facts: MediaFacts): Promise<MediaFacts> {
  const { assumed } = facts;
  if (assumed === null) throw new Error('Only what has no header is looked at this way');
  const log = await headerLog(source, ffmpeg, await assumedInput(source, assumed));
  if (/Unknown input format|Unknown decoder|not on whitelist|could not find codec parameters/i.test(log)) {
    throw new AppError('media.noDecoder', { file: source.name, coding: assumed.coding });
  }
  return facts;
}

/** Whether ffmpeg refused the file because it references other files or hosts to read. */
function opensOthers(log: string): boolean {
  return /Protocol '[^']*' not on whitelist/.test(log);
}

async function headerLog(source: Source, ffmpeg: Ffmpeg, input: FfmpegInput): Promise<string> {
  const child = startFfmpeg(ffmpeg, source, probeArguments(input), input.feed);
  child.stdout.resume();
  let late = false;
  const deadline = new RunningDeadline({
    limitMs: PROBE_DEADLINE_MS,
    pid: child.pid,
    onPassed: () => {
      late = true;
      child.kill();
    },
  });
  const exit = await child.ended.finally(() => deadline.end());
  await child.fed;
  if (late) throw new AppError('media.stalled', { file: source.name });
  if (wasKilled(exit)) throw new AppError('ffmpeg.crashed', {});
  return child.log();
}
