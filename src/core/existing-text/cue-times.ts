import type { Span } from '../../contract/audio.ts';
import type { TextPassage } from '../../contract/existing-text.ts';

/** A word is heard within its cue, give or take: subtitles come early and stay on. */
const SLACK_MS = 3_000;
/** Times that a person noted, without an end, are rounded, or those of the sentence before. */
const NOTED_SLACK_MS = 15_000;
/** The file's own times count if so many of the found words lie where they say. */
const MOST = 0.7;

/** The times of a text's own file, which the sound agrees with. */
export interface CueTimes {
  /** Whether a word of this passage can be heard at this time. */
  isNear(passage: number, timeMs: number): boolean;
  /** From when to when the passage is said; null if its file does not say. */
  boundsOf(passage: number): Span | null;
}

/**
 * The file's own times, if the words that were found lie where these say; null if there are none, or if they are of
 * another cut or begin elsewhere. Of a time without an end the next one is the end.
 * @param found passages of words that were found, and when they were heard.
 */
export function cuesThatAgree(
  passages: readonly TextPassage[],
  found: readonly (readonly [passage: number, timeMs: number])[],
): CueTimes | null {
  const bounds = boundsOf(passages);
  const isNear = (passage: number, timeMs: number) => {
    const cue = bounds[passage];
    if (cue === undefined || cue === null) return true;
    const slackMs = passages[passage]?.endMs === null ? NOTED_SLACK_MS : SLACK_MS;
    return timeMs >= cue.startMs - slackMs && timeMs <= cue.endMs + slackMs;
  };
  const timed = found.filter(([passage]) => bounds[passage] != null);
  const near = timed.filter(([passage, timeMs]) => isNear(passage, timeMs));
  if (timed.length === 0 || near.length < MOST * timed.length) return null;
  return { isNear, boundsOf: (passage) => bounds[passage] ?? null };
}

function boundsOf(passages: readonly TextPassage[]): (Span | null)[] {
  let nextMs = Number.POSITIVE_INFINITY;
  const bounds = passages.toReversed().map(({ startMs, endMs }) => {
    if (startMs === null) return null;
    const cue = { startMs, endMs: Math.max(startMs, endMs ?? nextMs) };
    nextMs = startMs;
    return cue;
  });
  return bounds.reverse();
}
