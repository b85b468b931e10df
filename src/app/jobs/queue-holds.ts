import type { Engine } from '../../core/engine/engine.ts';

/** A hold of the queue: while there is one, no job runs but those that it names. */
export interface QueueHold {
  /** The ids of the jobs that may run meanwhile, on an engine of their own. */
  readonly only: () => readonly string[];
}

/** The holds of a queue, and the engine that runs jobs while there are any: launched when a job needs it. */
export class QueueHolds {
  readonly #launch: () => Engine;
  readonly #holds = new Set<QueueHold>();
  #engine: Engine | null = null;

  /** @param launch makes an engine whose process gets only the time that others leave. */
  constructor(launch: () => Engine) {
    this.#launch = launch;
  }

  get isHeld(): boolean {
    return this.#holds.size > 0;
  }

  add(hold: QueueHold): void {
    this.#holds.add(hold);
  }

  delete(hold: QueueHold): void {
    this.#holds.delete(hold);
  }

  /** Whether a job may run while the queue is held. */
  allows(jobId: string): boolean {
    return [...this.#holds].some((hold) => hold.only().includes(jobId));
  }

  /** The engine for jobs that run while the queue is held. */
  get engine(): Engine {
    this.#engine ??= this.#launch();
    return this.#engine;
  }

  /** Ends that engine, if it was launched. No job may be running on it. */
  async endEngine(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    await engine?.close();
  }
}
