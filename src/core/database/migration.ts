import type Sqlite from 'better-sqlite3';
import type { AuditLog } from './audit/audit.db.ts';

/** One numbered step of the database's tables. Once shipped it is never changed: a correction is a new migration. */
export interface Migration {
  /** 1 for the first; the database's `user_version` once it has run. */
  readonly number: number;
  readonly name: string;
  /**
   * Migrates. Runs inside a transaction, before any repository. `openAudit` opens the log, for a step that rewrites
   * what the log's hashes cover; null if none is kept.
   */
  up(db: Sqlite.Database, openAudit: (() => AuditLog) | null): void;
}
