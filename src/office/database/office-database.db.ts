import { SqliteConnection } from '../../core/database/connection.db.ts';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { FinishedJobs } from './finished-jobs.db.ts';
import { type Commits, DURABLE_AT_ONCE, GroupCommit, openWriteAheadLog } from './group-commit.ts';
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
  /** Waited for before anybody is told of rows. */
  readonly commits: Commits;
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
 * microseconds, and nothing there draws a window. `key` is 32 random bytes. Commits are durable when they return; with
 * `onSyncFailed` only once `commits` says so: then they do not keep the process waiting for the disk. After a failed sync, of which
 * it is told, the process has to end. Throws `vault.damaged`, `vault.newer`, `disk.full`, `disk.failed`.
 */
export function openOfficeDatabase(
  file: string,
  key: Uint8Array,
  onSyncFailed?: (error: unknown) => void,
): OfficeDatabase {
  const synchronous = onSyncFailed === undefined ? 'FULL' : 'NORMAL';
  const connection = new SqliteConnection(
    openEncryptedFile(file, key, { migrations: OFFICE_MIGRATIONS, synchronous }),
  );
  const { commits, end } =
    onSyncFailed === undefined
      ? { commits: DURABLE_AT_ONCE, end: () => undefined }
      : groupCommits(file, connection, onSyncFailed);
  return {
    ...{ connection, commits },
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
    close: () => {
      end();
      connection.close();
    },
  };
}

/**
 * With `synchronous = NORMAL` SQLite syncs the write-ahead log before a checkpoint, the database file after it, and the log's header when
 * the log begins anew (https://sqlite.org/pragma.html#pragma_synchronous). What is left to do is to sync the log's frames, in whichever
 * round it is.
 */
function groupCommits(file: string, connection: SqliteConnection, onFailed: (error: unknown) => void) {
  // What an earlier process left in the log after a failed sync may be nowhere but in memory: it is written anew, into the database.
  connection.checkpoint();
  const log = openWriteAheadLog(file);
  const written = () =>
    connection.one<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0;
  const commits = new GroupCommit({ written, sync: log.sync, onFailed });
  return { commits, end: () => void commits.settled().then(log.close) };
}
