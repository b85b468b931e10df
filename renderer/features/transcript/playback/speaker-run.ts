/** A speaker being assigned while playback goes on: from the segment of the key press until the next press. */
export interface SpeakerRun {
  readonly speaker: string;
  /** Index of the last segment that was assigned. */
  readonly lastIndex: number;
}

/** What playback's arrival at a segment does to a run. */
export interface SpeakerRunStep {
  /** Indexes of the segments to assign, in order. */
  readonly assign: readonly number[];
  /** The run's next state; null if it has ended, since playback has jumped. */
  readonly run: SpeakerRun | null;
}

/** Segments that playback may pass between updates; more is a jump. */
const LONGEST_STRIDE = 8;

/** Continues a run when playback is in the segment at `index`. */
export function stepSpeakerRun(run: SpeakerRun, index: number): SpeakerRunStep {
  const stride = index - run.lastIndex;
  if (stride === 0) return { assign: [], run };
  if (stride < 0 || stride > LONGEST_STRIDE) return { assign: [], run: null };
  const assign = Array.from({ length: stride }, (_, offset) => run.lastIndex + 1 + offset);
  return { assign, run: { ...run, lastIndex: index } };
}
