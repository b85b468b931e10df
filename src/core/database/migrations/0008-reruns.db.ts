import type { Migration } from '../migration.ts';

/**
 * Jobs that retranscribe only a range of a recording. Such a job makes a machine version whose parent is the machine
 * version it was put into: a copy of that one outside the range, and retranscribed inside.
 */
export const migration: Migration = {
  number: 8,
  name: 'reruns',
  up(db) {
    db.exec(`
      -- The stretch that a job is about; without a start it is the whole recording, without an end it goes to the end.
      ALTER TABLE jobs ADD COLUMN span_start_ms INTEGER;
      ALTER TABLE jobs ADD COLUMN span_end_ms INTEGER;

      -- The machine's segment that a copy was first copied from: edits go on naming it by that one's id.
      ALTER TABLE segments ADD COLUMN copied_from INTEGER;
      CREATE UNIQUE INDEX segments_by_copied_from ON segments (version_id, copied_from)
        WHERE copied_from IS NOT NULL;

      -- A recording's current transcript: of the machine version that was completed last or, where none is complete, of the
      -- highest one about the whole recording, the edited one, as long as any edit of it stands.
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
            AND (machine.parent_id IS NULL OR machine.completed_at_ms IS NOT NULL)
          ORDER BY machine.completed_at_ms IS NULL, machine.completed_at_ms DESC, machine.number DESC LIMIT 1
        );
    `);
  },
};
