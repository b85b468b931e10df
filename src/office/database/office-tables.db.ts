import type { Migration } from '../../core/database/migration.ts';
import { FINISHED_INDEX } from './finished-index.db.ts';
import { FLOWS } from './flow-tables.db.ts';
import { MAILS_INDEX } from './mails-index.db.ts';
import { TENANT_KEYS } from './tenant-keys-table.db.ts';
import { TENANTS } from './tenants-tables.db.ts';
import { TOLD } from './told-tables.db.ts';
import { UPLOADS_AND_TOKENS } from './uploads-tables.db.ts';
import { WATCH_COLUMNS } from './watch-columns.db.ts';
import { WATCH_WINDOWS } from './watch-windows.db.ts';

/** The tables of the office's database, in the order in which they came. Append only, like the vault's. */
export const OFFICE_MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'jobs',
    up(db) {
      db.exec(`
        CREATE TABLE jobs (
          id TEXT PRIMARY KEY,
          tenant_id TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'paused', 'failed', 'done', 'cancelled')),
          position REAL NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          attempt_id TEXT,
          lease_until_ms INTEGER,
          retry_at_ms INTEGER,
          failure_code TEXT,
          created_at_ms INTEGER NOT NULL,
          started_at_ms INTEGER,
          finished_at_ms INTEGER,
          CHECK ((state = 'running') = (attempt_id IS NOT NULL AND lease_until_ms IS NOT NULL)),
          CHECK ((state = 'waiting') = (retry_at_ms IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX jobs_by_state ON jobs (state, position);
        CREATE INDEX jobs_by_tenant ON jobs (tenant_id, position);
        CREATE INDEX jobs_by_position ON jobs (position);
      `);
    },
  },
  UPLOADS_AND_TOKENS,
  TENANT_KEYS,
  TOLD,
  WATCH_COLUMNS,
  FLOWS,
  TENANTS,
  MAILS_INDEX,
  FINISHED_INDEX,
  WATCH_WINDOWS,
];
