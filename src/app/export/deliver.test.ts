import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { deliver } from '../../core/delivery/deliver.ts';
import { closeExporter } from '../../core/export/export-thread.ts';
import { TranscriptEditor } from '../transcripts/transcript-editor.ts';

let vault: TestDatabase;
let folder: string;
beforeEach(async () => {
  vault = await testDatabase();
  folder = join(vault.folder, 'out');
  mkdirSync(folder);
});
afterEach(() => vault[Symbol.asyncDispose]());
afterAll(closeExporter);

const delivery = () => ({
  folder,
  formats: ['txt' as const, 'srt' as const],
  timestamps: true,
  content: FULL_CONTENT,
  overwrite: false,
});

test('whoever delivers, edits are bound before and every file has its entry, which names nobody', async () => {
  const { recordingId, versionId } = await addTranscript(vault.db, ['I was at home'], 'Smith.wav');
  await vault.db.versions.finish({ versionId, completedAtMs: 3 });
  const [first] = await vault.db.segments.all(versionId);
  await new TranscriptEditor(vault.db).edit(recordingId, [first?.id ?? ''], ['I was away']);
  const edited = (await vault.db.versions.latest(recordingId))?.id ?? '';
  const [txt = '', srt = ''] = await deliver(vault.db, edited, delivery(), { language: 'en' });

  const entries = await vault.db.audit.page({ afterSequence: 0, limit: 9 });
  const told = entries.map(({ action, subjectId, detail }) => [action, subjectId, detail.format]);
  expect(told).toEqual([
    ['version.finished', versionId, undefined],
    ['version.editing', edited, undefined],
    ['version.edited', edited, undefined],
    ['version.exported', edited, 'txt'],
    ['version.exported', edited, 'srt'],
  ]);
  const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(entries.slice(3).map(({ detail }) => detail.fileHash)).toEqual([hashOf(txt), hashOf(srt)]);
  expect(JSON.stringify(entries)).not.toMatch(/Smith|away|hearing/);
});

test('a delivery that is repeated finds its file, and tells of it by its hash', async () => {
  const { versionId } = await addTranscript(vault.db, ['I was at home']);
  let noted: { path: string; sha256: string } | null = null;
  const notesOf = () => ({
    recall: async () => noted,
    note: async (file: { path: string; sha256: string }) => {
      noted = file;
    },
  });
  for (const _time of [1, 2]) {
    await deliver(vault.db, versionId, { ...delivery(), formats: ['txt'] }, { language: 'en', notesOf });
  }
  expect(readdirSync(folder)).toEqual(['hearing.txt']);
  const entries = await vault.db.audit.about(['version.exported']);
  expect(new Set(entries.map(({ detail }) => detail.fileHash)).size).toBe(1);
  expect(entries[0]?.detail.fileHash).toMatch(/^[0-9a-f]{64}$/);
});
