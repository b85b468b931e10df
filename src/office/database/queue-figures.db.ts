import { JobState } from '../../contract/job.ts';
import { isUnfinished } from '../../contract/job-states.ts';
import type { Connection } from '../../core/database/connection.db.ts';

/** What the rows tell of the queue as a whole. */
export interface QueueFigures {
  /** How many jobs are in each state but `done` and `cancelled`, which only grow: `failed` ones are the dead letters. */
  readonly jobs: Readonly<Partial<Record<JobState, number>>>;
  /** When the job was queued that waits longest; null if none waits. */
  readonly oldestQueuedAtMs: number | null;
}

/** States that are counted: looking up the others would take longer with every job ever done. */
const COUNTED = JobState.options.filter((state) => isUnfinished(state) || state === 'failed');

/** Counts jobs, each state by the index of states. */
export class QueueFigureRows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  read(): QueueFigures {
    const count = (state: JobState) =>
      this.#connection.one<{ n: number }>('SELECT count(*) AS n FROM jobs WHERE state = @state', { state })
        ?.n ?? 0;
    const oldest = this.#connection.one<{ atMs: number | null }>(
      "SELECT min(queued_at_ms) AS atMs FROM jobs WHERE state = 'queued'",
    );
    return {
      jobs: Object.fromEntries(COUNTED.map((state) => [state, count(state)])),
      oldestQueuedAtMs: oldest?.atMs ?? null,
    };
  }
}
