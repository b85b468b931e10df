import type { TextPassage } from '../../contract/existing-text.ts';
import type { Segment } from '../../contract/transcript.ts';
import { normalText } from '../text-alignment/split-words.ts';
import { type PlacedWord, STRETCH_WORDS } from './place-words.ts';
import { mostFrequent, type Sound, type TextWord } from './text-words.ts';

/** A segment of an existing text, and the channel that most of its words were heard in. */
export interface PlacedSegment {
  readonly channel: number;
  readonly segment: Segment;
}

const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u;
/** A segment ends at such a pause, and after so many words even in the middle of a sentence. */
const PAUSE_MS = 2_000;
const MOST_WORDS = 60;

/**
 * The segments of a text whose words have times: a sentence each, or a subtitle. A stretch for which nothing was heard is
 * a segment of its own, with a flag.
 */
export function textSegments(
  passages: readonly TextPassage[],
  words: readonly TextWord[],
  placed: readonly PlacedWord[],
  { language }: Pick<Sound, 'language'>,
): { segments: PlacedSegment[]; notHeard: number } {
  const isStretch = stretches(placed);
  const groups: number[][] = [];
  placed.forEach((word, index) => {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group === undefined || last === undefined || isApart(last, index, group.length)) groups.push([index]);
    else group.push(index);
    function isApart(before: number, at: number, length: number): boolean {
      if (words[before]?.passage !== words[at]?.passage) return true;
      if (isStretch[before] !== isStretch[at]) return true;
      const passage = passages[words[at]?.passage ?? 0];
      if (passage?.startMs != null && passage.endMs != null) return false;
      if (length >= MOST_WORDS || word.startMs - (placed[before]?.endMs ?? 0) > PAUSE_MS) return true;
      return SENTENCE_END.test(placed[before]?.text ?? '');
    }
  });
  const lines = passages.map(({ text }) => normalText(text));
  let channel = 0;
  let spoken = language;
  const segments = groups.map((group): PlacedSegment => {
    const own = group.map((index) => placed[index] as PlacedWord);
    const found = own.flatMap(({ heard }) => (heard === null ? [] : [heard]));
    channel = mostFrequent(found.map((word) => word.channel)) ?? channel;
    spoken = mostFrequent(found.map((word) => word.language)) ?? spoken;
    const [first, last] = [words[group[0] ?? 0], words[group.at(-1) ?? 0]];
    const passage = passages[first?.passage ?? 0];
    const startMs = own[0]?.startMs ?? 0;
    return {
      channel,
      segment: {
        startMs,
        endMs: Math.max(startMs, ...own.map(({ endMs }) => endMs)),
        text: (lines[first?.passage ?? 0] ?? '').slice(first?.from, last?.to),
        speaker: passage?.speaker ?? mostFrequent(found.map(({ speaker }) => speaker)),
        language: spoken,
        confidence: own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length,
        flags: isStretch[group[0] ?? 0] === true ? ['notHeard'] : [],
        words: own.map(({ startMs: from, endMs, text, confidence }) => ({
          startMs: from,
          endMs,
          text,
          confidence,
        })),
      },
    };
  });
  const notHeard = isStretch.filter((is, index) => is && isStretch[index - 1] !== true).length;
  return { segments, notHeard };
}

/** Whether each word is in a stretch of some words for which nothing was heard. */
function stretches(placed: readonly PlacedWord[]): boolean[] {
  const isStretch: boolean[] = new Array(placed.length).fill(false);
  for (let from = 0; from < placed.length; ) {
    let to = from;
    while (placed[to]?.isUnheard === true) to += 1;
    if (to - from >= STRETCH_WORDS) isStretch.fill(true, from, to);
    from = Math.max(to, from + 1);
  }
  return isStretch;
}
