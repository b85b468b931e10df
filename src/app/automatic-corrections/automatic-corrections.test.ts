import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  addJob,
  addTranscript,
  addVersion,
  addWindow,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { TranscriptEditor } from '../transcripts/transcript-editor.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';
import { AutomaticCorrections } from './automatic-corrections.ts';
import { fileOfRules, rulesOfFile } from './rule-file.ts';

let vault: TestDatabase;
let corrections: AutomaticCorrections;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  corrections = new AutomaticCorrections(vault.db);
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

const rule = (find: string, replacement: string, matchCase = false) => ({ find, replacement, matchCase });
const segmentsOf = async (recordingId: string) => (await transcriptView(vault.db, recordingId)).segments;
const textsOf = async (recordingId: string) => (await segmentsOf(recordingId)).map(({ text }) => text);
const apply = (recordingId: string, range: { startMs: number; endMs: number | null } | null = null) =>
  vault.db.automaticCorrections.apply({ recordingId, range, atMs: Date.now() });

async function addMatter(): Promise<string> {
  const id = newId();
  const name = 'Thorne v. Hale';
  await vault.db.matters.add({ id, name, vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 });
  return id;
}

async function transcribed(texts: string[]): Promise<{ recordingId: string; versionId: string }> {
  const made = await addTranscript(vault.db, texts);
  await vault.db.versions.finish({ versionId: made.versionId, completedAtMs: Date.now() });
  return made;
}

it('corrects a finished version as one edit, the matter’s rules first; words keep their times, the machine’s text stays', async () => {
  const matterId = await addMatter();
  await corrections.add(null, [rule('Mr Thorn', 'Mr Torn'), rule('hail', 'Hale')]);
  await corrections.add(matterId, [rule('Mr Thorn', 'Mr Thorne')]);
  const { recordingId, versionId } = await transcribed(['then Mr Thorn saw hail there', 'nothing here']);
  await vault.db.recordings.moveToMatter({ recordingId, matterId });
  const before = await segmentsOf(recordingId);
  expect(await apply(recordingId)).toBe(2);
  const [first, second] = await segmentsOf(recordingId);
  expect(first?.text).toBe('then Mr Thorne saw Hale there');
  expect(first?.words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
    before[0]?.words.map(({ startMs, endMs }) => [startMs, endMs]),
  );
  expect(second).toMatchObject({ text: 'nothing here', edited: false });
  const machine = await vault.db.segments.all(versionId);
  expect(machine.map(({ segment }) => segment.text)).toEqual([
    'then Mr Thorn saw hail there',
    'nothing here',
  ]);
  expect(await apply(recordingId), 'once').toBe(0);
  await editor.undo(recordingId);
  expect(await textsOf(recordingId)).toEqual(before.map(({ text }) => text));
  expect((await editor.undo(recordingId))?.length, 'it was one edit').toBe(0);
});

it('corrects a phrase over two segments word by word, and says in exports that no person has edited', async () => {
  await corrections.add(null, [
    rule('Mr Thorn', 'Mr Thorne'),
    rule('high court', 'Court'),
    rule('hail', 'Hale'),
  ]);
  const { recordingId } = await transcribed([
    'then hail saw MR',
    'THORN in the high',
    'court of Mr',
    'Thorn, hail',
  ]);
  expect(await apply(recordingId)).toBe(4);
  // A rule that puts fewer words than it finds stays within a segment.
  const texts = ['then Hale saw MR', 'THORNE in the high', 'court of Mr', 'Thorne, Hale'];
  expect(await textsOf(recordingId)).toEqual(texts);
  expect((await corrections.applied(recordingId)).map(({ found, stands }) => [found, stands])).toEqual([
    ['hail', true],
    ['THORN', true],
    ['Thorn', true],
    ['hail', true],
  ]);
  const documentOf = async () => await latestDocument(vault.db, await vault.db.recordings.get(recordingId));
  expect((await documentOf()).version).toMatchObject({ kind: 'edited', editedBy: 'rules' });
  const [first] = await segmentsOf(recordingId);
  await editor.edit(recordingId, [first?.id ?? ''], ['Then Hale saw Mr']);
  expect((await documentOf()).version).toMatchObject({ editedBy: 'person' });
  await editor.undo(recordingId);
  expect((await documentOf()).version).toMatchObject({ editedBy: 'rules' });
});

