import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OfficeDatabase, openOfficeDatabase } from './office-database.db.ts';

let folder: string;
let database: OfficeDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'office-turns-'));
  database = openOfficeDatabase(join(folder, 'office.db'), randomBytes(32));
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function add(tenantId: string, count: number, from = 1): void {
  database.connection.transaction(() => {
    for (let number = from; number < from + count; number += 1) {
      database.jobs.add({ id: `${tenantId}-${number}`, tenantId, atMs: 0 });
    }
  });
}

/** The ids of the next jobs that are begun, and done. */
function begun(count: number): string[] {
  return Array.from({ length: count }, () => {
    const { id, attemptId } = database.jobs.beginNext({ ticket: 'any', atMs: 0, leaseUntilMs: 1 });
    const end = { atMs: 0, outcome: 'done', failureCode: null, retryAtMs: null, counted: true } as const;
    database.jobs.end(id, { ...end, attemptId: attemptId ?? '' });
    return id;
  });
}

function countOf(ids: readonly string[], tenantId: string): number {
  return ids.filter((id) => id.startsWith(`${tenantId}-`)).length;
}

test('five files wait for ten turns, not for the 30,000 that were there before', () => {
  add('court', 30_000);
  begun(20);
  add('clinic', 5);
  const next = begun(12);
  expect(next.filter((id) => id.startsWith('clinic'))).toEqual([1, 2, 3, 4, 5].map((n) => `clinic-${n}`));
  expect(countOf(next.slice(0, 10), 'clinic')).toBe(5);
  expect(next.filter((id) => id.startsWith('court'))[0]).toBe('court-21');
});

test('turns are by weight, and nobody saves any up while he has nothing to do', () => {
  database.tenants.make('court', { weight: 3 }, 0);
  add('court', 100);
  add('clinic', 100);
  expect(countOf(begun(40), 'court')).toBe(30);
  // A third one, which had nothing until now, gets its share and no more.
  add('school', 100);
  const shares = begun(50);
  expect([countOf(shares, 'court'), countOf(shares, 'clinic'), countOf(shares, 'school')]).toEqual([
    30, 10, 10,
  ]);
});

test('a job put first is first among its tenant’s alone', () => {
  add('court', 3);
  add('clinic', 3);
  begun(2);
  database.jobs.moveFirst('court-3');
  database.jobs.moveFirst('court-2');
  expect(begun(4).sort()).toEqual(['clinic-2', 'clinic-3', 'court-2', 'court-3']);
});

test('of one tenant the order is that of the queue, and where nothing is queued nothing begins', () => {
  add('court', 3);
  database.jobs.takeBack({ jobId: 'court-2', state: 'paused', atMs: 0 });
  expect(begun(2)).toEqual(['court-1', 'court-3']);
  const next = () => database.jobs.beginNext({ ticket: 'court-2', atMs: 0, leaseUntilMs: 1 });
  expect(next).toThrow(expect.objectContaining({ code: 'job.wrongState' }));
  database.jobs.resume('court-2');
  expect(next().id).toBe('court-2');
});
