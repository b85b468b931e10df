import { expect, test } from 'vitest';
import { SqliteConnection } from '../connection.db.ts';
import { addRows, databaseAfter } from '../testing/migrated-database.ts';
import { FtsTombstones } from './fts-tombstones.db.ts';

const COUNT = 300;

test('words of segments that go by the hundreds are merged out of the index, other words stay', () => {
  const { db, tombstones, blocks } = withSegments();
  const connection = new SqliteConnection(db);
  connection.transaction(() =>
    tombstones.leaving(() => connection.run("DELETE FROM segments WHERE text LIKE 'abracadabra%'")),
  );
  expect(tombstones.areThere()).toBe(true);
  expect(found(db, 'abracadabra')).toBe(0);
  expect(blocks().includes('abracadabra')).toBe(true);
  // If the process ends here, the next opening continues, and what is written meanwhile is kept.
  const reopened = new FtsTombstones(connection);
  reopened.sweep();
  add(connection, 'late words');
  reopened.sweepAll();
  expect(reopened.areThere()).toBe(false);
  expect(blocks().includes('abracadabra')).toBe(false);
  expect([found(db, 'stays'), found(db, 'late')]).toEqual([COUNT, 1]);
  db.exec("INSERT INTO segments_fts (segments_fts, rank) VALUES ('integrity-check', 1)");
});

test('a single deletion afterwards takes its words out at once again', () => {
  const { db, tombstones, blocks } = withSegments();
  const connection = new SqliteConnection(db);
  connection.transaction(() =>
    tombstones.leaving(() => connection.run("DELETE FROM segments WHERE text LIKE 'abracadabra%'")),
  );
  tombstones.sweepAll();
  add(connection, 'hocuspocus');
  connection.run("DELETE FROM segments WHERE text = 'hocuspocus'");
  expect(blocks().includes('hocuspocus')).toBe(false);
});

test('what is rolled back leaves nothing to be swept', () => {
  const { db, tombstones } = withSegments();
  const connection = new SqliteConnection(db);
  const failing = () => {
    connection.run('DELETE FROM segments');
    throw new Error('disk full');
  };
  expect(() => connection.transaction(() => tombstones.leaving(failing))).toThrow('disk full');
  expect(tombstones.areThere()).toBe(false);
  expect(found(db, 'abracadabra')).toBe(COUNT);
  db.exec("INSERT INTO segments_fts (segments_fts, rank) VALUES ('integrity-check', 1)");
});

function withSegments() {
  const db = databaseAfter(12);
  addRows(db);
  db.exec(`INSERT INTO versions (id, recording_id, job_id, kind, number, created_at_ms)
    VALUES ('version', 'recording', 'job', 'machine', 1, 1);`);
  const connection = new SqliteConnection(db);
  for (let index = 0; index < COUNT; index += 1) {
    add(connection, `abracadabra ${index}`);
    add(connection, `stays ${index}`);
  }
  const blocks = () =>
    Buffer.concat(db.prepare('SELECT block FROM segments_fts_data').pluck().all() as Buffer[]);
  return { db, tombstones: new FtsTombstones(connection), blocks };
}

function add(connection: SqliteConnection, text: string): void {
  connection.run(
    `INSERT INTO segments (version_id, channel, window_index, start_ms, end_ms, text, language, confidence, flags, words)
     VALUES ('version', 0, 0, 0, 1000, @text, 'en', 1, '[]', '[]')`,
    { text },
  );
}

function found(db: ReturnType<typeof databaseAfter>, word: string): number {
  return db
    .prepare('SELECT count(*) FROM segments_fts WHERE segments_fts MATCH ?')
    .pluck()
    .get(word) as number;
}
