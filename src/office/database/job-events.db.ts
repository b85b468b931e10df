import type { ReadableConnection } from '../../core/database/connection.db.ts';
import type { JobEventData } from '../contract/events-api.ts';
import { PROGRESS } from './office-jobs.db.ts';

/** A change of a job's state. */
export interface JobEvent extends JobEventData {
  /** Counts the events of one tenant, from 1, without a hole. */
  readonly sequence: number;
}

/** How far a running job is. */
export interface JobProgress {
  readonly jobId: string;
  readonly tenantId: string;
  /** 0 to 1. */
  readonly progress: number;
}

/** The latest changes of jobs, as triggers wrote them, and how far running ones are. */
export class JobEvents {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The number of a tenant's last event; 0 if there was none. */
  last(tenantId: string): number {
    const sql = 'SELECT ifnull(max(sequence), 0) AS last FROM job_events WHERE tenant_id = @tenantId';
    return this.#connection.one<{ last: number }>(sql, { tenantId })?.last ?? 0;
  }

  /** A tenant's events after one of this number, in their order, the first so many of those that are still kept. */
  after(tenantId: string, sequence: number, limit: number): JobEvent[] {
    return this.#connection.all<JobEvent>(
      `SELECT sequence, job_id AS jobId, state, failure_code AS failureCode, at_ms AS atMs FROM job_events
       WHERE tenant_id = @tenantId AND sequence > @sequence ORDER BY sequence LIMIT @limit`,
      { tenantId, sequence, limit },
    );
  }

  /** How far the running jobs of all tenants are, where their workers have told. */
  progress(): JobProgress[] {
    return this.#connection.all<JobProgress>(
      `SELECT * FROM (SELECT id AS jobId, tenant_id AS tenantId, ${PROGRESS} AS progress FROM jobs
         WHERE state = 'running' AND parent_id IS NULL) WHERE progress IS NOT NULL`,
    );
  }
}
