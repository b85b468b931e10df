/** A speaker being assigned while playback goes on: from the segment of the key press until the next press. */
export interface SpeakerRun {
  readonly speaker: string;
  /** The place of the last segment that was assigned. */
  readonly lastIndex: number;
}

/** What playback's arrival at a segment means for a run. */
export interface SpeakerRunStep {
  /** Places of the segments to assign now, in order. */
  readonly assign: readonly number[];
  /** How the run goes on; null where it has ended, since playback has jumped. */
  readonly run: SpeakerRun | null;
}

/** Segments that playback may pass between two looks; more is a jump. */
const LONGEST_STRIDE = 8;

/** Goes on with a run when playback is in the segment at `index`. */
export function stepSpeakerRun(run: SpeakerRun, index: number): SpeakerRunStep {
  const stride = index - run.lastIndex;
  if (stride === 0) return { assign: [], run };
  if (stride < 0 || stride > LONGEST_STRIDE) return { assign: [], run: null };
  const assign = Array.from({ length: stride }, (_, offset) => run.lastIndex + 1 + offset);
  return { assign, run: { ...run, lastIndex: index } };
}
