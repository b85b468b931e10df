import { expect, test } from 'vitest';
import { LAST_MIGRATION, MIGRATIONS } from '../migrate.db.ts';
import { databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('reads the log in order without sorting', () => {
  const sql = 'SELECT * FROM audit WHERE sequence > @after ORDER BY sequence';
  expect(queryPlan(databaseAfter(5), sql)).toEqual(['SEARCH audit USING INTEGER PRIMARY KEY (rowid>?)']);
});

test('the migrations run in the order of their numbers, and a sound database comes of them', () => {
  const numbers = MIGRATIONS.map((migration) => migration.number);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  const db = databaseAfter(LAST_MIGRATION);
  expect(db.pragma('user_version', { simple: true })).toBe(numbers.at(-1));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
