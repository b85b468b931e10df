import type { SpeakerCount } from '../../contract/speakers.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { SpeakerTurn } from './speaker-turns.ts';
import { TurnIndex } from './turn-index.ts';

/** What the labels of a text are told by. */
export type LabelledSegment = Pick<Segment, 'startMs' | 'endMs' | 'speaker' | 'words'>;

/** The speakers of a diarization, before they have labels. */
export interface UnnamedSpeakers {
  readonly turns: readonly SpeakerTurn[];
  /** Per speaker, the name of the known voice that it was recognised as; null if it was not. */
  readonly names: readonly (string | null)[];
  /** The number that was asked for. */
  readonly count: SpeakerCount | null;
}

/** A label that no user gave. */
export const NUMBERED = /^Speaker \d+$/;

/** A label is a speaker's if so much of the time of one of them belongs to the other. */
const LEAST_SHARE = 0.5;

/**
 * The labels of a diarization's speakers in a text. A speaker keeps the label that the text gives to most of its words, so
 * that names that users gave survive; otherwise it is named as the known voice that it was recognised as, or else gets the
 * first number that is free, in the order of their first words. No two get the same. A single person gets no number, unless a number of speakers was asked for.
 */
export function speakerLabels(
  { turns, names, count }: UnnamedSpeakers,
  segments: readonly LabelledSegment[],
): (string | null)[] {
  const carried = carriedLabels(turns, names.length, segments);
  const isNamed = (label: string | null | undefined) => label != null && !NUMBERED.test(label);
  const labels: (string | null)[] = names.map(() => null);
  const taken = new Set<string>();
  const give = (speaker: number, label: string | null) => {
    if (label === null || taken.has(label)) return;
    taken.add(label);
    labels[speaker] = label;
  };
  const isNameless = names.length <= 1 && (count === null || count.isLimit);
  for (const [speaker, label] of carried.entries()) if (isNamed(label)) give(speaker, label);
  for (const [speaker, name] of names.entries()) if (labels[speaker] === null) give(speaker, name);
  if (isNameless) return labels;
  for (const [speaker, label] of carried.entries()) if (labels[speaker] === null) give(speaker, label);
  for (const speaker of inOrderOfWords(turns, names.length, segments)) {
    if (labels[speaker] === null) give(speaker, freeLabel(taken));
  }
  return labels;
}

/** The label with the first number that is free. */
export function freeLabel(taken: ReadonlySet<string | null | undefined>): string {
  let number = 1;
  while (taken.has(`Speaker ${number}`)) number += 1;
  return `Speaker ${number}`;
}

/** All speakers in the order of their first words; those without any come last. */
function inOrderOfWords(
  turns: readonly SpeakerTurn[],
  speakers: number,
  segments: readonly LabelledSegment[],
): number[] {
  const index = new TurnIndex(turns);
  const found = new Set<number>();
  for (const { words, ...segment } of segments) {
    if (found.size === speakers) break;
    for (const { startMs, endMs } of words.length > 0 ? words : [segment]) {
      const [most] = index.overlapping(startMs, endMs);
      if (most !== undefined) found.add(most.turn.speaker);
    }
  }
  return [
    ...found,
    ...Array.from({ length: speakers }, (_, speaker) => speaker).filter((one) => !found.has(one)),
  ];
}

/**
 * The label, or none, that most of the words of each speaker's turns carry, by time; with `isNamed`, of those words that
 * carry one.
 */
export function mainLabels(
  turns: readonly SpeakerTurn[],
  speakers: number,
  segments: Iterable<LabelledSegment>,
  { isNamed = false }: { isNamed?: boolean } = {},
): (string | null)[] {
  return labelTimes(turns, speakers, segments).map((times) => {
    if (isNamed) times.delete(null);
    const [most] = [...times].sort(([, a], [, b]) => b - a);
    return most?.[0] ?? null;
  });
}

/** The labels that speakers keep, each of one of them: see `speakerLabels`. */
function carriedLabels(
  turns: readonly SpeakerTurn[],
  speakers: number,
  segments: Iterable<LabelledSegment>,
): (string | null)[] {
  const times = labelTimes(turns, speakers, segments);
  const ofLabels = new Map<string, number>();
  const pairs = times.flatMap((ofSpeaker, speaker) =>
    [...ofSpeaker].flatMap(([label, timeMs]) => (label === null ? [] : [{ speaker, label, timeMs }])),
  );
  for (const { label, timeMs } of pairs) ofLabels.set(label, (ofLabels.get(label) ?? 0) + timeMs);
  const labelledMs = (speaker: number) =>
    pairs.reduce((sum, pair) => sum + (pair.speaker === speaker ? pair.timeMs : 0), 0);
  const belongs = ({ speaker, label, timeMs }: (typeof pairs)[number]) =>
    timeMs >= LEAST_SHARE * labelledMs(speaker) || timeMs >= LEAST_SHARE * (ofLabels.get(label) ?? 0);
  const carried: (string | null)[] = times.map(() => null);
  const taken = new Set<string>();
  for (const pair of pairs.toSorted((a, b) => b.timeMs - a.timeMs || a.speaker - b.speaker)) {
    if (carried[pair.speaker] !== null || taken.has(pair.label) || !belongs(pair)) continue;
    carried[pair.speaker] = pair.label;
    taken.add(pair.label);
  }
  return carried;
}

/** Per speaker, how long its words carry each label. */
function labelTimes(
  turns: readonly SpeakerTurn[],
  speakers: number,
  segments: Iterable<LabelledSegment>,
): Map<string | null, number>[] {
  const index = new TurnIndex(turns);
  const times = Array.from({ length: speakers }, () => new Map<string | null, number>());
  for (const { speaker: label, words, ...segment } of segments) {
    for (const { startMs, endMs } of words.length > 0 ? words : [segment]) {
      const [most] = index.overlapping(startMs, endMs);
      if (most === undefined) continue;
      const ofSpeaker = times[most.turn.speaker];
      ofSpeaker?.set(label, (ofSpeaker.get(label) ?? 0) + most.sharedMs);
    }
  }
  return times;
}
