import { expect, test } from 'vitest';
import { type ReadableConnection, SqliteConnection } from '../connection.db.ts';
import { JobReader } from '../jobs/jobs.db.ts';
import { LAST_MIGRATION } from '../migrate.db.ts';
import { databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { LibraryRowReader } from './library-rows.db.ts';

test('what a list shows of some recordings is found by their ids, without going through all rows of a table', () => {
  const handle = databaseAfter(LAST_MIGRATION);
  const connection = new SqliteConnection(handle);
  const steps: string[] = [];
  const explained: ReadableConnection = {
    one: (sql, parameters) => {
      steps.push(...queryPlan(handle, sql));
      return connection.one(sql, parameters);
    },
    all: (sql, parameters) => {
      steps.push(...queryPlan(handle, sql));
      return connection.all(sql, parameters);
    },
  };
  const ids = ['0198a000-0000-7000-8000-000000000000'];
  const reads = [
    () => new LibraryRowReader(explained).read(ids),
    () => new JobReader(explained).list({ recordingId: ids[0] ?? '' }),
  ];
  for (const read of reads) {
    steps.length = 0;
    read();
    const scans = steps.filter((step) => /^SCAN (?!json_each|texts|written|labels)/u.test(step));
    expect([scans, steps.some((step) => step.startsWith('SEARCH'))]).toEqual([[], true]);
  }
  new LibraryRowReader(explained).read(null);
  expect(steps.filter((step) => step.startsWith('SCAN')).length).toBeGreaterThanOrEqual(5);
});
