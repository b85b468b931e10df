import type { Migration } from '../../core/database/migration.ts';

/**
 * Long recordings: the windows that a recording is divided into are jobs of their own, which name it. The triggers of `told-tables.db.ts`
 * are as before, but tell no tenant of windows.
 */
export const FLOWS: Migration = {
  number: 6,
  name: 'flows of long recordings',
  up(db) {
    const event = `
      INSERT INTO job_events (tenant_id, sequence, job_id, state, failure_code, at_ms)
      VALUES (NEW.tenant_id,
        (SELECT ifnull(max(sequence), 0) + 1 FROM job_events WHERE tenant_id = NEW.tenant_id),
        NEW.id, NEW.state, NEW.failure_code, ifnull(NEW.finished_at_ms, CAST(unixepoch('subsec') * 1000 AS INTEGER)));
      DELETE FROM job_events WHERE tenant_id = NEW.tenant_id
        AND sequence <= (SELECT max(sequence) FROM job_events WHERE tenant_id = NEW.tenant_id) - 10000;`;
    db.exec(`
      ALTER TABLE jobs ADD COLUMN phase TEXT NOT NULL DEFAULT 'recording'
        CHECK (phase IN ('recording', 'windows', 'window', 'stitch'));
      ALTER TABLE jobs ADD COLUMN parent_id TEXT CHECK ((phase = 'window') = (parent_id IS NOT NULL));
      ALTER TABLE jobs ADD COLUMN windows INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX jobs_by_parent ON jobs (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX jobs_with_leftover_windows ON jobs (id) WHERE state = 'done' AND windows > 0;
      DROP TRIGGER job_added;
      DROP TRIGGER job_changed;
      DROP TRIGGER job_ended;
      CREATE TRIGGER job_added AFTER INSERT ON jobs WHEN NEW.parent_id IS NULL BEGIN ${event} END;
      CREATE TRIGGER job_changed AFTER UPDATE OF state ON jobs
      WHEN NEW.state <> OLD.state AND NEW.parent_id IS NULL BEGIN ${event} END;
      CREATE TRIGGER job_ended AFTER UPDATE OF state ON jobs
      WHEN NEW.state <> OLD.state AND NEW.state IN ('done', 'failed') AND NEW.parent_id IS NULL BEGIN
        INSERT INTO notices (id, subscription_id, job_id, type, at_ms, due_at_ms)
        SELECT 'msg_' || lower(hex(randomblob(16))), id, NEW.id, 'job.' || NEW.state, NEW.finished_at_ms, NEW.finished_at_ms
        FROM subscriptions WHERE tenant_id = NEW.tenant_id AND ended_by IS NULL
          AND instr(' ' || types || ' ', ' job.' || NEW.state || ' ') > 0;
      END;
    `);
  },
};
