import { AppError } from '../../contract/errors.ts';
import type { AssumedReading, MediaFacts } from '../../contract/recording.ts';
import { decoderInput } from './decoder-input.ts';
import { probeArguments } from './ffmpeg-arguments.ts';
import { startFfmpeg, wasKilled } from './ffmpeg-child.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { findLostSound, hasLostIndex, holdsSound } from './lost-index.ts';
import { mp4Outline } from './mp4-boxes.ts';
import { containerIsGuessed, mentionsAudio, parseProbe } from './parse-probe.ts';
import { factsByEnding, hasRawEnding } from './raw-by-ending.ts';
import { refuseByContent } from './sniff.ts';
import type { Source } from './source.ts';

/** Longest that reading the headers may take, in milliseconds. */
const PROBE_DEADLINE_MS = 60_000;

/**
 * Reads what a source says of itself: container, tracks and length. The content decides; only where nothing in it tells, but the
 * ending of its name is one of raw sound, does that. A file whose index is lost is looked through for its sound.
 * Errors: `media.text`, `media.playlist`, `media.ds2`, `media.noAudio`, `media.unreadable`, `media.indexLost`,
 * `media.noDecoder`, `media.stalled`, `ffmpeg.crashed`, `file.readFailed`.
 */
export async function probe(source: Source, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  await refuseByContent(source);
  const log = await headerLog(source, ffmpeg, null);
  const facts = parseProbe(log);
  const file = source.name;
  const isGuess = hasRawEnding(file) && containerIsGuessed(log);
  if (facts !== null && facts.tracks.length > 0 && !isGuess) return facts;
  if (opensOthers(log)) throw new AppError('media.playlist', { file });
  if (facts?.hasVideo && !mentionsAudio(log) && !isGuess) throw new AppError('media.noAudio', { file });
  const assumed = (await lostSound(source)) ?? (await factsByEnding(source));
  if (assumed === null) throw new AppError('media.unreadable', { file });
  return await requireDecoder(source, ffmpeg, assumed);
}

/** The sound of a file whose index was never written. Null where it is no such file. Error: `media.indexLost`. */
async function lostSound(source: Source): Promise<MediaFacts | null> {
  const outline = await mp4Outline(source);
  if (!hasLostIndex(outline) || !(await holdsSound(source, outline))) return null;
  const found = await findLostSound(source, outline);
  if (found === null) throw new AppError('media.indexLost', { file: source.name });
  return found;
}

/** The facts of a file without a header, if this ffmpeg can decode it. Error: `media.noDecoder`. */
async function requireDecoder(source: Source, ffmpeg: Ffmpeg, facts: MediaFacts): Promise<MediaFacts> {
  const log = await headerLog(source, ffmpeg, facts.assumed);
  if (/Unknown input format|Unknown decoder|not on whitelist|could not find codec parameters/i.test(log)) {
    throw new AppError('media.noDecoder', { file: source.name, coding: facts.assumed?.coding ?? '' });
  }
  return facts;
}

/** Whether ffmpeg refused the file because it names other files or hosts to read. */
function opensOthers(log: string): boolean {
  return /Protocol '[^']*' not on whitelist/.test(log);
}

async function headerLog(source: Source, ffmpeg: Ffmpeg, assumed: AssumedReading | null): Promise<string> {
  const { name, raw, feed } = await decoderInput(source, assumed);
  const child = startFfmpeg(ffmpeg, source, probeArguments(name, raw), feed);
  child.stdout.resume();
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    child.kill();
  }, PROBE_DEADLINE_MS);
  const exit = await child.ended.finally(() => clearTimeout(deadline));
  await child.fed;
  if (late) throw new AppError('media.stalled', { file: source.name });
  if (wasKilled(exit)) throw new AppError('ffmpeg.crashed', {});
  return child.log();
}
