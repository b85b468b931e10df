import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../core/database/database.ts';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { TranscriptEditor } from './transcript-editor.ts';

let folder: TestDatabase;
let db: Database;
let editor: TranscriptEditor;
let recordingId: string;
let ids: string[];

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
  editor = new TranscriptEditor(db);
  const transcript = await addTranscript(db, ['I was at home', 'the whole night']);
  recordingId = transcript.recordingId;
  await db.versions.finish({ versionId: transcript.versionId, completedAtMs: 3 });
  ids = (await db.segments.all(transcript.versionId)).map(({ id }) => id);
});
afterEach(() => folder[Symbol.asyncDispose]());

const endOfEditing = () => db.editSessions.bind({ recordingId, atMs: 5 });
const edit = (text: string, undoGroup?: string) =>
  editor.edit(recordingId, ids.slice(0, 1), [text], { undoGroup });
const editedId = async () =>
  (await db.versions.list(recordingId)).find(({ kind }) => kind === 'edited')?.id ?? '';

async function actions(): Promise<string[]> {
  const entries = await db.audit.page({ afterSequence: 1, limit: 100 });
  return entries.map(({ action, outcome }) => (outcome === 'done' ? action : `${action} ${outcome}`));
}

/** Opens the database again; `sql` is a change that a holder of the key made meanwhile. */
async function reopened(sql = ''): Promise<void> {
  await db.close();
  const handle = openEncryptedFile(folder.file, folder.key);
  handle.exec(sql);
  handle.close();
  db = await folder.reopen();
  editor = new TranscriptEditor(db);
}

describe('edits in the audit log', () => {
  test('cost two entries for a session, however much is typed, and hold no word of it', async () => {
    for (const text of ['I was', 'I was not', 'I was not at home']) await edit(text);
    await editor.undo(recordingId);
    await endOfEditing();
    await endOfEditing();
    expect(await actions()).toEqual(['version.editing', 'version.edited']);
    await edit('I was away');
    expect(await actions()).toEqual(['version.editing', 'version.edited', 'version.editing']);
    await endOfEditing();
    expect(JSON.stringify(await db.audit.page({ afterSequence: 0, limit: 9 }))).not.toMatch(/away|home/);
    await reopened();
    expect(await db.audit.verify()).toEqual([]);
    expect(await db.editSessions.verify()).toEqual([]);
  });

  test('are sound while they are made, and after a crash in the middle of them', async () => {
    await edit('I was away');
    await endOfEditing();
    await editor.undo(recordingId);
    await edit('I was out');
    expect(await db.editSessions.verify()).toEqual([]);
    await reopened();
    expect(await db.editSessions.verify()).toEqual([]);
    await db.editSessions.bind({ recordingId: null, atMs: 6, interrupted: true });
    expect((await actions()).at(-1)).toBe('version.edited interrupted');
    expect(await db.editSessions.verify()).toEqual([]);
  });

  test('from before there was a log of them are bound as they are found', async () => {
    await edit('I was away');
    await endOfEditing();
    await reopened("DELETE FROM audit WHERE action LIKE 'version.edit%'");
    await db.editSessions.bind({ recordingId: null, atMs: 6, interrupted: true });
    expect(await db.editSessions.verify()).toEqual([]);
  });

  test('that are erased with their recording are not missed', async () => {
    await edit('I was away');
    await endOfEditing();
    await db.recordings.erase({ recordingId, atMs: 7 });
    expect(await db.editSessions.verify()).toEqual([]);
  });

  test.each([
    ['an edit says something else', "UPDATE edits SET changes = replace(changes, 'away', 'here')"],
    ['an edit was made at another time', 'UPDATE edits SET at_ms = at_ms + 1'],
    ['an edit is undone', 'UPDATE edits SET undone = 1 WHERE number = 2'],
    ['an edit is gone', 'DELETE FROM edits WHERE number = 2'],
    [
      'an edit was put in',
      "INSERT INTO edits (version_id, number, at_ms, changes) SELECT version_id, 9, 1, '[]' FROM edits LIMIT 1",
    ],
    ['the corrected text is another', "UPDATE segments SET text = 'I was here' WHERE origins IS NOT NULL"],
    ['a corrected passage is gone', 'DELETE FROM segments WHERE origins IS NOT NULL'],
    ['the machine’s passage is back', 'DELETE FROM replaced_segments'],
  ])('show that %s', async (_what, sql) => {
    await edit('I was away');
    await edit('I was away all night');
    await endOfEditing();
    const versionId = await editedId();
    await reopened(sql);
    await db.editSessions.bind({ recordingId: null, atMs: 6, interrupted: true });
    expect(await db.audit.verify()).toEqual([]);
    expect(await db.versions.verify()).toEqual([]);
    expect(await db.editSessions.verify()).toEqual([{ kind: 'altered', versionId }]);
  });

  test('show that all of them are gone', async () => {
    await edit('I was away');
    await endOfEditing();
    const versionId = await editedId();
    await reopened("DELETE FROM versions WHERE kind = 'edited'");
    expect(await db.editSessions.verify()).toEqual([{ kind: 'missing', versionId }]);
  });
});
