import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { AuditHead } from '../../audit/audit-head.ts';
import { replaceTexts } from '../../text-alignment/replace-texts.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import { SqliteConnection } from '../connection.db.ts';
import { Database } from '../database.ts';
import { applyKey } from '../encrypted-file.db.ts';
import { migrate } from '../migrate.db.ts';
import { openRepositories, type Repositories } from '../repositories.db.ts';
import { addRows, databaseAfter, queryPlan } from '../testing/migrated-database.ts';
import { CURRENT_BY_IDS } from '../transcripts/edits.db.ts';

/** A segment as the old release showed it: channel, start, end, speaker, text, whether it was edited, word count. */
type Shown = [number, number, number, string | null, string, boolean, number];

interface ShownRecording {
  versions: {
    kind: string;
    number: number;
    contentHash: string | null;
    extent: { edits: number; editedAtMs: number | null; changedSegments: number };
    segments: Shown[];
  }[];
  canUndo: boolean | null;
  canRedo: boolean | null;
  /** `segmentId` is the index of the segment in the current text. */
  viewState: { segmentId: number; offset: number; scrollMs: number; playheadMs: number } | null;
  /** The text after each undo, and then after each redo. */
  undone: Shown[][];
  redone: Shown[][];
  /** The text with all edited segments reset. */
  reset: Shown[] | null;
}

/** What a vault of the previous release showed, before its rows were dumped to `rows.sql`. */
interface ShownVault {
  names: Record<string, string>;
  /** The head file of its audit log. */
  head: string;
  alteredEdits: [name: string, kind: string][];
  search: [text: string, hits: [name: string, startMs: number, text: string, isCurrent: boolean][]][];
  recordings: Record<string, ShownRecording>;
}

const FIXTURE = join(import.meta.dirname, '../testing/old-vault');
const SHOWN = JSON.parse(readFileSync(join(FIXTURE, 'shown.json'), 'utf8')) as ShownVault;
const ROWS = readFileSync(join(FIXTURE, 'rows.sql'), 'utf8');
const NAMES = Object.keys(SHOWN.names);
const KEY = Buffer.alloc(32, 7);
const AUDIT_KEY = Buffer.alloc(32, 9);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface OldVault {
  readonly handle: Sqlite.Database;
  readonly head: AuditHead;
}

/** The old vault in memory, with further changes. */
async function oldVault(sql = ''): Promise<OldVault> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-old-vault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'head'), Buffer.from(SHOWN.head, 'base64'));
  const handle = databaseAfter(15);
  handle.exec(ROWS);
  handle.exec(sql);
  return { handle, head: new AuditHead(join(folder, 'head'), AUDIT_KEY) };
}

/** The old vault after the migration. */
async function migratedVault(sql = ''): Promise<{ handle: Sqlite.Database; db: Repositories }> {
  const { handle, head } = await oldVault(sql);
  migrate(handle, { head });
  return { handle, db: openRepositories(new SqliteConnection(handle), head) };
}

function shown({ channel, segment, edited }: StoredSegment): Shown {
  const { startMs, endMs, speaker, text, words } = segment;
  return [channel, startMs, endMs, speaker, text, edited, words.length];
}

function current(db: Repositories, name: string): StoredSegment[] {
  const text = db.edits.text(SHOWN.names[name] ?? '');
  return text === null ? [] : db.segments.all(text.editedVersionId ?? text.machineVersionId);
}

