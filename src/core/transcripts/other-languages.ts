import { type Span, totalMs } from '../../contract/audio.ts';
import type { LanguageRange } from '../../contract/transcript.ts';
import type { WindowFindings, WindowPlan } from '../database/windows/window-content.ts';

/** A window of less certain language is no evidence. */
const SURE = 0.8;

/** In less speech a name or a quotation can be detected as another language. */
const LEAST_SPEECH_MS = 4_000;

/** The facts of a window on its language. */
export interface WindowLanguage {
  readonly channel: number;
  readonly plan: WindowPlan;
  readonly findings: WindowFindings | null;
}

/**
 * The ranges of a job that probably are in another language than the one they were transcribed in: runs of windows of a
 * channel with the same certain language. `transcribedIn`: null if every window has its own. In the order of their
 * channels.
 */
export function otherLanguageRanges(
  windows: readonly WindowLanguage[],
  transcribedIn: string | null,
): LanguageRange[] {
  const found: (LanguageRange & { channel: number; windows: number })[] = [];
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
      totalMs(spoken) >= LEAST_SPEECH_MS;
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

/**
 * Ranges in order, each time listed once: those of one language that overlap, as of several speakers with channels of their
 * own, are one range, as certain as the longest of them.
 */
export function joinedLanguages(ranges: readonly LanguageRange[]): LanguageRange[] {
  const joined: LanguageRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.startMs - b.startMs)) {
    const at = joined.findIndex(
      ({ language, endMs }) => language === range.language && range.startMs <= endMs,
    );
    const before = joined[at];
    if (before === undefined) {
      joined.push(range);
      continue;
    }
    const surest = before.endMs - before.startMs >= range.endMs - range.startMs ? before : range;
    joined[at] = {
      ...surest,
      startMs: before.startMs,
      endMs: Math.max(before.endMs, range.endMs),
    };
  }
  return joined;
}

/** Spans in order, overlapping ones merged. */
export function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const before = joined.at(-1);
    if (before === undefined || startMs > before.endMs) joined.push({ startMs, endMs });
    else joined[joined.length - 1] = { startMs: before.startMs, endMs: Math.max(before.endMs, endMs) };
  }
  return joined;
}
