import type Sqlite from 'better-sqlite3';
import { AppError } from '../../contract/errors.ts';
import type { AuditHead } from '../audit/audit-head.ts';
import { AuditLog } from './audit/audit.db.ts';
import { SqliteConnection } from './connection.db.ts';
import type { Migration } from './migration.ts';
import { migration as m0001 } from './migrations/0001-matters-and-recordings.db.ts';
import { migration as m0002 } from './migrations/0002-objects-and-parts.db.ts';
import { migration as m0003 } from './migrations/0003-jobs-and-windows.db.ts';
import { migration as m0004 } from './migrations/0004-transcripts.db.ts';
import { migration as m0005 } from './migrations/0005-audit-and-settings.db.ts';
import { migration as m0006 } from './migrations/0006-edits.db.ts';
import { migration as m0007 } from './migrations/0007-bin-and-places.db.ts';
import { migration as m0008 } from './migrations/0008-reruns.db.ts';
import { migration as m0010 } from './migrations/0010-gestures.db.ts';
import { migration as m0011 } from './migrations/0011-joined-sources.db.ts';
import { migration as m0012 } from './migrations/0012-job-exports.db.ts';
import { migration as m0013 } from './migrations/0013-part-gains.db.ts';
import { migration as m0014 } from './migrations/0014-voice-activity.db.ts';
import { migration as m0015 } from './migrations/0015-unread-columns.db.ts';
import { migration as m0016 } from './migrations/0016-segment-ids.db.ts';
import { migration as m0017 } from './migrations/0017-captures.db.ts';
import { migration as m0018 } from './migrations/0018-speakers.db.ts';
import { migration as m0020 } from './migrations/0020-pseudonyms.db.ts';
import { migration as m0021 } from './migrations/0021-sign-off.db.ts';
import { migration as m0022 } from './migrations/0022-existing-texts.db.ts';
import { migration as m0024 } from './migrations/0024-hand-overs.db.ts';
import { migration as m0026 } from './migrations/0026-word-templates.db.ts';
import { migration as m0027 } from './migrations/0027-automatic-corrections.db.ts';
import { migration as m0028 } from './migrations/0028-recording-sounds.db.ts';
import { migration as m0029 } from './migrations/0029-recounts.db.ts';
import { migration as m0033 } from './migrations/0033-corrected-words.db.ts';

/**
 * Every migration, in the order of its number; a number may be skipped. Append only: what has shipped is never edited,
 * renumbered or removed, and nothing is put before it.
 */
export const MIGRATIONS: readonly Migration[] = [
  m0001,
  m0002,
  m0003,
  m0004,
  m0005,
  m0006,
  m0007,
  m0008,
  m0010,
  m0011,
  m0012,
  m0013,
  m0014,
  m0015,
  m0016,
  m0017,
  m0018,
  m0020,
  m0021,
  m0022,
  m0024,
  m0026,
  m0027,
  m0028,
  m0029,
  m0033,
];

/** The number of the last migration: the version of the tables that this release knows. */
export const LAST_MIGRATION = lastOf(MIGRATIONS);

/** Throws `vault.newer` if the tables were made by a later release. Writes nothing. */
export function refuseNewer(db: Sqlite.Database, migrations: readonly Migration[] = MIGRATIONS): void {
  if (schemaVersion(db) > lastOf(migrations)) throw new AppError('vault.newer', {});
}

/**
 * Runs the pending migrations of `db`, each with its number in one transaction. `head` is that of the audit log; null
 * if none is kept. `migrations` are a vault's, or those of another kind of database; `upTo` is for their tests.
 */
export function migrate(
  db: Sqlite.Database,
  {
    head = null,
    migrations = MIGRATIONS,
    upTo = lastOf(migrations),
  }: { head?: AuditHead | null; migrations?: readonly Migration[]; upTo?: number } = {},
): void {
  const before = schemaVersion(db);
  const connection = new SqliteConnection(db);
  const openAudit = head === null ? null : () => new AuditLog(connection, head);
  for (const migration of migrations.filter(({ number }) => number > before && number <= upTo)) {
    connection.transaction(() => {
      migration.up(db, openAudit);
      db.pragma(`user_version = ${migration.number}`);
    });
  }
}

function schemaVersion(db: Sqlite.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

function lastOf(migrations: readonly Migration[]): number {
  return Math.max(...migrations.map(({ number }) => number));
}
