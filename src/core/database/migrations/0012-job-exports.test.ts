import { expect, test } from 'vitest';
import { EXPORT_OF_JOB } from '../jobs/job-exports.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('a file of a job is found by its key', () => {
  expect(queryPlan(databaseAfter(12), EXPORT_OF_JOB)).toEqual([
    'SEARCH job_exports USING PRIMARY KEY (job_id=? AND format=?)',
  ]);
});

test('what a job has written is forgotten with it', () => {
  const db = databaseAfter(12);
  addRows(db);
  db.exec("INSERT INTO job_exports VALUES ('job', 'txt', '/a.txt', 'ff'); DELETE FROM recordings");
  expect(db.prepare('SELECT count(*) FROM job_exports').pluck().get()).toBe(0);
});
