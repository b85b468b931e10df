import type { Migration } from '../migration.ts';

/**
 * Edits of transcripts. An edited version is its parent, the machine's, without the segments that it replaces, and with
 * segments of its own; the log holds what each edit removed and inserted.
 */
export const migration: Migration = {
  number: 6,
  name: 'edits',
  up(db) {
    db.exec(`
      -- How edits name a segment, in edited versions only: a machine's segment is named by its own id.
      ALTER TABLE segments ADD COLUMN edit_key TEXT;
      -- The ids of the machine's segments that an edited one stands for, as a JSON array.
      ALTER TABLE segments ADD COLUMN origins TEXT;
      CREATE UNIQUE INDEX segments_by_edit_key ON segments (version_id, edit_key) WHERE edit_key IS NOT NULL;

      CREATE TABLE replaced_segments (
        version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
        PRIMARY KEY (version_id, segment_id)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX replaced_segments_by_segment ON replaced_segments (segment_id);

      CREATE TABLE edits (
        version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        changes TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        PRIMARY KEY (version_id, number)
      ) STRICT;

      -- A recording's current transcript: of its highest complete machine version or, where none is complete, its highest,
      -- the edited one, as long as any edit of it stands.
      DROP VIEW latest_versions;
      CREATE VIEW latest_versions AS
        SELECT * FROM versions AS version
        WHERE version.id = (
          SELECT ifnull(
            (SELECT edited.id FROM versions AS edited
             WHERE edited.parent_id = machine.id AND edited.kind = 'edited'
               AND EXISTS (SELECT 1 FROM edits WHERE edits.version_id = edited.id AND undone = 0)
             ORDER BY edited.number DESC LIMIT 1),
            machine.id)
          FROM versions AS machine
          WHERE machine.recording_id = version.recording_id AND machine.kind = 'machine'
          ORDER BY machine.completed_at_ms IS NULL, machine.number DESC LIMIT 1
        );
    `);
  },
};
