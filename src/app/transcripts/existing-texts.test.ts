import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CoreEvent } from '../../contract/events.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { transcriptDocument } from '../../core/transcripts/transcript-document.ts';
import { ExistingTexts } from './existing-texts.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { readVersion, transcriptVersions } from './transcript-versions.ts';
import { transcriptView } from './transcript-view.ts';

const HEARD = [
  'the witness came in before noon',
  'she sat down beside the window',
  'and then she spoke about it',
];
const WRITTEN =
  'Ms Ortega: The witness came in before noon.\nMs Ortega: She sat down beside the window.\nCLERK: And then she spoke about it.';

let vault: TestDatabase;
let events: CoreEvent[];
let texts: ExistingTexts;
beforeEach(async () => {
  vault = await testDatabase();
  events = [];
  texts = new ExistingTexts({ database: vault.db, emit: (event) => events.push(event) });
});
afterEach(() => vault[Symbol.asyncDispose]());

const file = (text: string, name = 'minutes.txt') => ({ name, bytes: new TextEncoder().encode(text) });

async function transcribed() {
  const { recordingId, versionId, jobId } = await addTranscript(vault.db, HEARD);
  await vault.db.versions.finish({ versionId, completedAtMs: 5 });
  await vault.db.jobs.setState({ jobId, state: 'cancelled' });
  return { recordingId, versionId };
}

test('a text becomes a version of its own with the times of what was heard, and nothing else changes', async () => {
  const { recordingId, versionId } = await transcribed();
  const editor = new TranscriptEditor(vault.db);
  const [first] = (await transcriptView(vault.db, recordingId)).segments;
  await editor.edit(recordingId, [first?.id ?? ''], ['the witness came in before four']);
  const before = await vault.db.segments.all(versionId);

  const outcome = await texts.add(recordingId, file(WRITTEN));
  expect(outcome).toMatchObject({ state: 'added', versionNumber: 3, fit: { words: 18, foundWords: 18 } });
  expect(events).toEqual([{ type: 'textAligned', recordingId, name: 'minutes.txt', outcome }]);
  const { segments } = await transcriptView(vault.db, recordingId);
  expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
    ['Ms Ortega', 'The witness came in before noon.'],
    ['Ms Ortega', 'She sat down beside the window.'],
    ['CLERK', 'And then she spoke about it.'],
  ]);
  expect(segments.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
    before.map(({ segment: { words } }) => [words[0]?.startMs, words.at(-1)?.endMs]),
  );
  const versions = await transcriptVersions(vault.db, recordingId);
  expect(
    versions.map(({ number, kind, brought, isCurrent }) => [number, kind, brought?.name ?? null, isCurrent]),
  ).toEqual([
    [3, 'machine', 'minutes.txt', true],
    [2, 'edited', null, false],
    [1, 'machine', null, false],
  ]);
  expect(await vault.db.segments.all(versionId)).toEqual(before);
  expect(await vault.db.versions.verify()).toEqual([]);

  // Another version is one edit away, and undone at once.
  await editor.useVersion(recordingId, versions[1]?.id ?? '');
  expect((await transcriptView(vault.db, recordingId)).segments[0]?.text).toBe(
    'the witness came in before four',
  );
  await editor.undo(recordingId);
  expect((await transcriptView(vault.db, recordingId)).segments.map(({ id }) => id)).toEqual(
    segments.map(({ id }) => id),
  );
});

test('what was not said and what is not in the text are told, also to readers of a file', async () => {
  const { recordingId, versionId } = await transcribed();
  const text =
    'The witness came in before noon. Nobody expected anything unusual whatsoever. And then she spoke about it.';
  await texts.add(recordingId, file(text));
  const latest = await vault.db.versions.latest(recordingId);
  const document = await transcriptDocument(vault.db, latest?.id ?? '');
  expect(document.existingText).toMatchObject({ name: 'minutes.txt', words: 17, foundWords: 12 });
  expect(document.segments.map(({ flags }) => flags)).toEqual([[], ['notHeard'], []]);
  const [, second] = await vault.db.segments.all(versionId);
  const { words = [] } = second?.segment ?? {};
  expect(document.skipped.filter(({ reason }) => reason === 'notInText')).toEqual([
    { startMs: words[0]?.startMs, endMs: words.at(-1)?.endMs, reason: 'notInText' },
  ]);
  const { differences } = await readVersion(vault.db, recordingId, versionId);
  expect(differences.map(({ current }) => current).join()).toContain('Nobody expected anything unusual');
});

test('a text of another recording waits for an answer', async () => {
  const { recordingId, versionId } = await transcribed();
  const other =
    'Profits of the company rose last year although fewer machines were sold abroad than planned.';
  expect(await texts.add(recordingId, file(other))).toMatchObject({
    state: 'unlike',
    fit: { words: 15, foundWords: 0 },
  });
  expect((await vault.db.versions.latest(recordingId))?.id).toBe(versionId);
  expect(await texts.waiting(recordingId)).toMatchObject({ name: 'minutes.txt', fit: { words: 15 } });
  expect(await texts.answer(recordingId, false)).toBeNull();
  expect(await texts.waiting(recordingId)).toBeNull();
  await texts.add(recordingId, file(other));
  expect(await texts.answer(recordingId, true)).toMatchObject({ state: 'added' });
  expect(await texts.waiting(recordingId)).toBeNull();
  expect((await transcriptView(vault.db, recordingId)).segments[0]?.text).toBe(other);
});

test('a text waits until its recording is transcribed', async () => {
  const { recordingId } = await addTranscript(vault.db, HEARD);
  expect(await texts.add(recordingId, file(WRITTEN))).toEqual({ state: 'waiting' });
  expect(await texts.waiting(recordingId)).toEqual({ name: 'minutes.txt', fit: null });
  expect((await transcriptVersions(vault.db, recordingId)).map(({ brought }) => brought)).toEqual([null]);
});
