import { expect, test } from 'vitest';
import { databaseAfter, queryPlan } from '../testing/migrated-database.ts';

const RECORDING = `INSERT INTO recordings
  (id, matter_id, name, source_path, source_size_bytes, source_modified_ms, state, facts, created_at_ms)
  VALUES ('r', @matter, 'a.wav', '/a.wav', 1, 1, @state, '{}', 1)`;

test('holds matters, and recordings that outlive theirs', () => {
  const db = databaseAfter(1);
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  db.exec("INSERT INTO matters VALUES ('m', 'Smith v Jones', '[]', '[]', '{}', 1)");
  db.prepare(RECORDING).run({ matter: 'm', state: 'importing' });
  db.exec("DELETE FROM matters WHERE id = 'm'");
  expect(db.prepare('SELECT matter_id FROM recordings').pluck().all()).toEqual([null]);
});

test('refuses states and matters that do not exist', () => {
  const db = databaseAfter(1);
  expect(() => db.prepare(RECORDING).run({ matter: null, state: 'finished' })).toThrow(/CHECK/);
  expect(() => db.prepare(RECORDING).run({ matter: 'gone', state: 'ready' })).toThrow(/FOREIGN KEY/);
});

test('lists the recordings of a matter without sorting', () => {
  const plan = queryPlan(
    databaseAfter(1),
    'SELECT * FROM recordings WHERE matter_id = @matter ORDER BY created_at_ms',
  );
  expect(plan).toEqual(['SEARCH recordings USING INDEX recordings_of_matter (matter_id=?)']);
});
