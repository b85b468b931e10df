import { expect, test } from 'vitest';
import { SEARCH } from '../search/search-index.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('a search starts from the index', () => {
  const [first, ...others] = queryPlan(databaseAfter(16), SEARCH);
  expect(first).toMatch(/^SCAN segments_fts VIRTUAL TABLE INDEX \d+:M/);
  expect(others).toContainEqual(expect.stringMatching(/^SEARCH segment USING INTEGER PRIMARY KEY/));
  expect(others.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});

test('recordings from before are not in the bin and wait for nothing', () => {
  const db = databaseAfter(6);
  addRows(db);
  const after = databaseAfter(7);
  addRows(after);
  const columns = 'SELECT binned_at_ms, waiting_choice FROM recordings';
  expect(after.prepare(columns).all()).toEqual([{ binned_at_ms: null, waiting_choice: null }]);
  expect(() => db.prepare(columns)).toThrow(/binned_at_ms/);
});

test('a place goes with its recording', () => {
  const db = databaseAfter(7);
  addRows(db);
  db.exec("INSERT INTO places (recording_id, place) VALUES ('recording', '{}'); DELETE FROM recordings");
  expect(db.prepare('SELECT count(*) FROM places').pluck().get()).toBe(0);
});
