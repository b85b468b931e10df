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
  const outline = facts === null || facts.container.startsWith('mov') ? await mp4Outline(source) : null;
  // ffmpeg may find the tracks in the beginning of an index, and then none of their samples.
  const hasTracks = facts !== null && facts.tracks.length > 0 && outline?.indexIsCut !== true;
  if (hasTracks && !isGuess) return facts;
  if (opensOthers(log)) throw new AppError('media.playlist', { file });
  if (hasLostIndex(outline) && (await holdsSound(source, outline))) {
    const found = await findLostSound(source, outline);
    if (found === null) throw new AppError('media.indexLost', { file });
    return await requireDecoder(source, ffmpeg, found);
  }
  if (facts?.hasVideo && !mentionsAudio(log) && !isGuess) throw new AppError('media.noAudio', { file });
  const raw = await factsByEnding(source);
  if (raw === null) throw new AppError('media.unreadable', { file });
  return await requireDecoder(source, ffmpeg, raw);
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