describe('a vault of the release before', () => {
  let db: Repositories;
  let handle: Sqlite.Database;
  beforeAll(async () => {
    // Shared by all: no test changes it permanently.
    const folder = await mkdtemp(join(tmpdir(), 'voicesync-old-vault-'));
    await writeFile(join(folder, 'head'), Buffer.from(SHOWN.head, 'base64'));
    handle = databaseAfter(15);
    handle.exec(ROWS);
    const head = new AuditHead(join(folder, 'head'), AUDIT_KEY);
    migrate(handle, { head });
    db = openRepositories(new SqliteConnection(handle), head);
    return () => rm(folder, { recursive: true });
  });

  test('is sound, and has a UUID for every segment', () => {
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(handle.pragma('foreign_key_check')).toEqual([]);
    handle.exec("INSERT INTO segments_fts (segments_fts) VALUES ('integrity-check')");
    const ids = handle.prepare('SELECT id FROM segments').pluck().all() as string[];
    expect(ids.length).toBeGreaterThan(80);
    for (const id of ids) expect(id).toMatch(UUID);
    const named = handle.prepare(`SELECT segment_id FROM replaced_segments
      UNION SELECT value FROM segments, json_each(origins)`);
    for (const id of named.pluck().all()) expect(id).toMatch(UUID);
    const logged = handle.prepare('SELECT changes FROM edits').pluck().all().join();
    expect(logged).not.toMatch(/"key"|\[\d|,\d+[,\]]/);
  });

  test.each(NAMES)('has the versions of %s as they were', (name) => {
    const versions = db.versions.list(SHOWN.names[name] ?? '').map(({ id, kind, number, contentHash }) => {
      const segments = db.segments.all(id).map(shown);
      return { kind, number, contentHash, extent: db.edits.extent(id), segments };
    });
    expect(versions).toMatchObject(SHOWN.recordings[name]?.versions ?? []);
  });

  test('knows a segment again in every version that has it, and an edited one for what it was made of', () => {
    const all = db.versions
      .list(SHOWN.names['retranscribed.wav'] ?? '')
      .map(({ id, kind }) => ({ kind, segments: db.segments.all(id) }));
    const idOf = (version: number, text: string) =>
      all[version]?.segments.find(({ segment }) => segment.text === text)?.id ?? '';
    const last = 'he remembered nothing at all';
    expect(idOf(2, last)).toBe(idOf(0, last));
    expect(idOf(4, last)).toBe(idOf(0, last));
    expect(idOf(1, 'outside the range')).toBe(idOf(0, 'the witness came in early'));
    expect(idOf(5, 'outside the range, again')).toBe(idOf(0, 'the witness came in early'));
    const ids = all.map(({ segments }) => segments.map(({ id }) => id));
    for (const one of ids) expect(new Set(one).size).toBe(one.length);
  });

  test.each(NAMES)('undoes, redoes and resets what was done in %s', (name) => {
    const recordingId = SHOWN.names[name] ?? '';
    const expected = SHOWN.recordings[name];
    const text = db.edits.text(recordingId);
    expect([text?.canUndo ?? null, text?.canRedo ?? null]).toEqual([expected?.canUndo, expected?.canRedo]);
    const steps: { undone: Shown[][]; redone: Shown[][]; reset: Shown[] | null } = {
      ...{ undone: [], redone: [], reset: null },
    };
    undoAfterwards(handle, () => {
      while (db.edits.text(recordingId)?.canUndo === true) {
        db.edits.undo(recordingId);
        steps.undone.push(current(db, name).map(shown));
      }
      while (db.edits.text(recordingId)?.canRedo === true) {
        db.edits.redo(recordingId);
        steps.redone.push(current(db, name).map(shown));
      }
      const ids = current(db, name).flatMap(({ id, edited }) => (edited ? [id] : []));
      if (ids.length === 0) return;
      db.corrections.reset({ recordingId, ids });
      steps.reset = current(db, name).map(shown);
    });
    const { undone, redone, reset } = expected as ShownRecording;
    expect(steps).toEqual({ undone, redone, reset });
  });

  test.each(NAMES)('edits every segment of %s on', (name) => {
    const recordingId = SHOWN.names[name] ?? '';
    undoAfterwards(handle, () => {
      for (const segment of current(db, name)) {
        const texts = [`${segment.segment.text} and more`];
        db.corrections.edit({ recordingId, ids: [segment.id], texts });
        const [after] = current(db, name).filter(({ id }) => id === segment.id);
        expect(after?.segment.text).toBe(replaceTexts([segment], texts)[0]?.inserted[0]?.segment.text);
      }
      expect(current(db, name)).toHaveLength(SHOWN.recordings[name]?.versions.at(-1)?.segments.length ?? 0);
    });
  });

  test.each(NAMES)('remembers where the user was in %s', (name) => {
    const place = db.viewStates.get(SHOWN.names[name] ?? '');
    const at = current(db, name).findIndex(({ id }) => id === place?.segmentId);
    expect(place && { ...place, segmentId: at }).toEqual(SHOWN.recordings[name]?.viewState);
  });

  test.each(SHOWN.search)('finds "%s" where it was found', (text, hits) => {
    const found = db.search.find({ text, limit: 100 }).map((hit) => {
      const segment = current(db, hit.recordingName).find(({ id }) => id === hit.segmentId);
      return [hit.recordingName, hit.startMs, hit.text, segment?.segment.text === hit.text];
    });
    expect(found).toEqual(hits);
  });

  test('is what its audit log says, but for what was altered before', () => {
    expect(db.audit.faultsAtOpening()).toEqual([]);
    expect(db.audit.verify()).toEqual([]);
    expect(db.versions.verify()).toEqual([]);
    const names = new Map(
      NAMES.flatMap((name) => db.versions.list(SHOWN.names[name] ?? '').map(({ id }) => [id, name] as const)),
    );
    const faults = db.editSessions.verify().map(({ versionId, kind }) => [names.get(versionId), kind]);
    expect(faults).toEqual(SHOWN.alteredEdits);
  });

  test('keeps the ranges of jobs apart', () => {
    const id = SHOWN.names['retranscribed.wav'] ?? '';
    const ranges = db.jobs.list({ recordingId: id }).map(({ range, priorityStartMs, priorityEndMs }) => ({
      ...{ range, priority: [priorityStartMs, priorityEndMs] },
    }));
    expect(ranges).toContainEqual({ range: { startMs: 1150, endMs: 2150 }, priority: [500, 900] });
    expect(ranges).toContainEqual({ range: null, priority: [null, null] });
  });
});

