import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../core/database/database.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { EditorTools } from './editor-tools.ts';

let folder: TestDatabase;
let db: Database;
let tools: EditorTools;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
  tools = new EditorTools(db);
});

afterEach(async () => {
  await tools.endSpelling();
  await folder[Symbol.asyncDispose]();
});

test('a recording keeps its own sound, which goes with it', async () => {
  const { recordingId } = await addTranscript(db, ['he was not there']);
  const other = await addTranscript(db, ['nor was she']);
  expect(await tools.sound(recordingId)).toEqual({ gainDb: 0, solo: null });
  await tools.keepSound(recordingId, { gainDb: 12, solo: 1 });
  await tools.keepSound(recordingId, { gainDb: 18, solo: null });
  expect(await tools.sound(recordingId)).toEqual({ gainDb: 18, solo: null });
  expect(await tools.sound(other.recordingId)).toEqual({ gainDb: 0, solo: null });
  await tools.keepSound(newId(), { gainDb: 3, solo: null });
});

test('words added at once are all kept, and a matter’s own words are known in its recordings', async () => {
  const { recordingId } = await addTranscript(db, ['he was not there']);
  await Promise.all(['Thorne', 'Ana', 'Thorne'].map((word) => tools.addWord(word)));
  expect(await tools.knownWords(recordingId)).toEqual({ own: ['Ana', 'Thorne'], matter: [] });
  const matterId = newId();
  await db.matters.add({
    ...{ id: matterId, name: 'Rex', vocabulary: ['lisinopril'], speakers: ['Dr Vane'], createdAtMs: 1 },
    defaultOptions: { prompt: 'Brightwater' },
  });
  await db.recordings.moveToMatter({ recordingId, matterId });
  await tools.removeWord('Ana');
  expect(await tools.knownWords(recordingId)).toEqual({
    own: ['Thorne'],
    matter: ['Rex', 'lisinopril', 'Dr Vane', 'Brightwater'],
  });
});

test('each language is spelled by its own dictionary, and suggestions come from it', async () => {
  const typed = ['testified', 'recieve', 'don’t', 'colour'];
  expect(await tools.misspelled('en', 'us', typed)).toEqual(['recieve', 'colour']);
  expect(await tools.misspelled('en', 'gb', typed)).toEqual(['recieve']);
  expect(await tools.misspelled('es', 'us', ['declaraba', 'havlaba', 'corazón'])).toEqual(['havlaba']);
  expect((await tools.suggestions('en', 'us', 'recieve'))[0]).toBe('receive');
  expect((await tools.suggestions('es', 'us', 'havlaba'))[0]).toBe('hablaba');
  await tools.endSpelling();
  expect(await tools.misspelled('en', 'us', ['wrod']), 'asked again, it starts again').toEqual(['wrod']);
});
