import type { Span } from '../../../contract/audio.ts';
import type { EngineSegment } from '../../../contract/engine.ts';

/** Less speech without a word is a long vowel, a hesitation, or a word time that is off. */
const SHORTEST_MS = 1500;

/** A word's times are accurate to about this; what is nearer to one is covered by it. */
const WORD_REACH_MS = 350;

/** No word is longer: a word that seems to be covers the audio before or after it too. */
const LONGEST_WORD_MS = 1200;

/** Pauses that do not separate uncovered speech. */
const PAUSE_MS = 600;

/**
 * The ranges of a window with speech and no word, each with more than 1.5 s of speech. Speech and
 * words in window time; they begin and end with speech.
 */
export function uncoveredSpeech(speech: readonly Span[], segments: readonly EngineSegment[]): Span[] {
  const covered = segments
    .flatMap(({ words, startMs, endMs }) => (words.length > 0 ? words : [{ startMs, endMs }]))
    .map(({ startMs, endMs }) => ({
      startMs: startMs - WORD_REACH_MS,
      endMs: Math.min(endMs, startMs + LONGEST_WORD_MS) + WORD_REACH_MS,
    }))
    .sort((a, b) => a.startMs - b.startMs);
  const found: { startMs: number; endMs: number; speechMs: number }[] = [];
  for (const bare of speech.flatMap((span) => without(span, covered))) {
    const last = found.at(-1);
    const isParted =
      last === undefined ||
      bare.startMs - last.endMs > PAUSE_MS ||
      covered.some(({ startMs, endMs }) => startMs < bare.startMs && endMs > last.endMs);
    const lengthMs = bare.endMs - bare.startMs;
    if (isParted) found.push({ ...bare, speechMs: lengthMs });
    else {
      last.endMs = bare.endMs;
      last.speechMs += lengthMs;
    }
  }
  return found
    .filter(({ speechMs }) => speechMs > SHORTEST_MS)
    .map(({ startMs, endMs }) => ({ startMs, endMs }));
}

/** What is left of a span without others, which come in order. */
function without(span: Span, others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { startMs } = span;
  for (const other of others) {
    if (other.endMs <= startMs) continue;
    if (other.startMs >= span.endMs) break;
    if (other.startMs > startMs) left.push({ startMs, endMs: other.startMs });
    startMs = Math.max(startMs, other.endMs);
  }
  if (startMs < span.endMs) left.push({ startMs, endMs: span.endMs });
  return left;
}
