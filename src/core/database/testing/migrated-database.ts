import Sqlite from 'better-sqlite3';
import { migrate } from '../migrate.db.ts';

/** An empty database in memory as it is after the migration of this number; for the migrations' tests. */
export function databaseAfter(migration: number): Sqlite.Database {
  const db = new Sqlite(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, { upTo: migration });
  return db;
}

/** SQLite's query plan, a line for each step. */
export function queryPlan(db: Sqlite.Database, sql: string): string[] {
  // Unbound parameters count as null, which does not change the plan.
  const parameters = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]));
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[];
  return rows.map((row) => row.detail);
}

/** Adds a recording with one queued job and one version; their ids are `recording`, `job` and `version`. */
export function addRows(db: Sqlite.Database): void {
  db.exec(`
    INSERT INTO recordings (id, name, source_path, source_size_bytes, source_modified_ms, state, facts, created_at_ms)
    VALUES ('recording', 'a.wav', '/a.wav', 1, 1, 'ready', '{}', 1);
    INSERT INTO jobs (id, recording_id, options, state, position, attempts, created_at_ms, queued_at_ms)
    VALUES ('job', 'recording', '{}', 'queued', 1, 0, 1, 1);
  `);
}
