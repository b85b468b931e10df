import { AppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { RunningDeadline } from '../running-deadline.ts';
import { probeArguments } from './ffmpeg-arguments.ts';
import { startFfmpeg, wasKilled } from './ffmpeg-child.ts';
import { type FfmpegInput, pieceInput } from './ffmpeg-input.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { mentionsAudio, parseProbe } from './parse-probe.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { refuseByContent } from './sniff.ts';
import type { Source } from './source.ts';

/** Longest that reading the headers may take, in milliseconds of running time. */
const PROBE_DEADLINE_MS = 60_000;

/**
 * Reads what a source says of itself: container, tracks and length. The content decides, never the file's name. Of a
 * source that is put together from several recordings, the first one's tracks count, and the length is an estimate.
 * Errors: `media.text`, `media.playlist`, `media.ds2`, `media.noAudio`, `media.unreadable`, `media.stalled`,
 * `ffmpeg.crashed`, `file.readFailed`.
 */
export async function probe(source: Source, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  await refuseByContent(source);
  const pieces = await piecesOf(source);
  const { facts, piece } = await firstReadable(source, ffmpeg, pieces);
  if (pieces.length === 1 || facts.claimedDurationMs === null) return facts;
  // Each piece tells its own length when its turn comes; until then they are taken to be alike.
  const share = (piece.endByte - piece.startByte) / source.sizeBytes;
  return { ...facts, claimedDurationMs: Math.round(facts.claimedDurationMs / share) };
}

/** Pieces that are tried, where the first ones cannot be read. */
const MAX_TRIED = 5;

/** The first piece that can be read, and what it says of itself. Error: of the first piece, where none can. */
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

/** What one piece of a source says of itself. Errors: as of `probe`, but for those of text and playlists. */
export async function probePiece(source: Source, ffmpeg: Ffmpeg, piece: Piece): Promise<MediaFacts> {
  const log = await headerLog(source, ffmpeg, pieceInput(source, piece));
  const facts = parseProbe(log);
  const file = source.name;
  if (facts !== null && facts.tracks.length > 0) return facts;
  if (opensOthers(log)) throw new AppError('media.playlist', { file });
  if (facts?.hasVideo && !mentionsAudio(log)) throw new AppError('media.noAudio', { file });
  throw new AppError('media.unreadable', { file });
}

/** Whether ffmpeg refused the file because it names other files or hosts to read. */
function opensOthers(log: string): boolean {
  return /Protocol '[^']*' not on whitelist/.test(log);
}

async function headerLog(source: Source, ffmpeg: Ffmpeg, input: FfmpegInput): Promise<string> {
  const child = startFfmpeg(ffmpeg, source, probeArguments(input));
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
  if (late) throw new AppError('media.stalled', { file: source.name });
  if (wasKilled(exit)) throw new AppError('ffmpeg.crashed', {});
  return child.log();
}
