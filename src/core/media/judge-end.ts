import { AppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { type FfmpegExit, wasKilled } from './ffmpeg-child.ts';
import { durationIsGuessed } from './parse-probe.ts';

/** How a decoding ended. */
export interface DecodingEnd {
  readonly exit: FfmpegExit;
  /** What ffmpeg wrote at log level `warning`. */
  readonly log: string;
  /** The name under which ffmpeg opened the source. */
  readonly input: string;
  readonly decodedMs: number;
  /** The header states more bytes than the file has. */
  readonly cutShort: boolean;
}

/**
 * Decides whether all of a source was decoded, as ffmpeg succeeds after most kinds of damage. Null if it was,
 * else `media.damaged`, or if nothing at all was decoded `media.unreadable` or `media.empty`; `ffmpeg.crashed` if
 * it is not the source's fault.
 */
export function judgeEnd(file: string, facts: MediaFacts, end: DecodingEnd): AppError | null {
  if (wasKilled(end.exit)) return new AppError('ffmpeg.crashed', {});
  const complaints = countComplaints(end.log);
  if (end.decodedMs === 0) {
    const harmless = complaints === 0 && !end.cutShort && !facts.claimedDurationMs;
    return new AppError(harmless ? 'media.empty' : 'media.unreadable', { file });
  }
  const damaged =
    // Where a recorder stopped before it wrote the index, nobody knows what else it stopped before.
    facts.assumed?.because === 'lostIndex' ||
    end.exit.code !== 0 ||
    end.cutShort ||
    brokeOff(end) ||
    complaints > toleratedComplaints(facts, end) ||
    fallsShort(facts, end, complaints);
  return damaged ? new AppError('media.damaged', { file, readableMs: Math.floor(end.decodedMs) }) : null;
}

/** Streams without an index, which recorders cut anywhere: a broken packet or two at the ends is an inaudible loss. */
const CUT_ANYWHERE = ['mp3', 'aac', 'loas', 'ac3', 'eac3', 'dts', 'amr', 'mpeg', 'mpegts', 'wtv'];

/** Plain samples, of which the last packet counts as broken if the header lacks the length. */
const PLAIN_SAMPLES = ['wav', 'w64', 'caf', 'au', 'aiff'];

/** A broken packet is a fraction of a second: one per this time of a long stream is an inaudible loss too. */
const BROKEN_PACKET_EACH_MS = 600_000;

function toleratedComplaints({ container, assumed }: MediaFacts, { decodedMs }: DecodingEnd): number {
  if (assumed !== null) return 2;
  if (CUT_ANYWHERE.includes(container)) return Math.max(2, Math.floor(decodedMs / BROKEN_PACKET_EACH_MS));
  return PLAIN_SAMPLES.includes(container) ? 2 : 0;
}

/** Containers round their length, and encoders pad the end. */
const TOLERATED_SHORTFALL_MS = 1000;

function fallsShort(facts: MediaFacts, end: DecodingEnd, complaints: number): boolean {
  if (facts.claimedDurationMs === null || durationIsGuessed(end.log)) return false;
  // The claimed duration is the longest track's: audio may end before the video.
  if (complaints === 0 && (facts.hasVideo || facts.tracks.length > 1)) return false;
  // It counts packets without audio too; its size (`cutShort`) shows whether it is complete.
  if (complaints === 0 && facts.container === 'avi') return false;
  return facts.claimedDurationMs - end.decodedMs > TOLERATED_SHORTFALL_MS;
}

/** Whether the reading itself ended with an error: ffmpeg then logs its input's name, from version 7 on the step. */
function brokeOff({ log, input }: DecodingEnd): boolean {
  return log.split('\n').some((line) => {
    if (line.includes('Error during demuxing')) return true;
    // It also logs the name if a packet is only marked as corrupt.
    return line.startsWith(`${input}: `) && !line.startsWith(`${input}: corrupt`);
  });
}

/** ffmpeg's own messages for data that it could not read or decode, from version 4 to 8. */
const COMPLAINT =
  /Error while decoding|Error submitting.* to (the )?decoder|Decoding error|partial file|corrupt|CRC mismatch|File ended prematurely|Truncating packet|exceeds containing master|packet_obj_size|Invalid data found/i;

function countComplaints(log: string): number {
  let count = 0;
  let lastCounts = false;
  for (const line of log.split('\n')) {
    const repeated = /Last message repeated (\d+) times/.exec(line)?.[1];
    if (repeated !== undefined) {
      count += lastCounts ? Number(repeated) : 0;
      continue;
    }
    lastCounts = COMPLAINT.test(line);
    count += lastCounts ? 1 : 0;
  }
  return count;
}
