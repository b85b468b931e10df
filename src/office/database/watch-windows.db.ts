import type { Migration } from '../../core/database/migration.ts';

/** The windows of a divided recording come into the queue later than the recording was made, and belong to its trace. */
export const WATCH_WINDOWS: Migration = {
  number: 10,
  name: 'times and traces of windows',
  up(db) {
    db.exec(`
      DROP TRIGGER queueing_added;
      CREATE TRIGGER queueing_added AFTER INSERT ON jobs BEGIN
        UPDATE jobs SET
          queued_at_ms = iif(NEW.parent_id IS NULL, NEW.created_at_ms, CAST(unixepoch('subsec') * 1000 AS INTEGER)),
          trace_parent = ifnull(NEW.trace_parent, (SELECT whole.trace_parent FROM jobs whole WHERE whole.id = NEW.parent_id))
        WHERE id = NEW.id;
      END;
    `);
  },
};
