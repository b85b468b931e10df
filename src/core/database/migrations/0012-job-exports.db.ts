import type { Migration } from '../migration.ts';

/** The files that jobs have written, or were about to: so that an interrupted job recognizes them as its own. */
export const migration: Migration = {
  number: 12,
  name: 'job-exports',
  up(db) {
    db.exec(`
      CREATE TABLE job_exports (
        job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        format TEXT NOT NULL,
        path TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (job_id, format)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
