import { expect, test } from 'vitest';
import { migrate } from '../migrate.db.ts';
import { GAINS_OF_RECORDING } from '../recordings/parts.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('the gains of a recording are told by the index alone', () => {
  expect(queryPlan(databaseAfter(13), GAINS_OF_RECORDING)).toEqual([
    'SEARCH parts USING COVERING INDEX gains_of_recording (recording_id=?)',
  ]);
});

test('what was imported before has been raised by nothing', () => {
  const db = databaseAfter(12);
  addRows(db);
  db.exec(`
    INSERT INTO objects VALUES ('object', 'recording', 'part', 1, 1, x'00', 1, 1, 1);
    INSERT INTO parts VALUES ('recording', 0, 0, 0, 960000, 'object', x'', x'');
  `);
  migrate(db, { upTo: 13 });
  expect(db.prepare('SELECT gain_db FROM parts').pluck().all()).toEqual([0]);
});
