import { v7 as newId } from 'uuid';
import type { Segment, Word } from '../../contract/transcript.ts';
import { alignWords } from './align-words.ts';
import { normalText, splitWords } from './split-words.ts';
import type { NewChange, NewSegment, StoredSegment } from './stored-segment.ts';

/**
 * The changes that replace neighbouring segments, in the transcript's order, by these texts. With as many
 * texts as segments each segment is changed by itself; otherwise those whose text stays at both ends are untouched, and
 * those between are divided again. Empty texts leave no segment. No changes if all texts are the same.
 */
export function replaceTexts(segments: readonly StoredSegment[], texts: readonly string[]): NewChange[] {
  const normal = texts.map(normalText);
  if (segments.length === normal.length) {
    return segments.flatMap((segment, index) => rewordingChange(segment, normal[index] ?? ''));
  }
  const written = normal.filter((text) => text !== '');
  const { start, end } = untouchedEnds(segments, written);
  const old = segments.slice(start, segments.length - end);
  const fresh = written.slice(start, written.length - end);
  return [{ removed: old.map(({ id }) => id), inserted: divided(old, fresh) }];
}

/** The change that begins a text without segments: its words are spread over the whole recording. */
export function firstWords(
  text: string,
  { durationMs, language, origins }: { durationMs: number; language: string; origins: readonly string[] },
): NewChange[] {
  const written = normalText(text);
  if (written === '') return [];
  const bounds = { startMs: 0, endMs: durationMs };
  const words = alignWords([], splitWords(written, language, []), bounds);
  const segment = { ...bounds, text: written, speaker: null, language, confidence: 1, flags: [], words };
  return [{ removed: [], inserted: [{ id: newId(), channel: 0, windowIndex: 0, origins, segment }] }];
}

/** A segment with another speaker, or, if `isSure`, with a speaker who is certain from then on. */
export function withSpeaker(segment: StoredSegment, speaker: string | null, isSure: boolean): NewSegment {
  const { flags } = segment.segment;
  const sure = isSure ? flags.filter((flag) => flag !== 'unsureSpeaker') : flags;
  return newSegment(segment, { ...segment.segment, speaker, flags: sure });
}

function rewordingChange(segment: StoredSegment, text: string): NewChange[] {
  if (text === segment.segment.text) return [];
  const removed = [segment.id];
  if (text === '') return [{ removed, inserted: [] }];
  return [{ removed, inserted: [newSegment(segment, reworded(segment.segment, text))] }];
}

function reworded(segment: Segment, text: string): Segment {
  const texts = splitWords(
    text,
    segment.language,
    segment.words.map((word) => word.text),
  );
  const words = alignWords(segment.words, texts, segment);
  return { ...segment, text, words, ...judged(segment, words) };
}

/** How many segments at the start and at the end keep their text; at least one old one is between them. */
function untouchedEnds(
  segments: readonly StoredSegment[],
  texts: readonly string[],
): { start: number; end: number } {
  const shorter = Math.min(segments.length - 1, texts.length);
  let start = 0;
  while (start < shorter && segments[start]?.segment.text === texts[start]) start += 1;
  let end = 0;
  while (end < shorter - start && segments.at(-1 - end)?.segment.text === texts.at(-1 - end)) end += 1;
  return { start, end };
}

/** Texts that replace segments: each has the times of its own words and inherits from the segment they come from. */
function divided(old: readonly StoredSegment[], texts: readonly string[]): NewSegment[] {
  const [first] = old;
  if (first === undefined || texts.length === 0) return [];
  const bounds = {
    startMs: first.segment.startMs,
    endMs: Math.max(...old.map(({ segment }) => segment.endMs)),
  };
  const oldWords = old.flatMap(({ segment }) => segment.words);
  const oldTexts = oldWords.map((word) => word.text);
  const perText = texts.map((text) => splitWords(text, first.segment.language, oldTexts));
  const words = alignWords(oldWords, perText.flat(), bounds);
  const origins = [...new Set(old.flatMap((segment) => segment.origins))].sort();
  const ids = new Set<string>();
  let earliestMs = bounds.startMs;
  let taken = 0;
  return texts.map((text, index) => {
    const own = words.slice(taken, taken + (perText[index]?.length ?? 0));
    taken += own.length;
    const source = sourceOf(old, own, index);
    const startMs =
      index === 0 ? bounds.startMs : Math.max(earliestMs, Math.min(...own.map((word) => word.startMs)));
    const ownEndMs = Math.max(...own.map((word) => word.endMs));
    const endMs = Math.max(startMs, index === texts.length - 1 ? bounds.endMs : ownEndMs);
    earliestMs = startMs;
    const id = ids.has(source.id) ? newId() : source.id;
    ids.add(id);
    const segment = { ...source.segment, startMs, endMs, text, words: own, ...judged(source.segment, own) };
    return { id, channel: source.channel, windowIndex: source.windowIndex, origins, segment };
  });
}

/** The segment whose time contains most of these words; without any, the one of the same index. */
function sourceOf(old: readonly StoredSegment[], words: readonly Word[], index: number): StoredSegment {
  const [first] = words;
  const atPlace = old[Math.min(index, old.length - 1)] as StoredSegment;
  if (first === undefined) return atPlace;
  let best = atPlace;
  let most = 0;
  for (const candidate of old) {
    const { startMs, endMs } = candidate.segment;
    const count = words.filter((word) => word.startMs >= startMs && word.startMs < endMs).length;
    if (count > most) {
      best = candidate;
      most = count;
    }
  }
  return best;
}

/** Text that a person has edited is not the machine's loop or guess. */
function judged(before: Segment, words: readonly Word[]): Pick<Segment, 'flags' | 'confidence'> {
  const lengths = words.reduce((sum, word) => sum + word.text.length, 0);
  const weighted = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0);
  return {
    flags: before.flags.filter((flag) => flag === 'overlap' || flag === 'unsureSpeaker'),
    confidence: lengths === 0 ? before.confidence : Math.min(1, weighted / lengths),
  };
}

function newSegment({ id, channel, windowIndex, origins }: StoredSegment, segment: Segment): NewSegment {
  return { id, channel, windowIndex, origins, segment };
}
