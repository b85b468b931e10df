import { AppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import type { FfmpegExit } from './ffmpeg-child.ts';
import { durationIsGuessed } from './parse-probe.ts';
import { crashed } from './probe.ts';
import type { Source } from './source.ts';

/** How a decoding ended. */
export interface DecodingEnd {
  readonly exit: FfmpegExit;
  readonly log: string;
  readonly decodedMs: number;
}

/**
 * Decides whether all of a source was decoded, for ffmpeg ends with success after most kinds of damage.
 * Throws `media.damaged`, or where nothing was decoded `media.unreadable`, `media.empty` or `ffmpeg.crashed`.
 */
export function judgeEnd(source: Source, facts: MediaFacts, end: DecodingEnd): void {
  const file = source.name;
  const complaints = countComplaints(end.log);
  if (end.decodedMs === 0) {
    if (crashed(end.exit)) throw new AppError('ffmpeg.crashed', {});
    const silentlyEmpty = complaints === 0 && !facts.claimedDurationMs;
    throw new AppError(silentlyEmpty ? 'media.empty' : 'media.unreadable', { file });
  }
  const failed = end.exit.code !== 0;
  if (failed || complaints >= TOLERATED_COMPLAINTS || fallsShort(facts, end, complaints)) {
    throw new AppError('media.damaged', { file, readableMs: Math.floor(end.decodedMs) });
  }
}

/** A stray broken packet or two, as many recorders leave at start and end, is no loss anyone hears. */
const TOLERATED_COMPLAINTS = 10;

/** Containers round their length, and encoders pad the end. */
const TOLERATED_SHORTFALL_MS = 1000;

function fallsShort(facts: MediaFacts, end: DecodingEnd, complaints: number): boolean {
  if (facts.claimedDurationMs === null || durationIsGuessed(end.log)) return false;
  // The claim is the longest track's: sound may well end before the pictures do.
  if (complaints === 0 && (facts.hasVideo || facts.tracks.length > 1)) return false;
  return facts.claimedDurationMs - end.decodedMs > TOLERATED_SHORTFALL_MS;
}

/** ffmpeg's own sentences for packets it could not read or decode, from version 4 to 8. */
const COMPLAINT =
  /Error while decoding stream|Error submitting packet to decoder|Error submitting .* to (the )?decoder|Decoding error|partial file|Error during demuxing|corrupt|File ended prematurely|Truncat|Packet mismatch|Invalid data found/i;

function countComplaints(log: string): number {
  return log.split('\n').reduce((count, line) => count + repeats(line), 0);
}

function repeats(line: string): number {
  return COMPLAINT.test(line) ? 1 : 0;
}
