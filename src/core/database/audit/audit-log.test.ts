import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../database.ts';
import { openEncryptedFile } from '../encrypted-file.db.ts';
import {
  addTranscript,
  addVersion,
  addWindow,
  objectOf,
  type TestDatabase,
  testDatabase,
} from '../testing/test-database.ts';

let folder: TestDatabase;
let db: Database;
let transcript: Awaited<ReturnType<typeof addTranscript>>;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
  transcript = await addTranscript(db, ['I was at home', 'the whole night']);
  const { recordingId, jobId, versionId } = transcript;
  const original = objectOf(recordingId, 'original');
  await db.recordings.finishImport({
    recordingId,
    state: 'ready',
    sourceSha256: 'b'.repeat(64),
    layout: 'single',
    channels: 1,
    durationMs: 2000,
    original,
    atMs: 1,
  });
  const attemptId = uuidv7();
  await db.jobs.begin({ jobId, attemptId, atMs: 2 });
  await db.versions.finish({ versionId, completedAtMs: 3 });
  await db.jobs.end({ attemptId, atMs: 4, outcome: 'done', failure: null, figures: null, retryAtMs: null });
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

/** Alters the closed database with its key, as an attacker who has it would. */
async function tamper(sql: string): Promise<void> {
  await db.close();
  const handle = openEncryptedFile(folder.file, folder.key);
  handle.exec(sql);
  handle.close();
  db = await folder.reopen();
}

const headFile = () => join(folder.folder, 'head');

