import type { Connection } from '../../core/database/connection.db.ts';

/**
 * Turns between tenants, by start-time fair queueing (Goyal, Vin, Cheng: Start-time Fair Queueing, SIGCOMM 1996, section 2): a
 * tenant's next job has the start tag S = max(v, F), where v is the start tag of the job that was begun last, of whatever
 * tenant, and F the finish tag of the tenant's own last one; it gets F = S + 1 / weight. The smallest start tag is next. So among
 * tenants that have jobs waiting each gets turns by its weight, however many it has, and one that comes anew waits for no backlog and
 * saves up nothing while it has none. Jobs cost the same, whatever their length: nobody knows it before. Start tags are
 * computed when a turn is given, which is the same: a tenant that comes anew is at v, and v is the smallest of all.
 */
export class FairTurns {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Gives the next turn; returns the id of the first queued job of the tenant who has it, null if no job is queued. Part of a transaction. */
  next(): string | null {
    const next = this.#connection.one<{ tenantId: string; jobId: string; startTag: number; weight: number }>(
      `SELECT turns.tenant_id AS tenantId, jobs.id AS jobId, ifnull(weight, 1) AS weight,
         max(finish_tag, (SELECT max(start_tag) FROM turns)) AS startTag
       FROM turns LEFT JOIN tenants ON tenants.id = turns.tenant_id
       JOIN jobs ON jobs.id =
         (SELECT id FROM jobs WHERE tenant_id = turns.tenant_id AND state = 'queued' ORDER BY position LIMIT 1)
       ORDER BY startTag, jobs.position LIMIT 1`,
    );
    if (next === null) return null;
    const { tenantId, jobId, startTag, weight } = next;
    this.#connection.run(
      'UPDATE turns SET start_tag = @startTag, finish_tag = @finishTag WHERE tenant_id = @tenantId',
      { tenantId, startTag, finishTag: startTag + 1 / weight },
    );
    return jobId;
  }
}
