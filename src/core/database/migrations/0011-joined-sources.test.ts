import { expect, test } from 'vitest';
import { SOURCES_OF_RECORDING } from '../recordings/sources.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test("a recording's sources are found in order without sorting", () => {
  expect(queryPlan(databaseAfter(11), SOURCES_OF_RECORDING)).toEqual([
    'SEARCH recording_sources USING PRIMARY KEY (recording_id=?)',
  ]);
});

test('the sources go with their recording', () => {
  const db = databaseAfter(11);
  addRows(db);
  db.exec(`INSERT INTO recording_sources VALUES ('recording', 0, 'a_01.wav', '/a_01.wav', 1, 1, NULL, 0, 10, 0, NULL);
    DELETE FROM recordings`);
  expect(db.prepare('SELECT count(*) FROM recording_sources').pluck().get()).toBe(0);
});