it('offers a rule when a word is corrected again, or occurs in a later recording, until that is declined', async () => {
  const { recordingId } = await transcribed(['Thorn came', 'Hail fell']);
  const word = { from: 'Thorn', to: 'Thorne' };
  expect(await corrections.corrected(recordingId, word), 'once').toBe(false);
  expect(await corrections.corrected(recordingId, word)).toBe(true);
  expect(await corrections.recurring(recordingId), 'it was corrected here').toEqual([]);
  const later = await transcribed(['and then Thorn left', 'no Thornton']);
  const other = await transcribed(['thorn, Thornton']);
  await corrections.corrected(recordingId, { from: 'Hail', to: 'Hale' });
  expect(await corrections.recurring(later.recordingId)).toEqual([word]);
  expect(await corrections.recurring(other.recordingId), 'whole words in their case').toEqual([]);
  await corrections.add(null, [rule('thorn', 'Thorne')]);
  expect(await corrections.recurring(later.recordingId), 'a rule does it').toEqual([]);
  expect(await corrections.corrected(later.recordingId, word)).toBe(false);
  await corrections.remove((await corrections.rules(null)).map(({ id }) => id));
  expect(await corrections.corrected(later.recordingId, word)).toBe(true);
  await corrections.decline(word);
  expect(await corrections.corrected(other.recordingId, word)).toBe(false);
  expect(await corrections.recurring(other.recordingId)).toEqual([]);
});

it('takes one back and then the rest, also after more was typed, and undoing brings them again', async () => {
  await corrections.add(null, [rule('thorn', 'Thorne')]);
  const { recordingId } = await transcribed(['thorn and thorn', 'a thorn']);
  await apply(recordingId);
  const [first] = await segmentsOf(recordingId);
  await editor.edit(recordingId, [first?.id ?? ''], ['Well, Thorne and Thorne']);
  const list = await corrections.applied(recordingId);
  expect(list.map(({ startMs, found, stands }) => [startMs, found, stands])).toEqual([
    [0, 'thorn', true],
    [200, 'thorn', true],
    [1100, 'thorn', true],
  ]);
  const second = list[1];
  if (second === undefined) throw new Error('no second correction');
  expect((await corrections.takeBack(recordingId, [second])).count).toBe(1);
  expect(await textsOf(recordingId)).toEqual(['Well, Thorne and thorn', 'a Thorne']);
  expect((await corrections.applied(recordingId)).map(({ stands }) => stands)).toEqual([true, false, true]);
  expect((await corrections.takeBack(recordingId, null)).count).toBe(2);
  expect(await textsOf(recordingId)).toEqual(['Well, thorn and thorn', 'a thorn']);
  await editor.undo(recordingId);
  expect(await textsOf(recordingId)).toEqual(['Well, Thorne and thorn', 'a Thorne']);
});

it('leaves alone what a person has edited, and of a stretch heard again corrects the new text only', async () => {
  const { recordingId } = await transcribed(['thorn one', 'thorn two', 'thorn three']);
  const [, second] = await segmentsOf(recordingId);
  await editor.edit(recordingId, [second?.id ?? ''], ['thorn two, as I said']);
  await corrections.add(null, [rule('thorn', 'Thorne')]);
  const jobId = await addJob(vault.db, recordingId);
  const versionId = await addVersion(vault.db, recordingId, jobId);
  await addWindow(vault.db, { jobId, versionId }, ['thorn anew']);
  const range = { startMs: 0, endMs: 900 };
  await vault.db.retranscriptions.complete({ versionId, range, atMs: Date.now() });
  expect(await apply(recordingId, range)).toBe(1);
  expect(await textsOf(recordingId)).toEqual(['Thorne anew', 'thorn two, as I said', 'thorn three']);
  expect((await corrections.applied(recordingId)).map(({ found }) => found)).toEqual(['thorn']);
});

it('keeps rules in lists of their own, replaces equal ones, and reads and writes them as a file', async () => {
  const matterId = await addMatter();
  const text = '\uFEFF# heard\twritten\r\nMr Thorn\tMr Thorne\r\n\r\nMay\tMai\tcase\n';
  expect(await corrections.addFile(matterId, text)).toEqual({ added: 2, replaced: 0 });
  expect(await corrections.addFile(matterId, 'mr thorn\tMr Thornton\n')).toEqual({ added: 0, replaced: 1 });
  expect(await corrections.rules(null)).toEqual([]);
  const file = await corrections.file(matterId);
  expect(file).toBe('May\tMai\tcase\nmr thorn\tMr Thornton\n');
  expect(fileOfRules(rulesOfFile(file))).toBe(file);
  expect(() => rulesOfFile('a\tb\n\nonly one\n')).toThrow(
    expect.objectContaining({ code: 'corrections.unreadable', details: { line: 3 } }),
  );
  await vault.db.matters.remove({ id: matterId, atMs: 1 });
  expect(await corrections.rules(matterId)).toEqual([]);
});
