import { v7 as newId } from 'uuid';
import type { JobState } from '../../contract/job.ts';
import type { Connection } from '../../core/database/connection.db.ts';
import { type JobPhase, windowIds } from '../contract/flow.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';

/** A job's row, as far as it is about flows. */
export interface FlowJob {
  readonly id: string;
  readonly tenantId: string;
  readonly state: JobState;
  readonly position: number;
  readonly failureCode: string | null;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
  readonly phase: JobPhase;
  readonly parentId: string | null;
}

/** No worker gives signs of life for a recording whose windows are transcribed: its lease does not end. */
const NO_END_MS = Number.MAX_SAFE_INTEGER;

/** A window that has not ended well. */
const UNDONE = `parent_id = @jobId AND state <> 'done'`;

/**
 * What the state of a divided recording's job and those of its windows mean to each other. Each method is part of a transaction of
 * `OfficeJobs`, and follows what was just done there.
 */
export class OfficeFlows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * The windows of a recording that was divided are queued, right behind it, and its own job runs without a worker until they have
   * ended.
   */
  divided({ id, tenantId, position, createdAtMs }: FlowJob, windows: number): void {
    for (const [index, windowId] of windowIds(id, windows).entries()) {
      this.#connection.run(
        `INSERT INTO jobs (id, tenant_id, state, position, created_at_ms, phase, parent_id)
         VALUES (@windowId, @tenantId, 'queued', @position, @createdAtMs, 'window', @id) ON CONFLICT DO NOTHING`,
        // Between the recording and the one behind it, whose positions are at least one apart.
        { windowId, tenantId, position: position + (index + 1) / (windows + 1), createdAtMs, id },
      );
    }
    this.#connection.run('UPDATE jobs SET windows = @windows WHERE id = @id', { windows, id });
    this.#goOn(id);
  }

  /** A window has ended: the last one lets its recording be stitched, and one that failed for good fails it. */
  windowEnded({ parentId, state, failureCode, finishedAtMs }: FlowJob): void {
    if (parentId === null) return;
    if (state === 'failed') this.#fail(parentId, failureCode, finishedAtMs);
    else if (state === 'done' && !this.#hasUndone(parentId)) {
      this.#connection.run(
        `UPDATE jobs SET state = 'queued', phase = 'stitch', attempt_id = NULL, lease_until_ms = NULL
         WHERE id = @parentId AND phase = 'windows'`,
        { parentId },
      );
    }
  }

  /** The windows of a recording that was paused or cancelled are so too; what is done of them stays. */
  takenBack(jobId: string, state: 'paused' | 'cancelled'): void {
    this.#connection.run(
      `UPDATE jobs SET state = @state, attempt_id = NULL, lease_until_ms = NULL, retry_at_ms = NULL WHERE ${UNDONE}`,
      { jobId, state },
    );
  }

  /** A recording that was queued again goes on with those of its windows that are not done, or is divided anew if their texts are lost. */
  queuedAgain({ id, phase, failureCode }: FlowJob): void {
    const isLost = failureCode !== null && DIVIDED_ANEW.has(failureCode);
    if (phase === 'windows' && !isLost) {
      this.#connection.run(
        `UPDATE jobs SET state = 'queued', attempts = 0, failure_code = NULL, finished_at_ms = NULL
         WHERE parent_id = @jobId AND state IN ('paused', 'cancelled', 'failed')`,
        { jobId: id },
      );
      this.#goOn(id);
    } else if (isLost && (phase === 'windows' || phase === 'stitch')) {
      this.removeWindows(id);
      this.#connection.run(`UPDATE jobs SET phase = 'recording' WHERE id = @id`, { id });
    }
  }

  /** Forgets the windows of a recording. */
  removeWindows(jobId: string): void {
    this.#connection.run('DELETE FROM jobs WHERE parent_id = @jobId', { jobId });
    this.#connection.run('UPDATE jobs SET windows = 0 WHERE id = @jobId', { jobId });
  }

  #goOn(jobId: string): void {
    this.#connection.run(
      `UPDATE jobs SET state = 'running', phase = 'windows', attempt_id = @attemptId, lease_until_ms = ${NO_END_MS},
         finished_at_ms = NULL WHERE id = @jobId`,
      { jobId, attemptId: newId() },
    );
  }

  #fail(jobId: string, failureCode: string | null, atMs: number | null): void {
    this.takenBack(jobId, 'cancelled');
    this.#connection.run(
      `UPDATE jobs SET state = 'failed', attempt_id = NULL, lease_until_ms = NULL, failure_code = @failureCode,
         attempts = attempts + 1, finished_at_ms = @atMs WHERE id = @jobId`,
      { jobId, failureCode, atMs },
    );
  }

  #hasUndone(jobId: string): boolean {
    return this.#connection.one(`SELECT 1 AS undone FROM jobs WHERE ${UNDONE} LIMIT 1`, { jobId }) !== null;
  }
}

/** Failures that further tries of the same windows cannot mend: the store has them no more, or the workers have another model. */
const DIVIDED_ANEW: ReadonlySet<string> = new Set<OfficeErrorCode>([
  'object.gone',
  'envelope.damaged',
  'envelope.otherObject',
  'windows.missing',
  'worker.otherModel',
]);
