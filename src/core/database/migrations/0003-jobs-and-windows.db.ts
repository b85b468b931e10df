import type { Migration } from '../migration.ts';

/** The queue: jobs, their attempts, and the windows that each job planned and finished. */
export const migration: Migration = {
  number: 3,
  name: 'jobs-and-windows',
  up(db) {
    db.exec(`
      CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        options TEXT NOT NULL,
        delivery TEXT,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'running', 'paused', 'waiting', 'done', 'failed', 'cancelled')),
        position REAL NOT NULL,
        range_start_ms INTEGER,
        range_end_ms INTEGER,
        attempts INTEGER NOT NULL,
        retry_at_ms INTEGER,
        failure TEXT,
        detected_language TEXT,
        language_probability REAL,
        created_at_ms INTEGER NOT NULL,
        queued_at_ms INTEGER NOT NULL,
        started_at_ms INTEGER,
        finished_at_ms INTEGER,
        figures TEXT,
        CHECK ((state = 'waiting') = (retry_at_ms IS NOT NULL))
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX jobs_by_position ON jobs (position);
      CREATE INDEX jobs_in_queue ON jobs (position) WHERE state IN ('queued', 'waiting');
      CREATE INDEX jobs_of_recording ON jobs (recording_id);

      CREATE TABLE attempts (
        id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        started_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER,
        outcome TEXT CHECK (outcome IN ('done', 'failed', 'interrupted', 'paused', 'cancelled')),
        failure TEXT,
        figures TEXT,
        UNIQUE (job_id, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE windows (
        job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        channel INTEGER NOT NULL,
        window_index INTEGER NOT NULL,
        plan TEXT NOT NULL,
        planned_at_ms INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        completed_at_ms INTEGER,
        inference_ms REAL,
        PRIMARY KEY (job_id, channel, window_index)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
