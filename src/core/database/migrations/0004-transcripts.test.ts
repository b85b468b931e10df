import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addRows, databaseAfter } from '../testing/migrated-database.ts';

const WORDS = 'SELECT term FROM words ORDER BY term';

test('the index follows every change of a segment, also when its recording goes', () => {
  const db = withSegment('good morning');
  expect(db.prepare(WORDS).pluck().all()).toEqual(['good', 'morning']);
  db.exec("UPDATE segments SET text = 'good evening'");
  expect(db.prepare(WORDS).pluck().all()).toEqual(['evening', 'good']);
  db.exec('DELETE FROM recordings');
  expect(db.prepare(WORDS).pluck().all()).toEqual([]);
  db.exec("INSERT INTO segments_fts (segments_fts) VALUES ('integrity-check')");
});

test('a deleted word is gone from the bytes of the index too', () => {
  const db = withSegment('abracadabra');
  const blocks = () =>
    Buffer.concat(db.prepare('SELECT block FROM segments_fts_data').pluck().all() as Buffer[]);
  expect(blocks().includes('abracadabra')).toBe(true);
  db.exec('DELETE FROM segments');
  expect(blocks().includes('abracadabra')).toBe(false);
});

function withSegment(text: string): Sqlite.Database {
  const db = databaseAfter(4);
  addRows(db);
  db.exec(`
    CREATE VIRTUAL TABLE words USING fts5vocab (segments_fts, row);
    INSERT INTO versions (id, recording_id, job_id, kind, number, created_at_ms)
    VALUES ('version', 'recording', 'job', 'machine', 1, 1);
    INSERT INTO segments (version_id, channel, window_index, start_ms, end_ms, text, language, confidence, flags, words)
    VALUES ('version', 0, 0, 0, 1000, '${text}', 'en', 1, '[]', '[]');
  `);
  return db;
}