test('what somebody altered before the migration is not vouched for by it', async () => {
  const { db } = await migratedVault(
    "UPDATE segments SET text = 'never said' WHERE text = 'Second part' AND origins IS NOT NULL",
  );
  const altered = db.editSessions.verify().map(({ versionId }) => db.versions.get(versionId)?.recordingId);
  expect(altered).toContain(SHOWN.names['part-2.wav']);
  expect(altered).toContain(SHOWN.names['joined.wav']);
  expect(altered).not.toContain(SHOWN.names['edited.wav']);
});

test('what somebody alters after it is found', async () => {
  const { handle, db } = await migratedVault();
  handle.exec("UPDATE segments SET text = 'never said' WHERE text = 'Second part' AND origins IS NOT NULL");
  const altered = db.editSessions.verify().map(({ versionId }) => db.versions.get(versionId)?.recordingId);
  expect(altered).toContain(SHOWN.names['part-2.wav']);
});

test('an encrypted file of the release before is opened by its keys, with its log in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-old-vault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'vault'));
  await writeFile(join(folder, 'vault', 'head'), Buffer.from(SHOWN.head, 'base64'));
  const file = join(folder, 'vault', 'database');
  const handle = new Sqlite(file);
  applyKey(handle, KEY);
  migrate(handle, { upTo: 15 });
  handle.exec(`BEGIN; ${ROWS}; COMMIT`);
  handle.close();
  for (let opening = 0; opening < 2; opening += 1) {
    await using db = Object.assign(await Database.open({ file, key: KEY, auditKey: AUDIT_KEY }), {
      [Symbol.asyncDispose]: () => db.close(),
    });
    expect(await db.audit.verify()).toEqual([]);
    expect(await db.editSessions.verify()).toHaveLength(SHOWN.alteredEdits.length);
    expect(await db.checkIntegrity()).toEqual([]);
  }
});

test('a vault that keeps no log is migrated too', async () => {
  const { handle } = await oldVault();
  migrate(handle);
  expect(handle.prepare('SELECT count(*) FROM segments WHERE id IS NULL').pluck().get()).toBe(0);
});

test('within a version a segment is there once', () => {
  const db = databaseAfter(16);
  addRows(db);
  db.exec(`INSERT INTO versions (id, recording_id, job_id, kind, number, created_at_ms)
    VALUES ('version', 'recording', 'job', 'machine', 1, 1)`);
  const insert = `INSERT INTO segments (id, version_id, channel, window_index, start_ms, end_ms, text, language,
      confidence, flags, words) VALUES ('segment', 'version', 0, 0, 0, 1000, 'words', 'en', 1, '[]', '[]')`;
  db.exec(insert);
  expect(() => db.exec(insert)).toThrow(/UNIQUE/);
});

test('a segment of a version is found by its id', () => {
  const sql = 'SELECT text FROM segments WHERE version_id = @versionId AND id = @id';
  expect(queryPlan(databaseAfter(16), sql)).toEqual([
    'SEARCH segments USING INDEX segments_by_id (version_id=? AND id=?)',
  ]);
});

test('current segments are found by their ids without looking through the text', () => {
  const steps = queryPlan(databaseAfter(16), CURRENT_BY_IDS);
  const byId = steps.filter((step) =>
    step.startsWith('SEARCH segments USING INDEX segments_by_id (version_id=? AND id=?)'),
  );
  expect(byId).toHaveLength(2);
  expect(steps.filter((step) => step.includes('segments_of_version'))).toEqual([]);
});

/** Runs `work` and rolls it back. */
function undoAfterwards(handle: Sqlite.Database, work: () => void): void {
  handle.exec('BEGIN');
  try {
    work();
  } finally {
    handle.exec('ROLLBACK');
  }
}
