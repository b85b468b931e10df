import type { Segment, SegmentFlag, Word } from '../../contract/transcript.ts';
import { type SpeakerTurn, UNSURE_BELOW } from './speaker-turns.ts';
import { TurnIndex } from './turn-index.ts';

/** A word outside all turns belongs to one that is this near, else to the speaker of the words beside it. */
const NEAR_MS = 500;

/** A word during which a second speaker talks for at least this share of it is overlapped. */
const OVERLAPPED_SHARE = 0.5;

/** Who speaks one word. */
interface SpokenWord {
  readonly word: Word;
  /** Null if no turn is near. */
  readonly turn: SpeakerTurn | null;
  readonly isOverlapped: boolean;
}

/**
 * Gives segments their speakers: each word gets the speaker of the turn that it overlaps most, and a segment is split
 * where the speaker changes. Words keep their times and segments their texts, divided between words. `labels` names a
 * speaker; null leaves it unnamed. Sets `overlap` where somebody else talks during a word and `unsureSpeaker` where a
 * turn is uncertain; earlier flags of these two are replaced. Segments without words are treated as one word.
 */
export function speakersOfSegments(
  segments: readonly Segment[],
  turns: readonly SpeakerTurn[],
  labels: (speaker: number) => string | null,
): Segment[] {
  const index = new TurnIndex(turns);
  return segments.flatMap((segment) => partsBySpeaker(segment, index, labels));
}

/** The parts of one segment, each with its speaker: see `speakersOfSegments`. */
export function partsBySpeaker(
  segment: Segment,
  index: TurnIndex,
  labels: (speaker: number) => string | null,
): Segment[] {
  const spoken = withNeighbours(wordsOf(segment).map((word) => speakerOfWord(word, index)));
  const groups = groupedByLabel(spoken, labels);
  const texts = dividedText(segment, groups);
  return groups.map((group, i) => ({
    ...segment,
    ...(groups.length === 1 ? {} : timesOf(segment, groups, i)),
    text: groups.length === 1 ? segment.text : (texts[i] ?? segment.text),
    speaker: labelOf(group, labels),
    flags: flagsOf(segment, group),
    words: segment.words.length === 0 ? [] : group.map(({ word }) => word),
  }));
}

function wordsOf(segment: Segment): readonly Word[] {
  if (segment.words.length > 0) return segment.words;
  const { startMs, endMs, text, confidence } = segment;
  return [{ startMs, endMs, text, confidence }];
}

function speakerOfWord(word: Word, index: TurnIndex): SpokenWord {
  const shares = index.overlapping(word.startMs, word.endMs);
  const [most, second] = shares;
  if (most === undefined) {
    return { word, turn: index.nearest(word.startMs, word.endMs, NEAR_MS), isOverlapped: false };
  }
  const neededMs = Math.max(1, (word.endMs - word.startMs) * OVERLAPPED_SHARE);
  return { word, turn: most.turn, isOverlapped: second !== undefined && second.sharedMs >= neededMs };
}

/** Words without a turn join the word before, or the first one after that has a turn. */
function withNeighbours(words: readonly SpokenWord[]): SpokenWord[] {
  const filled: SpokenWord[] = [];
  let turn = words.find((word) => word.turn !== null)?.turn ?? null;
  for (const word of words) {
    turn = word.turn ?? turn;
    filled.push({ ...word, turn });
  }
  return filled;
}

function groupedByLabel(
  words: readonly SpokenWord[],
  labels: (speaker: number) => string | null,
): SpokenWord[][] {
  const groups: SpokenWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group !== undefined && labelOf(group, labels) === labelOf([word], labels)) group.push(word);
    else groups.push([word]);
  }
  return groups;
}

/** The segment's text cut before the first word of each group; nothing of it is lost. */
function dividedText(segment: Segment, groups: readonly SpokenWord[][]): string[] {
  const cuts: number[] = [];
  let at = 0;
  for (const group of groups) {
    cuts.push(at);
    for (const { word } of group) {
      const found = segment.text.indexOf(word.text, at);
      if (found >= 0) {
        if (word === group[0]?.word && cuts.length > 1) cuts[cuts.length - 1] = found;
        at = found + word.text.length;
      }
    }
  }
  const texts = cuts.map((cut, i) => segment.text.slice(cut, cuts[i + 1]).trim());
  // An edited text may not hold its words; every segment needs some text.
  return texts.every((text) => text !== '')
    ? texts
    : groups.map((group) => group.map(({ word }) => word.text).join(' '));
}

function timesOf(segment: Segment, groups: readonly SpokenWord[][], i: number) {
  const group = groups[i] ?? [];
  const startMs = i === 0 ? segment.startMs : (group[0]?.word.startMs ?? segment.startMs);
  const endMs = i === groups.length - 1 ? segment.endMs : (group.at(-1)?.word.endMs ?? segment.endMs);
  return { startMs, endMs: Math.max(startMs, endMs) };
}

function labelOf(group: readonly SpokenWord[], labels: (speaker: number) => string | null): string | null {
  const turn = group[0]?.turn;
  return turn === null || turn === undefined ? null : labels(turn.speaker);
}

function flagsOf(segment: Segment, group: readonly SpokenWord[]): SegmentFlag[] {
  const flags: SegmentFlag[] = segment.flags.filter((flag) => flag !== 'overlap' && flag !== 'unsureSpeaker');
  if (group.some(({ isOverlapped }) => isOverlapped)) flags.push('overlap');
  if (group.some(({ turn }) => turn !== null && turn.certainty < UNSURE_BELOW)) flags.push('unsureSpeaker');
  return flags;
}
