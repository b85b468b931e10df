import type { Span } from '../../../contract/audio.ts';
import type { SkippedRange } from '../../../contract/transcript.ts';
import { type SpokenSegment, type SpokenWord, spokenSpan } from './spoken-segments.ts';

/** Segments with their pauses, and where those are. */
export interface WithPauses {
  readonly segments: SpokenSegment[];
  readonly pauses: readonly Span[];
}

/** A pause as it is written: seconds and tenths in round brackets (Jefferson; GAT 2 for measured pauses). */
export function writtenPause(lengthMs: number): string {
  return `(${(lengthMs / 1000).toFixed(1)})`;
}

/**
 * Puts each pause of a length, in which nobody speaks, before the words that end it. Where speech was not understood there is no
 * pause. Segments are in order of their starts.
 */
export function withPauses(
  segments: readonly SpokenSegment[],
  fromMs: number,
  skipped: readonly SkippedRange[],
): WithPauses {
  const unclear = skipped.filter(({ reason }) => reason === 'notUnderstood');
  const pauses: Span[] = [];
  let silentFromMs: number | null = null;
  const isPause = (span: Span) =>
    span.endMs - span.startMs >= fromMs &&
    !unclear.some(({ startMs, endMs }) => startMs < span.endMs && endMs > span.startMs);
  const written = segments.map((one, at) => {
    const { startMs, endMs } = spokenSpan(one);
    const words: SpokenWord[] = [];
    const pauseBefore = (span: Span) => {
      if (!isPause(span)) return;
      pauses.push(span);
      words.push({ text: writtenPause(span.endMs - span.startMs), span: null });
    };
    if (silentFromMs !== null) pauseBefore({ startMs: silentFromMs, endMs: startMs });
    let lastMs: number | null = null;
    for (const word of one.words) {
      if (lastMs !== null && word.span !== null) {
        // What others have said so far, and those who begin meanwhile.
        const fromHereMs: number = Math.max(lastMs, silentFromMs ?? 0);
        const span = { startMs: fromHereMs, endMs: word.span.startMs };
        if (!isSpokenIn(segments, at, span)) pauseBefore(span);
      }
      words.push(word);
      lastMs = word.span?.endMs ?? null;
    }
    silentFromMs = Math.max(silentFromMs ?? 0, endMs);
    return { ...one, words };
  });
  return { segments: written, pauses };
}

/** Whether one of the segments behind this one begins within a span. */
function isSpokenIn(segments: readonly SpokenSegment[], at: number, { startMs, endMs }: Span): boolean {
  for (let next = at + 1; next < segments.length; next++) {
    const { segment } = segments[next] as SpokenSegment;
    if (segment.startMs >= endMs) return false;
    if (segment.endMs > startMs) return true;
  }
  return false;
}
