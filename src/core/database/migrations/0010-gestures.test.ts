import { expect, test } from 'vitest';
import { LAST_MIGRATION } from '../migrate.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { NEWEST_EDIT } from '../transcripts/edits.db.ts';

test('the newest edit is found without looking through the log', () => {
  expect(queryPlan(databaseAfter(LAST_MIGRATION), NEWEST_EDIT)).toEqual([
    expect.stringMatching(/^SEARCH edits USING INDEX \S+ \(version_id=\? AND number>\?\)$/),
  ]);
});

test('edits from before belong to no gesture', () => {
  const db = databaseAfter(10);
  addRows(db);
  db.exec(`
    INSERT INTO versions (id, recording_id, job_id, kind, number, created_at_ms)
    VALUES ('edited', 'recording', 'job', 'edited', 2, 1);
    INSERT INTO edits (version_id, number, at_ms, changes) VALUES ('edited', 1, 1, '[]');
  `);
  expect(db.prepare('SELECT gesture FROM edits').pluck().all()).toEqual([null]);
});
