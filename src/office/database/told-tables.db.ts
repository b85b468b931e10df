import type { Migration } from '../../core/database/migration.ts';

/**
 * What is told of jobs. Triggers write it, so that it is in the same transaction as the job's row whatever changed that:
 * `job_events` has the latest 10,000 changes of each tenant's jobs, counted by themselves, so that no tenant can count
 * another's; `notices` is the outbox of what is to be told to subscribers and has not been.
 */
export const TOLD: Migration = {
  number: 4,
  name: 'events, subscriptions and notices',
  up(db) {
    const event = `
      INSERT INTO job_events (tenant_id, sequence, job_id, state, failure_code, at_ms)
      VALUES (NEW.tenant_id,
        (SELECT ifnull(max(sequence), 0) + 1 FROM job_events WHERE tenant_id = NEW.tenant_id),
        NEW.id, NEW.state, NEW.failure_code, ifnull(NEW.finished_at_ms, CAST(unixepoch('subsec') * 1000 AS INTEGER)));
      DELETE FROM job_events WHERE tenant_id = NEW.tenant_id
        AND sequence <= (SELECT max(sequence) FROM job_events WHERE tenant_id = NEW.tenant_id) - 10000;`;
    db.exec(`
      ALTER TABLE jobs ADD COLUMN progress REAL CHECK (progress BETWEEN 0 AND 1);
      CREATE TABLE job_events (
        tenant_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        job_id TEXT NOT NULL,
        state TEXT NOT NULL,
        failure_code TEXT,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (tenant_id, sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE subscriptions (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL,
        channel TEXT NOT NULL CHECK (channel IN ('email', 'webhook')),
        target TEXT NOT NULL,
        types TEXT NOT NULL,
        language TEXT NOT NULL CHECK (language IN ('en', 'es')),
        secret BLOB,
        earlier_secret BLOB,
        earlier_until_ms INTEGER,
        ended_by TEXT,
        mailed_at_ms INTEGER,
        created_at_ms INTEGER NOT NULL,
        UNIQUE (tenant_id, channel, target),
        CHECK ((channel = 'webhook') = (secret IS NOT NULL)),
        CHECK ((earlier_secret IS NULL) = (earlier_until_ms IS NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE notices (
        id TEXT PRIMARY KEY,
        subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
        job_id TEXT NOT NULL,
        type TEXT NOT NULL CHECK (type IN ('job.done', 'job.failed')),
        at_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        due_at_ms INTEGER,
        mail_id TEXT,
        failure TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX notices_by_subscription ON notices (subscription_id, due_at_ms);
      CREATE TRIGGER job_added AFTER INSERT ON jobs BEGIN ${event} END;
      CREATE TRIGGER job_changed AFTER UPDATE OF state ON jobs WHEN NEW.state <> OLD.state BEGIN ${event} END;
      CREATE TRIGGER job_ended AFTER UPDATE OF state ON jobs
      WHEN NEW.state <> OLD.state AND NEW.state IN ('done', 'failed') BEGIN
        INSERT INTO notices (id, subscription_id, job_id, type, at_ms, due_at_ms)
        SELECT 'msg_' || lower(hex(randomblob(16))), id, NEW.id, 'job.' || NEW.state, NEW.finished_at_ms, NEW.finished_at_ms
        FROM subscriptions WHERE tenant_id = NEW.tenant_id AND ended_by IS NULL
          AND instr(' ' || types || ' ', ' job.' || NEW.state || ' ') > 0;
      END;
    `);
  },
};
