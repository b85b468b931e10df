import { expect, test } from 'vitest';
import { CAPTURE_PART_AT, LAST_CAPTURE_PART } from '../captures/captures.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

function captured() {
  const db = databaseAfter(17);
  addRows(db);
  db.exec(`
    INSERT INTO captures (recording_id, state, started_at_ms, sample_rate, channels, options)
    VALUES ('recording', 'recording', 1, 48000, 1, '{}');
    INSERT INTO objects VALUES ('object', 'recording', 'original', 1, 1, x'00', 6, 1, 1);
    INSERT INTO capture_parts VALUES ('recording', 0, 0, 3, 'object');
    INSERT INTO capture_gaps VALUES ('recording', 1, 2, 'suspended');
    INSERT INTO markers VALUES ('marker', 'recording', 1, 'a label');
  `);
  return db;
}

test('the part of a sample frame and the last part are found by an index', () => {
  const db = databaseAfter(17);
  expect(queryPlan(db, CAPTURE_PART_AT)).toEqual([
    'SEARCH part USING INDEX capture_parts_by_frame (recording_id=? AND start_frame<?)',
    'SEARCH object USING PRIMARY KEY (id=?)',
  ]);
  expect(queryPlan(db, LAST_CAPTURE_PART)).toEqual([
    'SEARCH capture_parts USING PRIMARY KEY (recording_id=?)',
  ]);
});

test('a capture goes with its recording, and so do its parts, gaps and markers', () => {
  const db = captured();
  db.exec('DELETE FROM recordings');
  for (const table of ['captures', 'capture_parts', 'capture_gaps', 'markers', 'objects']) {
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  }
});

test('no two parts begin at one frame, and no state but the known ones is stored', () => {
  const db = captured();
  db.exec("INSERT INTO objects VALUES ('other', 'recording', 'original', 2, 1, x'00', 6, 1, 1)");
  expect(() => db.exec("INSERT INTO capture_parts VALUES ('recording', 1, 0, 3, 'other')")).toThrow('UNIQUE');
  expect(() => db.exec("UPDATE captures SET state = 'lost'")).toThrow('CHECK');
});
