import { expect, test } from 'vitest';
import { NEXT_JOB } from '../jobs/jobs.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('finds the next job in the queue alone, however many are done, without sorting', () => {
  const plan = queryPlan(databaseAfter(16), NEXT_JOB);
  expect(plan).toEqual([
    'SCAN job USING INDEX jobs_in_queue',
    expect.stringMatching(/^SEARCH recording USING PRIMARY KEY/),
  ]);
});

test('finds the windows of a job in order without sorting', () => {
  const sql = 'SELECT * FROM windows WHERE job_id = @jobId ORDER BY channel, window_index';
  expect(queryPlan(databaseAfter(3), sql)).toEqual(['SEARCH windows USING PRIMARY KEY (job_id=?)']);
});

test('only a waiting job has a time to wait for', () => {
  const db = databaseAfter(3);
  addRows(db);
  expect(() => db.exec("UPDATE jobs SET state = 'waiting'")).toThrow(/CHECK/);
  expect(() => db.exec('UPDATE jobs SET retry_at_ms = 5')).toThrow(/CHECK/);
  db.exec("UPDATE jobs SET state = 'waiting', retry_at_ms = 5");
});

test('a recording takes its jobs, attempts and windows along', () => {
  const db = databaseAfter(3);
  addRows(db);
  db.exec(`
    INSERT INTO attempts (id, job_id, number, started_at_ms) VALUES ('a', 'job', 1, 1);
    INSERT INTO windows (job_id, channel, window_index, plan, planned_at_ms) VALUES ('job', 0, 0, '{}', 1);
    DELETE FROM recordings;
  `);
  const rows = ['jobs', 'attempts', 'windows'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  expect(rows).toEqual([[], [], []]);
});