describe('the log', () => {
  test('tells of imports, jobs, versions and erasure, without a name or a word, and is sound', async () => {
    await db.recordings.erase({ recordingId: transcript.recordingId, atMs: 5 });
    const entries = await db.audit.page({ afterSequence: 0, limit: 10 });
    expect(entries.map(({ sequence, action, outcome }) => [sequence, action, outcome])).toEqual([
      [1, 'recording.imported', 'done'],
      [2, 'version.finished', 'done'],
      [3, 'job.ended', 'done'],
      [4, 'recording.erased', 'done'],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/hearing|home|night/);
    db = await folder.reopen();
    expect(await db.audit.verify()).toEqual([]);
    expect(await db.versions.verify()).toEqual([]);
  });

  test('is not written where the change it tells about fails', async () => {
    const twice = { ...objectOf(transcript.recordingId), id: (await db.objects.allIds())[0] ?? '' };
    const failing = db.recordings.finishImport({
      recordingId: transcript.recordingId,
      state: 'ready',
      sourceSha256: null,
      layout: 'single',
      channels: 1,
      durationMs: 1,
      original: twice,
      atMs: 9,
    });
    await expect(failing).rejects.toThrow(/UNIQUE/);
    expect((await db.audit.end()).sequence).toBe(3);
  });

  test('longer than a page is verified whole', async () => {
    const entry = { action: 'vault.opened', subjectId: null, outcome: 'done', detail: {} } as const;
    await Promise.all(Array.from({ length: 520 }, (_, atMs) => db.audit.append({ ...entry, atMs })));
    expect(await db.audit.verify()).toEqual([]);
    await tamper('UPDATE audit SET at_ms = at_ms + 1 WHERE sequence = 511');
    expect(await db.audit.verify()).toEqual([{ kind: 'altered', sequence: 511, toSequence: 511 }]);
  });
});

describe('tampering with the log', () => {
  test.each([
    ['an altered entry', "UPDATE audit SET outcome = 'failed' WHERE sequence = 2", 'altered', 2],
    ['a dropped entry', 'DELETE FROM audit WHERE sequence = 2', 'missing', 2],
    ['a cut end', 'DELETE FROM audit WHERE sequence = 3', 'rolledBack', 2],
    ['an emptied log', 'DELETE FROM audit', 'rolledBack', 0],
    [
      'exchanged entries',
      'UPDATE audit SET sequence = 9 WHERE sequence = 1; UPDATE audit SET sequence = 1 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 9',
      'altered',
      1,
    ],
  ])('%s is told with its place', async (_, sql, kind, sequence) => {
    await tamper(sql);
    expect((await db.audit.verify())[0]).toMatchObject({ kind, sequence });
  });

  test('an entry that cannot even be read stops no check', async () => {
    await tamper("UPDATE audit SET detail = 'nonsense' WHERE sequence = 2");
    expect(await db.audit.verify()).toMatchObject([{ kind: 'altered', sequence: 2 }]);
    expect(await db.versions.verify()).toEqual([{ kind: 'unrecorded', versionId: transcript.versionId }]);
  });

  test('a lost or foreign head is told, and not made good in silence', async () => {
    await db.close();
    const head = readFileSync(headFile());
    rmSync(headFile());
    db = await folder.reopen();
    expect(await db.audit.verify()).toEqual([{ kind: 'headMissing', sequence: 3, toSequence: 3 }]);
    await db.audit.append({ atMs: 1, action: 'vault.opened', subjectId: null, outcome: 'done', detail: {} });
    db = await folder.reopen();
    expect(await db.audit.faultsAtOpening()).toMatchObject([{ kind: 'headMissing' }]);

    await db.close();
    head[20] = (head[20] ?? 0) ^ 1;
    writeFileSync(headFile(), head);
    db = await folder.reopen();
    expect(await db.audit.verify()).toMatchObject([{ kind: 'headAltered' }]);
  });

  test('an older database put back beside the head is told, also after it was written on', async () => {
    db = await folder.reopen();
    await db.close();
    const older = join(folder.folder, 'older');
    copyFileSync(folder.file, older);
    db = await folder.reopen();
    await db.recordings.erase({ recordingId: transcript.recordingId, atMs: 5 });
    await db.close();
    copyFileSync(older, folder.file);
    db = await folder.reopen();
    const rolledBack = [{ kind: 'rolledBack', sequence: 3, toSequence: 4 }];
    expect(await db.audit.faultsAtOpening()).toEqual(rolledBack);
    expect(await db.audit.verify()).toEqual(rolledBack);
    for (const atMs of [6, 7, 8]) {
      await db.audit.append({ atMs, action: 'vault.opened', subjectId: null, outcome: 'done', detail: {} });
    }
    db = await folder.reopen();
    expect(await db.audit.verify()).toEqual([{ kind: 'rolledBack', sequence: 4, toSequence: 4 }]);
  });

  test('a head that lags behind, as a power cut leaves it, is sound and catches up', async () => {
    const lagging = readFileSync(headFile());
    await db.audit.append({ atMs: 5, action: 'vault.opened', subjectId: null, outcome: 'done', detail: {} });
    await db.close();
    writeFileSync(headFile(), lagging);
    db = await folder.reopen();
    expect(await db.audit.verify()).toEqual([]);
    await db.audit.append({ atMs: 6, action: 'vault.opened', subjectId: null, outcome: 'done', detail: {} });
    expect(readFileSync(headFile()).equals(lagging)).toBe(false);
    expect(await db.audit.verify()).toEqual([]);
  });
});

describe('tampering with a transcript', () => {
  test.each([
    ['a word', "UPDATE segments SET text = 'I was not at home' WHERE start_ms = 0"],
    ['a speaker', "UPDATE segments SET speaker = 'Speaker 2' WHERE start_ms = 0"],
    ['a time', 'UPDATE segments SET end_ms = end_ms + 1 WHERE start_ms = 0'],
    ['the words under a segment', "UPDATE segments SET words = '[]' WHERE start_ms = 0"],
    ['a whole segment', 'DELETE FROM segments WHERE start_ms = 0'],
    ['its number', 'UPDATE versions SET number = 2'],
    ['its hash with it', `UPDATE versions SET completed_at_ms = NULL, content_hash = '${'0'.repeat(64)}'`],
  ])('%s is told, though the log is sound', async (_, sql) => {
    await tamper(sql);
    expect(await db.audit.verify()).toEqual([]);
    expect(await db.versions.verify()).toEqual([{ kind: 'altered', versionId: transcript.versionId }]);
  });

  test('a version that vanished, and one that was slipped in, are told', async () => {
    const { recordingId, jobId, versionId } = transcript;
    const slipped = await addVersion(db, recordingId, jobId);
    await addWindow(db, { jobId, versionId: slipped, windowIndex: 1 }, ['I was in the bank']);
    await tamper(`UPDATE versions SET completed_at_ms = 5 WHERE id = '${slipped}';
      DELETE FROM versions WHERE id = '${versionId}'`);
    expect(await db.versions.verify()).toEqual([
      { kind: 'missing', versionId },
      { kind: 'unrecorded', versionId: slipped },
    ]);
  });

  test('a database without an audit key keeps no log and promises nothing', async () => {
    const file = join(folder.folder, 'ephemeral');
    const passing = await Database.open({ file, key: folder.key });
    const { versionId } = await addTranscript(passing, ['good morning']);
    await passing.versions.finish({ versionId, completedAtMs: 1 });
    expect(await passing.audit.end()).toMatchObject({ sequence: 0 });
    await expect(passing.audit.verify()).rejects.toThrow(/without an audit key/);
    await passing.close();
  });
});
