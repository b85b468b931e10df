import { SqliteConnection } from '../../core/database/connection.db.ts';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { OFFICE_MIGRATIONS } from '../database/office-tables.db.ts';

/** A change of a job's state, as it happened in its row. */
export interface StateChange {
  readonly jobId: string;
  readonly before: string;
  readonly after: string;
  /** The attempt that ran before the change; null if none did. */
  readonly attemptId: string | null;
}

/** Writes down within the gateway's own database, by a trigger, every change of a job's state, whoever makes it. For tests. */
export class AttemptAudit implements Disposable {
  readonly #connection: SqliteConnection;

  constructor({ file, key }: { file: string; key: Uint8Array }) {
    const handle = openEncryptedFile(file, key, { migrations: OFFICE_MIGRATIONS });
    handle.exec(`
      CREATE TABLE test_changes (job_id TEXT, before TEXT, after TEXT, attempt_id TEXT);
      CREATE TRIGGER test_audit AFTER UPDATE OF state ON jobs BEGIN
        INSERT INTO test_changes VALUES (new.id, old.state, new.state, old.attempt_id);
      END;`);
    this.#connection = new SqliteConnection(handle);
  }

  /** All changes so far, in their order. */
  changes(): StateChange[] {
    return this.#connection.all<StateChange>(
      'SELECT job_id AS jobId, before, after, attempt_id AS attemptId FROM test_changes ORDER BY rowid',
    );
  }

  /** How many jobs are in a state. */
  countIn(state: string): number {
    const sql = 'SELECT count(*) AS count FROM jobs WHERE state = @state';
    return this.#connection.one<{ count: number }>(sql, { state })?.count ?? 0;
  }

  /** Moves the time of a job's next attempt: by so many milliseconds it is due earlier. */
  moveRetry(jobId: string, byMs: number): void {
    const sql = `UPDATE jobs SET retry_at_ms = retry_at_ms - @byMs WHERE id = @jobId AND state = 'waiting'`;
    if (this.#connection.run(sql, { jobId, byMs }) !== 1) throw new Error('the job does not wait');
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
