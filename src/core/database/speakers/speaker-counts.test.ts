import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { SqliteConnection } from '../connection.db.ts';
import { LAST_MIGRATION } from '../migrate.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { SpeakerCountReader } from './speaker-counts.db.ts';

let segments = 0;

function withMachineText(speakers: readonly (string | null)[]): Sqlite.Database {
  const db = databaseAfter(LAST_MIGRATION);
  addRows(db);
  addVersion(db, 'machine', 'machine', 1, null);
  for (const speaker of speakers) addSegment(db, 'machine', speaker);
  return db;
}

function addVersion(
  db: Sqlite.Database,
  id: string,
  kind: string,
  number: number,
  parentId: string | null,
): void {
  db.prepare(
    `INSERT INTO versions (id, recording_id, job_id, kind, number, parent_id, created_at_ms, completed_at_ms)
     VALUES (?, 'recording', 'job', ?, ?, ?, 1, ?)`,
  ).run(id, kind, number, parentId, kind === 'machine' ? 1 : null);
}

function addSegment(db: Sqlite.Database, version: string, speaker: string | null): string {
  segments += 1;
  const id = `segment-${segments}`;
  db.prepare(
    `INSERT INTO segments (id, version_id, channel, window_index, start_ms, end_ms, text, speaker, language, confidence, flags, words)
     VALUES (?, ?, 0, 0, 1, 2, 'word', ?, 'en', 1, '[]', '[]')`,
  ).run(id, version, speaker);
  return id;
}

const count = (db: Sqlite.Database, ids: readonly string[] | null = null) =>
  new SpeakerCountReader(new SqliteConnection(db)).ofTexts(ids);

test('the speakers of a text are counted, each once, nobody not', () => {
  expect(count(withMachineText(['A', 'B', 'A', null, 'C', 'C']))).toEqual({ recording: 3 });
  expect(count(withMachineText(['A']), ['another'])).toEqual({});
  expect(count(withMachineText([null, null]))).toEqual({});
  expect(count(withMachineText([]))).toEqual({});
});

test('edits count: a speaker all of whose segments were given to another is gone, one that was made is there', () => {
  const db = withMachineText(['A', 'B', 'A']);
  const [first = '', , last = ''] = db
    .prepare('SELECT id FROM segments ORDER BY rowid')
    .pluck()
    .all() as string[];
  addVersion(db, 'edited', 'edited', 2, 'machine');
  const replace = (segment: string, speaker: string) => {
    db.prepare("INSERT INTO replaced_segments (version_id, segment_id) VALUES ('edited', ?)").run(segment);
    addSegment(db, 'edited', speaker);
  };
  // An edited version without edits is not the current text.
  replace(first, 'Z');
  expect(count(db)).toEqual({ recording: 2 });
  db.exec("INSERT INTO edits (version_id, number, at_ms, changes, undone) VALUES ('edited', 1, 1, '[]', 0)");
  expect(count(db, ['recording'])).toEqual({ recording: 3 });
  replace(last, 'B');
  expect(count(db)).toEqual({ recording: 2 });
  db.exec("UPDATE edits SET undone = 1 WHERE version_id = 'edited'");
  expect(count(db)).toEqual({ recording: 2 });
});

test('looks each label up instead of going through the segments', () => {
  const db = withMachineText([]);
  let sql = '';
  const connection = new SqliteConnection(db);
  new SpeakerCountReader({
    one: (text, parameters) => connection.one(text, parameters),
    all: (text, parameters) => {
      sql = text;
      return connection.all(text, parameters);
    },
  }).ofTexts(['recording']);
  const steps = queryPlan(db, sql).filter((step) => step.includes('segments') && !step.includes('replaced'));
  expect(steps.length).toBeGreaterThanOrEqual(3);
  for (const step of steps)
    expect(step).toMatch(/^SEARCH segments USING (COVERING )?INDEX speakers_of_segments/u);
});
