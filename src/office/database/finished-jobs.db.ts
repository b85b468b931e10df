import type { Connection } from '../../core/database/connection.db.ts';

/** A job that is done. */
export interface FinishedJob {
  readonly jobId: string;
  readonly finishedAtMs: number;
}

/** Lists jobs that are done: those of whole recordings. */
export class FinishedJobs {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** So many finished jobs of a tenant that ended after this one, in the order of their ends; from the first for null. */
  after(tenantId: string, after: FinishedJob | null, limit: number): FinishedJob[] {
    const { finishedAtMs: afterMs, jobId: afterId } = after ?? { finishedAtMs: -1, jobId: '' };
    const sql = `SELECT id AS jobId, finished_at_ms AS finishedAtMs FROM jobs
      WHERE tenant_id = @tenantId AND state = 'done' AND parent_id IS NULL AND (finished_at_ms, id) > (@afterMs, @afterId)
      ORDER BY finished_at_ms, id LIMIT @limit`;
    return this.#connection.all<FinishedJob>(sql, { tenantId, afterMs, afterId, limit });
  }
}
