import type { Migration } from '../migration.ts';

/**
 * Live recordings. A capture row stands beside the recording that a session makes; its sound lies in sealed parts of a few
 * seconds at the device's rate, each committed on its own. Gaps are times for which no sound arrived. Markers belong to
 * any recording.
 */
export const migration: Migration = {
  number: 17,
  name: 'captures',
  up(db) {
    db.exec(`
      CREATE TABLE captures (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('recording', 'done', 'broken', 'unfinished')),
        started_at_ms INTEGER NOT NULL,
        sample_rate INTEGER NOT NULL,
        channels INTEGER NOT NULL,
        options TEXT NOT NULL,
        live_version_id TEXT REFERENCES versions (id) ON DELETE SET NULL,
        live_making TEXT,
        final_job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
        ended_at_ms INTEGER,
        metrics TEXT
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE capture_parts (
        recording_id TEXT NOT NULL REFERENCES captures (recording_id) ON DELETE CASCADE,
        part_index INTEGER NOT NULL,
        start_frame INTEGER NOT NULL,
        frame_count INTEGER NOT NULL,
        object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE,
        PRIMARY KEY (recording_id, part_index)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX capture_parts_by_frame ON capture_parts (recording_id, start_frame);
      CREATE INDEX capture_parts_of_object ON capture_parts (object_id);

      CREATE TABLE capture_gaps (
        recording_id TEXT NOT NULL REFERENCES captures (recording_id) ON DELETE CASCADE,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (recording_id, start_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE markers (
        id TEXT PRIMARY KEY,
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        at_ms INTEGER NOT NULL,
        label TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX markers_by_recording ON markers (recording_id, at_ms);
    `);
  },
};
