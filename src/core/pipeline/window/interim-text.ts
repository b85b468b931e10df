import { SAMPLES_PER_MS, type Span, totalMs } from '../../../contract/audio.ts';
import type { WindowAudio } from './transcribe-window.ts';

/** A window up to this length is transcribed without interim text before it. */
const SHORT_WINDOW_MS = 12_000;

/** How much of a long first window is transcribed in advance, at most and at least: a short run of the encoder. */
const LONGEST_MS = 8_000;
const SHORTEST_MS = 4_000;

/** A pause that a sentence may end at. */
const PAUSE_MS = 200;

/**
 * The beginning of a recording's first window, up to the last pause within eight seconds: transcribed in advance, its words
 * are shown as interim text while the whole window is transcribed. Null if the window is short or begins with little speech.
 */
export function openingOf({ pcm, speech }: WindowAudio): Int16Array | null {
  if (pcm.length <= SHORT_WINDOW_MS * SAMPLES_PER_MS) return null;
  const cutMs = lastPause(speech) ?? LONGEST_MS;
  const spoken = speech.map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, cutMs) }));
  if (totalMs(spoken.filter(({ startMs, endMs }) => startMs < endMs)) < SHORTEST_MS / 2) return null;
  return pcm.slice(0, cutMs * SAMPLES_PER_MS);
}

function lastPause(speech: readonly Span[]): number | null {
  const cuts = speech.flatMap(({ endMs }, index) => {
    const next = speech[index + 1];
    return next === undefined || next.startMs - endMs < PAUSE_MS ? [] : [(endMs + next.startMs) / 2];
  });
  return cuts.map(Math.round).findLast((cutMs) => cutMs >= SHORTEST_MS && cutMs <= LONGEST_MS) ?? null;
}
