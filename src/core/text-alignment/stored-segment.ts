import type { Segment } from '../../contract/transcript.ts';

/** A segment with its place: which window of which channel it came from. */
export interface StoredSegment {
  readonly id: number;
  /** How edits name it. Stays the same while its text is edited. */
  readonly key: string;
  /** The ids of the machine's segments it stands for: its own, unless it was edited. */
  readonly origins: readonly number[];
  /** Whether the user made it what it is. */
  readonly edited: boolean;
  readonly channel: number;
  readonly windowIndex: number;
  readonly segment: Segment;
}

/** A segment that an edit puts in. */
export interface NewSegment {
  readonly key: string;
  readonly channel: number;
  readonly windowIndex: number;
  /** The ids of the machine's segments it stands for. */
  readonly origins: readonly number[];
  readonly segment: Segment;
}

/** One stretch that an edit changes: the segments of these keys go, those stand there instead. */
export interface NewChange {
  readonly removed: readonly string[];
  readonly inserted: readonly NewSegment[];
  /** The machine's segments, by their ids, that come back. */
  readonly restored?: readonly number[];
}
