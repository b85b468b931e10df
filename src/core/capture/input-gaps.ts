import type { CaptureInput } from '../../contract/capture.ts';
import type { CaptureGap } from '../database/captures/captures.db.ts';

/** A range of one input for which no sound arrived. */
export interface InputGap extends CaptureGap {
  readonly input: CaptureInput;
}

interface Range {
  readonly input: CaptureInput;
  readonly start: number;
  end: number;
  readonly reason: CaptureGap['reason'];
}

/** Collects the gaps of a recording; what adjoins a gap of the same kind makes that one longer. */
export class InputGaps {
  readonly #rate: number;
  readonly #last = new Map<CaptureInput, Range>();
  readonly #changed = new Set<Range>();

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Adds samples `start` to `end` of an input. */
  add(input: CaptureInput, start: number, end: number, reason: CaptureGap['reason']): void {
    if (end <= start) return;
    let range = this.#last.get(input);
    if (range?.end === start && range.reason === reason) range.end = end;
    else range = { input, start, end, reason };
    this.#last.set(input, range);
    this.#changed.add(range);
  }

  /** Those that came or grew since the last call. */
  take(): InputGap[] {
    const toMs = (sample: number) => Math.round((sample * 1000) / this.#rate);
    const gaps = [...this.#changed].map(({ input, start, end, reason }) => ({
      input,
      startMs: toMs(start),
      endMs: toMs(end),
      reason,
    }));
    this.#changed.clear();
    return gaps;
  }
}
