import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VersionReading } from '../../contract/views.ts';
import {
  addJob,
  addTranscript,
  addVersion,
  addWindow,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { readVersion, transcriptVersions } from './transcript-versions.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

const THREE = ['the witness came in', 'she sat down there', 'and then she spoke'];
const code = (expected: string) => expect.objectContaining({ code: expected });

const segmentsOf = async (recordingId: string) => (await transcriptView(vault.db, recordingId)).segments;
const textsOf = async (recordingId: string) => (await segmentsOf(recordingId)).map(({ text }) => text);

/** The differences as a reader sees them: the version's words, and the current text there. */
function seen({ transcript, differences }: VersionReading): [string, string][] {
  const segments = new Map(transcript.segments.map((segment) => [segment.id, segment]));
  return differences.map(({ pieces, current }) => [
    pieces
      .flatMap(({ segmentId, fromWord, toWord }) =>
        segments
          .get(segmentId)
          ?.words.slice(fromWord, toWord)
          .map((word) => word.text),
      )
      .join(' '),
    current,
  ]);
}

/** Another transcription of the same recording, finished, with these texts. */
async function transcribeAgain(recordingId: string, texts: string[]): Promise<string> {
  const jobId = await addJob(vault.db, recordingId);
  const versionId = await addVersion(vault.db, recordingId, jobId);
  await addWindow(vault.db, { jobId, versionId }, texts);
  await vault.db.versions.finish({ versionId, completedAtMs: 7 });
  return versionId;
}

describe('the versions of a transcript', () => {
  test('are those with a text of their own, with what made them', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    await vault.db.versions.finish({ versionId, completedAtMs: 5 });
    const [first] = await segmentsOf(recordingId);
    await editor.edit(recordingId, [first?.id ?? ''], ['the witness entered']);
    await editor.edit(recordingId, [first?.id ?? ''], ['the lady entered']);
    const [edited, machine, ...others] = await transcriptVersions(vault.db, recordingId);
    expect(others).toEqual([]);
    expect(edited).toMatchObject({ number: 2, kind: 'edited', changedSegments: 1, isCurrent: true });
    expect(machine).toMatchObject({
      id: versionId,
      number: 1,
      kind: 'machine',
      writtenAtMs: 5,
      model: 'sample',
      language: 'en',
      complete: true,
      changedSegments: 0,
      isCurrent: false,
    });
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    expect(await transcriptVersions(vault.db, recordingId)).toEqual([{ ...machine, isCurrent: true }]);
  });

  test('keep their dates when the recording is transcribed again', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    await vault.db.versions.finish({ versionId, completedAtMs: 5 });
    const [first] = await segmentsOf(recordingId);
    await editor.edit(recordingId, [first?.id ?? ''], ['mine']);
    const [before] = await transcriptVersions(vault.db, recordingId);
    await transcribeAgain(recordingId, THREE);
    const after = await transcriptVersions(vault.db, recordingId);
    expect(after.map(({ number, isCurrent }) => [number, isCurrent])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect(after[1]).toEqual({ ...before, isCurrent: false });
  });

  test('of another recording are not found', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const other = await addTranscript(vault.db, THREE, 'other.wav');
    await expect(readVersion(vault.db, recordingId, other.versionId)).rejects.toEqual(
      code('version.notFound'),
    );
  });
});

describe('reading a version', () => {
  test('shows its text, and each place where the current text says something else', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    const ids = (await segmentsOf(recordingId)).map(({ id }) => id);
    await editor.edit(recordingId, ids, [
      'the witness Mrs Lee came in',
      'she stood up there',
      'And then spoke',
    ]);
    const reading = await readVersion(vault.db, recordingId, versionId);
    expect(reading.transcript.segments.map(({ text }) => text)).toEqual(THREE);
    expect(reading.transcript).toMatchObject({ canUndo: false, canRedo: false, versionKind: 'machine' });
    expect(seen(reading)).toEqual([
      ['', 'Mrs Lee'],
      ['sat down', 'stood up'],
      ['and', 'And'],
      ['she', ''],
    ]);
  });

  test('of the current text shows no differences', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    expect((await readVersion(vault.db, recordingId, versionId)).differences).toEqual([]);
  });

  test('finds a changed word in hours of text, and nothing else', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `sentence number ${index} is like the others`);
    const { recordingId, versionId } = await addTranscript(vault.db, many);
    const segments = await segmentsOf(recordingId);
    await editor.edit(recordingId, [segments[200]?.id ?? ''], ['sentence number 200 is unlike the others']);
    const last = segments.slice(-2).map(({ id }) => id);
    await editor.edit(recordingId, last, ['an end']);
    expect(seen(await readVersion(vault.db, recordingId, versionId))).toEqual([
      ['like', 'unlike'],
      [`${many[398]} ${many[399]}`, 'an end'],
    ]);
  });
});

describe('a version that is made the current text', () => {
  test('comes with an edit of its own size, also where everybody talks at once all the time', async () => {
    const many = Array.from(
      { length: 300 },
      (_, index) => `a sentence that is longer than the second ${index} has`,
    );
    const { recordingId, versionId } = await addTranscript(vault.db, many);
    await vault.db.versions.finish({ versionId, completedAtMs: 5 });
    await transcribeAgain(
      recordingId,
      many.map((text) => `${text} room for`),
    );
    await editor.useVersion(recordingId, versionId);
    expect(await textsOf(recordingId)).toEqual(many);
    const current = await vault.db.versions.latest(recordingId);
    const segments = await vault.db.segments.all(current?.id ?? '');
    expect(Math.max(...segments.map(({ origins }) => origins.length))).toBeLessThanOrEqual(3);
  });

  test('brings the machine’s draft back as one edit, and one undo brings the corrections back', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    const machine = await segmentsOf(recordingId);
    const ids = machine.map(({ id }) => id);
    await editor.edit(recordingId, ids.slice(0, 2), ['the witness sat down']);
    await editor.edit(recordingId, ids.slice(2), ['']);
    const mine = await segmentsOf(recordingId);
    expect(await editor.useVersion(recordingId, versionId)).toBe(true);
    expect(await segmentsOf(recordingId)).toEqual(machine);
    expect(await editor.useVersion(recordingId, versionId)).toBe(false);
    await editor.undo(recordingId);
    expect(await segmentsOf(recordingId)).toEqual(mine);
  });

  test('brings old corrections over a newer transcription, untouched where both agree', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    await vault.db.versions.finish({ versionId, completedAtMs: 5 });
    const [first] = await segmentsOf(recordingId);
    await editor.edit(recordingId, [first?.id ?? ''], ['the plaintiff came in']);
    const old = (await transcriptVersions(vault.db, recordingId))[0]?.id ?? '';
    await transcribeAgain(recordingId, ['the witless came in', 'she sat down there', 'and then she poke']);
    const newer = await segmentsOf(recordingId);

    expect(await editor.useVersion(recordingId, old)).toBe(true);
    const used = await segmentsOf(recordingId);
    expect(used.map(({ text }) => text)).toEqual([
      'the plaintiff came in',
      'she sat down there',
      'and then she spoke',
    ]);
    expect(used[1]).toEqual(newer[1]);
    expect((await readVersion(vault.db, recordingId, old)).differences).toEqual([]);
    const kinds = (await transcriptVersions(vault.db, recordingId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['edited', 'machine', 'edited', 'machine']);

    await editor.reset(recordingId, [used[0]?.id ?? '']);
    expect((await textsOf(recordingId))[0]).toBe('the witless came in');
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    expect(await segmentsOf(recordingId)).toEqual(newer);
  });
});
