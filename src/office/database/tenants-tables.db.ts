import type { Migration } from '../../core/database/migration.ts';

/** Tenants, what they use, whose turn it is, and an audit log for each. */
export const TENANTS: Migration = {
  number: 7,
  name: 'tenants',
  up(db) {
    db.exec(`
      CREATE TABLE tenants (
        id TEXT PRIMARY KEY,
        weight REAL NOT NULL CHECK (weight > 0),
        open_jobs INTEGER,
        bytes_a_day INTEGER,
        stored_bytes INTEGER,
        requests_a_minute INTEGER NOT NULL,
        requests_a_minute_of_one INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- What a tenant has sent: whoever adds or removes uploads, these triggers count. Days are UTC's, since 1970.
      CREATE TABLE tenant_usage (
        tenant_id TEXT PRIMARY KEY,
        stored_bytes INTEGER NOT NULL,
        day INTEGER NOT NULL,
        bytes_of_day INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO tenant_usage SELECT tenant_id, sum(size_bytes), 0, 0 FROM uploads GROUP BY tenant_id;
      CREATE TRIGGER upload_counted AFTER INSERT ON uploads BEGIN
        INSERT INTO tenant_usage VALUES (NEW.tenant_id, NEW.size_bytes, NEW.created_at_ms / 86400000, NEW.size_bytes)
        ON CONFLICT DO UPDATE SET
          stored_bytes = stored_bytes + excluded.stored_bytes,
          bytes_of_day = excluded.bytes_of_day + CASE WHEN day = excluded.day THEN bytes_of_day ELSE 0 END,
          day = excluded.day;
      END;
      CREATE TRIGGER upload_uncounted AFTER DELETE ON uploads BEGIN
        UPDATE tenant_usage SET stored_bytes = stored_bytes - OLD.size_bytes WHERE tenant_id = OLD.tenant_id;
      END;
      CREATE INDEX uploads_open_of_tenant ON uploads (tenant_id) WHERE NOT is_complete;

      -- Start and finish tags of the last job that each tenant had a turn for.
      CREATE TABLE turns (
        tenant_id TEXT PRIMARY KEY,
        start_tag REAL NOT NULL DEFAULT 0,
        finish_tag REAL NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      INSERT INTO turns (tenant_id) SELECT DISTINCT tenant_id FROM jobs;
      CREATE TRIGGER job_has_turns AFTER INSERT ON jobs BEGIN
        INSERT INTO turns (tenant_id) VALUES (NEW.tenant_id) ON CONFLICT DO NOTHING;
      END;
      CREATE INDEX jobs_of_turn ON jobs (tenant_id, state, position);

      CREATE TABLE office_audit (
        tenant_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        action TEXT NOT NULL,
        subject_id TEXT,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (tenant_id, sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER office_audit_is_kept BEFORE DELETE ON office_audit BEGIN
        SELECT RAISE(ABORT, 'the audit log is append only');
      END;
      CREATE TRIGGER office_audit_is_unchanged BEFORE UPDATE ON office_audit BEGIN
        SELECT RAISE(ABORT, 'the audit log is append only');
      END;
      CREATE INDEX tokens_of_tenant ON tokens (tenant_id);
    `);
  },
};
