import type { Migration } from '../../core/database/migration.ts';

/**
 * When a job last came into the queue, and the trace that it belongs to. The time is kept by triggers, by the clock of this
 * machine: whatever queues a job, it is noted.
 */
export const WATCH_COLUMNS: Migration = {
  number: 5,
  name: 'times of queueing and traces',
  up(db) {
    db.exec(`
      ALTER TABLE jobs ADD COLUMN queued_at_ms INTEGER;
      ALTER TABLE jobs ADD COLUMN trace_parent TEXT;
      ALTER TABLE uploads ADD COLUMN trace_parent TEXT;
      UPDATE jobs SET queued_at_ms = created_at_ms;
      CREATE INDEX jobs_by_queueing ON jobs (queued_at_ms) WHERE state = 'queued';
      CREATE TRIGGER queueing_added AFTER INSERT ON jobs BEGIN
        UPDATE jobs SET queued_at_ms = NEW.created_at_ms WHERE id = NEW.id;
      END;
      CREATE TRIGGER queueing_waits AFTER UPDATE OF state ON jobs WHEN NEW.state = 'waiting' BEGIN
        UPDATE jobs SET queued_at_ms = NEW.retry_at_ms WHERE id = NEW.id;
      END;
      CREATE TRIGGER queueing_again AFTER UPDATE OF state ON jobs WHEN NEW.state = 'queued' AND OLD.state <> 'queued' BEGIN
        UPDATE jobs SET queued_at_ms = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE id = NEW.id;
      END;
    `);
  },
};
