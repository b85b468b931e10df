import type { Span } from '../../../contract/audio.ts';

/** The share of each step in the work of a job. */
export interface WeighedStep {
  readonly name: string;
  /** Relative to the others'. */
  readonly weight: number;
}

interface StepShare {
  readonly weight: number;
  done: number;
  untilMs: number;
}

/** Adds up how far the steps of a job are, each by its weight. No step's share falls. */
export class StepShares {
  readonly #steps: ReadonlyMap<string, StepShare>;

  constructor(steps: readonly WeighedStep[]) {
    this.#steps = new Map(
      steps.map(({ name, weight }) => [name, { weight, done: 0, untilMs: Number.NEGATIVE_INFINITY }]),
    );
  }

  /** This share of a step is done, 0 to 1. */
  done(name: string, share: number): void {
    const step = this.#step(name);
    step.done = Math.max(step.done, share);
  }

  /** A step is done with the recording up to this time. */
  doneUntil(name: string, recordingMs: number): void {
    const step = this.#step(name);
    step.untilMs = Math.max(step.untilMs, recordingMs);
  }

  /** How much of a step is done, 0 to 1, for a job about this range of its recording. */
  shareOf(name: string, range: Span): number {
    return shareOf(this.#step(name), range);
  }

  /** How much of all the work is done, 0 to 1, for a job about this range of its recording. */
  total(range: Span): number {
    let done = 0;
    let all = 0;
    for (const step of this.#steps.values()) {
      done += step.weight * shareOf(step, range);
      all += step.weight;
    }
    return all === 0 ? 0 : done / all;
  }

  #step(name: string): StepShare {
    const step = this.#steps.get(name);
    if (step === undefined) throw new Error(`There is no step ${name}`);
    return step;
  }
}

function shareOf({ done, untilMs }: StepShare, { startMs, endMs }: Span): number {
  const reached = (Math.min(untilMs, endMs) - startMs) / (endMs - startMs);
  return Math.max(done, Math.min(1, reached));
}
