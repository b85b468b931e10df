import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addRows, databaseAfter } from '../testing/migrated-database.ts';

test('jobs and segments from before are about whole recordings and copied from nothing', () => {
  const db = databaseAfter(7);
  addRows(db);
  expect(() => db.prepare('SELECT span_start_ms FROM jobs')).toThrow(/span_start_ms/);
  const after = databaseAfter(8);
  addRows(after);
  expect(after.prepare('SELECT span_start_ms, span_end_ms FROM jobs').all()).toEqual([
    { span_start_ms: null, span_end_ms: null },
  ]);
});

test('a version about a stretch is the current one only once it is complete', () => {
  const db = withVersion(null);
  add(db, 'stretch', 2, 'whole', null);
  expect(current(db)).toEqual(['whole']);
  db.exec("UPDATE versions SET completed_at_ms = 5 WHERE id = 'stretch'");
  expect(current(db)).toEqual(['stretch']);
});

test('of complete versions the one completed last is current, whatever its number', () => {
  const db = withVersion(1);
  add(db, 'begun-first', 2, null, 9);
  add(db, 'begun-last', 3, 'whole', 5);
  expect(current(db)).toEqual(['begun-first']);
});

test('the edits of a version about a stretch are its own', () => {
  const db = withVersion(1);
  add(db, 'stretch', 2, 'whole', 5);
  db.exec(`
    INSERT INTO versions (id, recording_id, job_id, kind, number, parent_id, created_at_ms)
    VALUES ('edited', 'recording', 'job', 'edited', 3, 'stretch', 1);
    INSERT INTO edits (version_id, number, at_ms, changes) VALUES ('edited', 0, 1, '[]');
  `);
  expect(current(db)).toEqual(['edited']);
});

function current(db: Sqlite.Database): unknown[] {
  return db.prepare('SELECT id FROM latest_versions').pluck().all();
}

function withVersion(completedAtMs: number | null): Sqlite.Database {
  const db = databaseAfter(8);
  addRows(db);
  add(db, 'whole', 1, null, completedAtMs);
  return db;
}

function add(
  db: Sqlite.Database,
  id: string,
  number: number,
  parentId: string | null,
  completedAtMs: number | null,
): void {
  db.prepare(
    `INSERT INTO versions (id, recording_id, job_id, kind, number, parent_id, created_at_ms, completed_at_ms)
     VALUES (?, 'recording', 'job', 'machine', ?, ?, 1, ?)`,
  ).run(id, number, parentId, completedAtMs);
}
