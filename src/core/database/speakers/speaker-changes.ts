import { isDeepStrictEqual } from 'node:util';
import { v7 as newId } from 'uuid';
import type { Segment } from '../../../contract/transcript.ts';
import type { SpeakerTurn } from '../../speakers/speaker-turns.ts';
import { partsBySpeaker } from '../../speakers/speakers-of-segments.ts';
import { TurnIndex } from '../../speakers/turn-index.ts';
import type { NewChange, StoredSegment } from '../../text-alignment/stored-segment.ts';

/** Turns, and the label of each of their speakers; null leaves it unnamed. */
export interface LabelledTurns {
  readonly turns: readonly SpeakerTurn[];
  readonly labels: readonly (string | null)[];
}

/** Puts the speakers of turns into segments. */
export class SegmentSpeakers {
  readonly #index: TurnIndex;
  readonly #labels: readonly (string | null)[];

  constructor({ turns, labels }: LabelledTurns) {
    // Where nobody has a label, nobody can be mistaken for another.
    const isNameless = labels.every((label) => label === null);
    this.#index = new TurnIndex(isNameless ? turns.map((turn) => ({ ...turn, certainty: 1 })) : turns);
    this.#labels = labels;
  }

  /** The parts of a segment, each with its speaker; null if nothing changes. */
  partsOf(segment: Segment): Segment[] | null {
    const parts = this.#partsOf(segment);
    return parts.length === 1 && isDeepStrictEqual(parts[0], segment) ? null : parts;
  }

  /** The segment in one piece, with the speaker of most of its text; null if nothing changes. */
  wholeOf(segment: Segment): Segment | null {
    const parts = this.#partsOf(segment);
    const [longest] = parts.toSorted((a, b) => b.text.length - a.text.length);
    const flags = [...new Set(parts.flatMap((part) => part.flags))];
    const whole = { ...segment, speaker: longest?.speaker ?? null, flags };
    return isDeepStrictEqual(whole, segment) ? null : whole;
  }

  #partsOf(segment: Segment): Segment[] {
    return partsBySpeaker(segment, this.#index, (speaker) => this.#labels[speaker] ?? null);
  }
}

/**
 * The changes that put speakers into segments of the current text. The first part of a segment that is split keeps its id,
 * and all of them have its origins.
 */
export function speakerChanges(segments: readonly StoredSegment[], speakers: SegmentSpeakers): NewChange[] {
  return segments.flatMap(({ id, channel, windowIndex, origins, segment }): NewChange[] => {
    const parts = speakers.partsOf(segment);
    if (parts === null) return [];
    const inserted = parts.map((part, index) => ({
      ...{ id: index === 0 ? id : newId(), channel, windowIndex, origins, segment: part },
    }));
    return [{ removed: [id], inserted }];
  });
}
