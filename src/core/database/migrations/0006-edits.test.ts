import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { EDITED_PAGE, SEGMENT_PAGE } from '../transcripts/segments.db.ts';

test('finds the segments of either kind of version in order without sorting', () => {
  const db = databaseAfter(16);
  expect(queryPlan(db, SEGMENT_PAGE)).toEqual([
    expect.stringMatching(/^SEARCH segments USING INDEX segments_of_version \(version_id=\? AND /),
  ]);
  const steps = queryPlan(db, EDITED_PAGE);
  expect(
    steps.filter((step) => step.startsWith('SEARCH segments USING INDEX segments_of_version')),
  ).toHaveLength(2);
  expect(steps.filter((step) => /^SCAN|TEMP B-TREE FOR ORDER BY/.test(step))).toEqual([]);
});

test('the current transcript is the edited one as long as an edit of it stands', () => {
  const db = withVersions();
  const current = () => db.prepare('SELECT id FROM latest_versions').pluck().all();
  expect(current()).toEqual(['machine']);
  db.exec("INSERT INTO edits (version_id, number, at_ms, changes) VALUES ('edited', 1, 1, '[]')");
  expect(current()).toEqual(['edited']);
  db.exec('UPDATE edits SET undone = 1');
  expect(current()).toEqual(['machine']);
});

test('a newer transcription of the machine replaces the edited one only when it is complete', () => {
  const db = withVersions();
  const current = () => db.prepare('SELECT id FROM latest_versions').pluck().all();
  db.exec(`
    INSERT INTO edits (version_id, number, at_ms, changes) VALUES ('edited', 1, 1, '[]');
    INSERT INTO versions (id, recording_id, kind, number, created_at_ms) VALUES ('newer', 'recording', 'machine', 3, 1);
  `);
  expect(current()).toEqual(['edited']);
  db.exec("UPDATE versions SET completed_at_ms = 2 WHERE id = 'newer'");
  expect(current()).toEqual(['newer']);
});

test('edits go with their recording', () => {
  const db = withVersions();
  db.exec(`
    INSERT INTO segments (id, version_id, channel, window_index, start_ms, end_ms, text, language, confidence, flags, words)
    VALUES (7, 'machine', 0, 0, 0, 1000, 'words', 'en', 1, '[]', '[]');
    INSERT INTO replaced_segments VALUES ('edited', 7);
    INSERT INTO edits (version_id, number, at_ms, changes) VALUES ('edited', 1, 1, '[]');
    DELETE FROM recordings;
  `);
  for (const table of ['edits', 'replaced_segments', 'segments']) {
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
});

function withVersions(): Sqlite.Database {
  const db = databaseAfter(6);
  addRows(db);
  db.exec(`
    INSERT INTO versions (id, recording_id, job_id, kind, number, created_at_ms, completed_at_ms)
    VALUES ('machine', 'recording', 'job', 'machine', 1, 1, 1);
    INSERT INTO versions (id, recording_id, job_id, kind, number, parent_id, created_at_ms)
    VALUES ('edited', 'recording', 'job', 'edited', 2, 'machine', 1);
  `);
  return db;
}
