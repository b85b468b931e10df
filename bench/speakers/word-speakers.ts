import type { Turn } from './rttm-file.ts';

/** A word of a transcript with the speaker whom the transcript names. */
export interface SpokenWord {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string;
}

/** How many words got the right speaker. Words in whose middle the reference has nobody count nowhere but in `outside`. */
export interface WordSpeakers {
  /** Words where one speaks, and how many of them are that one's. */
  readonly single: number;
  readonly singleRight: number;
  /** Words where several speak, and how many of them are one of theirs. */
  readonly overlapped: number;
  readonly overlappedRight: number;
  readonly outside: number;
}

/** Compares the speaker of each word with who speaks in the word's middle. `mapping` is that of the turns. */
export function wordSpeakers(
  reference: readonly Turn[],
  words: readonly SpokenWord[],
  mapping: ReadonlyMap<string, string>,
): WordSpeakers {
  const counts = { single: 0, singleRight: 0, overlapped: 0, overlappedRight: 0, outside: 0 };
  for (const { startMs, endMs, speaker } of words) {
    const middleMs = (startMs + endMs) / 2;
    const said = new Set(
      reference
        .filter((turn) => turn.startMs <= middleMs && middleMs < turn.endMs)
        .map((turn) => turn.speaker),
    );
    const isRight = said.has(mapping.get(speaker) ?? '');
    if (said.size === 0) counts.outside += 1;
    else {
      counts[said.size === 1 ? 'single' : 'overlapped'] += 1;
      if (isRight) counts[said.size === 1 ? 'singleRight' : 'overlappedRight'] += 1;
    }
  }
  return counts;
}
