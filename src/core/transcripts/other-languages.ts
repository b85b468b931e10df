import type { Span } from '../../contract/audio.ts';
import type { LanguageStretch } from '../../contract/transcript.ts';
import type { WindowFindings, WindowPlan } from '../database/repositories/windows.ts';

/** A window that is less sure of its language tells nothing. */
const SURE = 0.8;

/** In less speech a name or a quotation can sound like another language. */
const LEAST_SPEECH_MS = 4_000;

/** A window as far as it tells of its language. */
export interface ListenedWindow {
  readonly channel: number;
  readonly plan: WindowPlan;
  readonly findings: WindowFindings | null;
}

/**
 * The stretches of a job that probably are in another language than the one they were transcribed in: runs of windows of a
 * channel that are sure of the same one. `transcribedIn`: null where every window has its own. In the order of their
 * channels.
 */
export function otherLanguageStretches(
  windows: readonly ListenedWindow[],
  transcribedIn: string | null,
): LanguageStretch[] {
  const found: (LanguageStretch & { channel: number; windows: number })[] = [];
  let runs = false;
  let channelBefore: number | null = null;
  for (const { channel, plan, findings } of windows) {
    const guess = findings?.language ?? null;
    const spoken = plan.pieces.flatMap(({ speech }) => speech);
    const expected = plan.language ?? transcribedIn;
    const isOther =
      guess !== null &&
      expected !== null &&
      guess.language !== expected &&
      guess.probability >= SURE &&
      lengthMs(spoken) >= LEAST_SPEECH_MS;
    const last = found.at(-1);
    if (isOther) {
      const startMs = spoken[0]?.startMs ?? 0;
      const endMs = spoken.at(-1)?.endMs ?? startMs;
      if (runs && last !== undefined && channelBefore === channel && last.language === guess.language) {
        last.probability = (last.probability * last.windows + guess.probability) / (last.windows + 1);
        last.windows += 1;
        last.endMs = endMs;
      } else {
        found.push({ ...guess, startMs, endMs, channel, windows: 1 });
      }
    }
    runs = isOther;
    channelBefore = channel;
  }
  return found.map(({ startMs, endMs, language, probability }) => ({
    startMs,
    endMs,
    language,
    probability,
  }));
}

function lengthMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}
