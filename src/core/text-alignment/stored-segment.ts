import type { Segment } from '../../contract/transcript.ts';

/** A segment that an edit inserts. */
export interface NewSegment {
  /** A UUID assigned at its creation: the same in every version that has the segment, whatever its text is there. */
  readonly id: string;
  /** Which window of which channel it came from. */
  readonly channel: number;
  readonly windowIndex: number;
  /** The ids of the machine's segments it replaces. */
  readonly origins: readonly string[];
  readonly segment: Segment;
}

/** A segment of a version. One that was never edited is its own origin. */
export interface StoredSegment extends NewSegment {
  /** Whether the user has edited it. */
  readonly edited: boolean;
}

/** One range that an edit changes: the segments of these ids are replaced by those. */
export interface NewChange {
  readonly removed: readonly string[];
  readonly inserted: readonly NewSegment[];
  /** The machine's segments, by their ids, that are restored. */
  readonly restored?: readonly string[];
}
