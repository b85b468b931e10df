import { expect, test } from 'vitest';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { VOICE_ACTIVITY_OF_PART } from '../windows/voice-activity.db.ts';

test('the voice activity of a part is found by its key', () => {
  expect(queryPlan(databaseAfter(14), VOICE_ACTIVITY_OF_PART)).toEqual([
    'SEARCH voice_activity USING PRIMARY KEY (recording_id=? AND channel=? AND part_index=?)',
  ]);
});

test('it goes with its recording', () => {
  const db = databaseAfter(14);
  addRows(db);
  db.exec("INSERT INTO voice_activity VALUES ('recording', 0, 0, x'00', x'00'); DELETE FROM recordings");
  expect(db.prepare('SELECT count(*) FROM voice_activity').pluck().get()).toBe(0);
});
