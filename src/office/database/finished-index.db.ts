import type { Migration } from '../../core/database/migration.ts';

/** Finished jobs of a tenant in the order in which they ended, for a vault that collects them. */
export const FINISHED_INDEX: Migration = {
  number: 9,
  name: 'finished jobs by their end',
  up(db) {
    db.exec(
      "CREATE INDEX jobs_finished ON jobs (tenant_id, finished_at_ms, id) WHERE state = 'done' AND parent_id IS NULL",
    );
  },
};
