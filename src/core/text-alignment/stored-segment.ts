import type { Segment } from '../../contract/transcript.ts';

/** A segment that an edit puts in. */
export interface NewSegment {
  /** A UUID that it was given at birth: the same in every version that holds the segment, whatever its text is there. */
  readonly id: string;
  /** Which window of which channel it came from. */
  readonly channel: number;
  readonly windowIndex: number;
  /** The ids of the machine's segments it stands for. */
  readonly origins: readonly string[];
  readonly segment: Segment;
}

/** A segment of a version. One that was never edited has itself for its origin. */
export interface StoredSegment extends NewSegment {
  /** Whether the user made it what it is. */
  readonly edited: boolean;
}

/** One range that an edit changes: the segments of these ids go, those stand there instead. */
export interface NewChange {
  readonly removed: readonly string[];
  readonly inserted: readonly NewSegment[];
  /** The machine's segments, by their ids, that come back. */
  readonly restored?: readonly string[];
}
