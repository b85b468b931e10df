import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { applyKey, openEncryptedFile } from '../encrypted-file.db.ts';
import { migrate } from '../migrate.db.ts';
import { addRows, databaseAfter } from '../testing/migrated-database.ts';

const KEPT = 'SELECT window_index, plan, failures, completed_at_ms, inference_ms, findings FROM windows';

test('the windows of an older vault are as they were', () => {
  const db = databaseAfter(14);
  addRows(db);
  db.exec(`
    INSERT INTO windows VALUES ('job', 0, 0, '{"pieces":[]}', 7, 1, 9, 2.5, '{}');
    INSERT INTO windows VALUES ('job', 0, 1, '{"pieces":[]}', 8, 0, NULL, NULL, NULL);
  `);
  const before = db.prepare(KEPT).all();
  migrate(db, { upTo: 15 });
  expect(db.prepare(KEPT).all()).toEqual(before);
  expect(db.pragma('table_info(windows)')).not.toContainEqual(
    expect.objectContaining({ name: 'planned_at_ms' }),
  );
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.exec('DELETE FROM jobs');
  expect(db.prepare(KEPT).all()).toEqual([]);
});

test('an encrypted file that has the column is opened without it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voicesync-migration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, key] = [join(folder, 'database'), randomBytes(32)];
  const old = new Sqlite(file);
  applyKey(old, key);
  migrate(old, { upTo: 14 });
  addRows(old);
  old.exec(
    "INSERT INTO windows (job_id, channel, window_index, plan, planned_at_ms) VALUES ('job', 0, 0, '{}', 7)",
  );
  old.close();
  const db = openEncryptedFile(file, key);
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT * FROM windows').all()).toEqual([
    expect.not.objectContaining({ planned_at_ms: 7 }),
  ]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
