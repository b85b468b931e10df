import { AppError } from '../../contract/errors.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { RunningDeadline } from '../running-deadline.ts';
import { probeArguments } from './ffmpeg-arguments.ts';
import { inputName, startFfmpeg, wasKilled } from './ffmpeg-child.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { mentionsAudio, parseProbe } from './parse-probe.ts';
import { refuseByContent } from './sniff.ts';
import type { Source } from './source.ts';

/** Longest that reading the headers may take, in milliseconds of running time. */
const PROBE_DEADLINE_MS = 60_000;

/**
 * Reads what a source says of itself: container, tracks and length. The content decides, never the file's name.
 * Errors: `media.text`, `media.playlist`, `media.ds2`, `media.noAudio`, `media.unreadable`, `media.stalled`,
 * `ffmpeg.crashed`, `file.readFailed`.
 */
export async function probe(source: Source, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  await refuseByContent(source);
  const log = await headerLog(source, ffmpeg);
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

async function headerLog(source: Source, ffmpeg: Ffmpeg): Promise<string> {
  const child = startFfmpeg(ffmpeg, source, probeArguments(inputName(source)));
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
