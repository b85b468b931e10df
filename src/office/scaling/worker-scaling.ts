import { OfficeError } from '../contract/office-errors.ts';
import type { ScalingState } from '../contract/scaling-api.ts';
import { nextWanted, type ScalingSettings, type WantedWorkers } from './scaling-policy.ts';

/** What the policy is asked with. */
export interface WorkerScalingParts {
  readonly settings: ScalingSettings;
  /** How many jobs a worker could begin now. */
  readonly depth: () => number;
  /** The workers that live. */
  readonly workers: { readonly taking: number };
  /** After so long every worker that lives has said so. */
  readonly leaseMs: number;
  readonly now?: () => number;
}

/**
 * How many workers the gateway wants, by the policy. It keeps that in memory alone: a gateway that starts anew wants as many as there
 * are, and does not tell before it knows them.
 */
export class WorkerScaling {
  readonly #parts: WorkerScalingParts;
  readonly #now: () => number;
  readonly #startedAtMs: number;
  #wanted: WantedWorkers | null = null;

  constructor(parts: WorkerScalingParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
    this.#startedAtMs = this.#now();
  }

  /** Asks the policy. Throws `scaling.notYet` within a lease of the start. */
  state(): ScalingState {
    const { settings, workers: live, leaseMs } = this.#parts;
    const nowMs = this.#now();
    if (nowMs < this.#startedAtMs + leaseMs) throw new OfficeError('scaling.notYet');
    const [depth, workers] = [this.#parts.depth(), live.taking];
    this.#wanted = nextWanted(this.#wanted ?? { workers, changedAtMs: nowMs }, depth, nowMs, settings);
    const depthPerWorker = depth / Math.max(1, workers);
    return { depth, workers, depthPerWorker, wantedWorkers: this.#wanted.workers };
  }
}
