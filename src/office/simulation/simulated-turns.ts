/**
 * Whose job is begun next, by the rule of `office/database/fair-turns.db.ts`, which reads it from rows: a test compares both.
 * Jobs are numbered in the order of their arrival; every tenant has the same weight.
 */
export class SimulatedTurns {
  readonly #jobs: number[][];
  readonly #begun: number[];
  readonly #finishTags: number[];
  #startTag = 0;

  constructor(tenants: number) {
    this.#jobs = Array.from({ length: tenants }, () => []);
    this.#begun = Array<number>(tenants).fill(0);
    this.#finishTags = Array<number>(tenants).fill(0);
  }

  add(job: number, tenant: number): void {
    this.#jobs[tenant]?.push(job);
  }

  /** The next job, taken; null if none waits. */
  next(): number | null {
    let first: { job: number; tenant: number; startTag: number } | null = null;
    for (const [tenant, jobs] of this.#jobs.entries()) {
      const job = jobs[this.#begun[tenant] ?? 0];
      if (job === undefined) continue;
      const startTag = Math.max(this.#finishTags[tenant] ?? 0, this.#startTag);
      if (first === null || startTag < first.startTag || (startTag === first.startTag && job < first.job)) {
        first = { job, tenant, startTag };
      }
    }
    if (first === null) return null;
    this.#startTag = first.startTag;
    this.#finishTags[first.tenant] = first.startTag + 1;
    this.#begun[first.tenant] = (this.#begun[first.tenant] ?? 0) + 1;
    return first.job;
  }
}
