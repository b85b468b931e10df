import { SqliteConnection } from '../../core/database/connection.db.ts';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { FinishedJobs } from './finished-jobs.db.ts';
import { JobEvents } from './job-events.db.ts';
import { Notices } from './notices.db.ts';
import { OfficeAudit } from './office-audit.db.ts';
import { OfficeJobs } from './office-jobs.db.ts';
import { OFFICE_MIGRATIONS } from './office-tables.db.ts';
import { OfficeTenants } from './office-tenants.db.ts';
import { OfficeTokens } from './office-tokens.db.ts';
import { OfficeUploads } from './office-uploads.db.ts';
import { QueueFigureRows } from './queue-figures.db.ts';
import { Subscriptions } from './subscriptions.db.ts';
import { TenantKeys } from './tenant-keys.db.ts';

/** The gateway's database: what the office knows of jobs without a key to any recording. */
export interface OfficeDatabase {
  readonly connection: SqliteConnection;
  readonly jobs: OfficeJobs;
  readonly events: JobEvents;
  readonly subscriptions: Subscriptions;
  readonly notices: Notices;
  readonly finished: FinishedJobs;
  readonly uploads: OfficeUploads;
  readonly tokens: OfficeTokens;
  readonly tenantKeys: TenantKeys;
  readonly figures: QueueFigureRows;
  readonly tenants: OfficeTenants;
  readonly audit: OfficeAudit;
  /** Runs `work` in one transaction of all rows: committed, or rolled back when it throws. Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  /** Empties the write-ahead log and closes. */
  close(): void;
}

/**
 * Opens the office's database, creating it if it does not exist. It runs in the gateway's own process: its statements take
 * microseconds, and nothing there draws a window. `key` is 32 random bytes. Throws `vault.damaged`, `vault.newer`, `disk.full`,
 * `disk.failed`.
 */
export function openOfficeDatabase(file: string, key: Uint8Array): OfficeDatabase {
  const connection = new SqliteConnection(openEncryptedFile(file, key, { migrations: OFFICE_MIGRATIONS }));
  return {
    connection,
    jobs: new OfficeJobs(connection),
    events: new JobEvents(connection),
    subscriptions: new Subscriptions(connection),
    notices: new Notices(connection),
    finished: new FinishedJobs(connection),
    uploads: new OfficeUploads(connection),
    tokens: new OfficeTokens(connection),
    tenantKeys: new TenantKeys(connection),
    figures: new QueueFigureRows(connection),
    tenants: new OfficeTenants(connection),
    audit: new OfficeAudit(connection, key),
    transaction: (work) => connection.transaction(work),
    close: () => connection.close(),
  };
}
