import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobRange } from '../../contract/job.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { EditableSegment } from '../../contract/views.ts';
import {
  addTranscript,
  NO_FINDINGS,
  OPTIONS,
  segmentOf,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import type { RetranscriptionOutcome } from '../../core/database/transcripts/retranscriptions.db.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { type KeptBefore, TranscriptEditor } from './transcript-editor.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

/** A second each, from 0, 1000 and so on. */
const FOUR = ['the witness came in', 'she sat down there', 'and then she spoke', 'nobody said more'];

async function finished(): Promise<{ recordingId: string; versionId: string }> {
  const { recordingId, versionId } = await addTranscript(vault.db, FOUR);
  await vault.db.versions.finish({ versionId, completedAtMs: 10 });
  return { recordingId, versionId };
}

async function current(recordingId: string): Promise<EditableSegment[]> {
  return (await transcriptView(vault.db, recordingId)).segments;
}

async function texts(recordingId: string): Promise<string[]> {
  return (await current(recordingId)).map(({ text }) => text);
}

/** Begins to retranscribe a range, with the result; completing it is the second step. */
async function heardAnew(
  recordingId: string,
  span: JobRange,
  segments: Segment[],
): Promise<() => Promise<RetranscriptionOutcome | null>> {
  const { db } = vault;
  const jobId = newId();
  const versionId = newId();
  const parentId = (await db.edits.text(recordingId))?.machineVersionId ?? null;
  const options = { ...OPTIONS, language: 'es' };
  await db.jobs.add({ id: jobId, recordingId, options, delivery: null, range: span, createdAtMs: 1 });
  await db.versions.create({ id: versionId, recordingId, jobId, kind: 'machine', parentId, createdAtMs: 20 });
  const place = { jobId, channel: 0, windowIndex: 0 };
  await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
  await db.windows.complete({
    ...place,
    versionId,
    inferenceMs: 1,
    completedAtMs: 2,
    segments,
    findings: NO_FINDINGS,
  });
  return () => db.retranscriptions.complete({ versionId, range: span, atMs: 30 });
}

const SECOND: JobRange = { startMs: 950, endMs: 1950 };
const ANEW = [segmentOf('se sentó allí', 1000)];

describe('a stretch that is heard anew', () => {
  test('stands in a new version; outside, segments keep their names, texts and times', async () => {
    const { recordingId, versionId } = await finished();
    const before = await current(recordingId);
    const machine = await vault.db.segments.all(versionId);
    const complete = await heardAnew(recordingId, SECOND, ANEW);
    expect(await current(recordingId)).toEqual(before);

    const outcome = await complete();
    const after = await current(recordingId);
    expect(after.map(({ text }) => text)).toEqual([FOUR[0], 'se sentó allí', FOUR[2], FOUR[3]]);
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(outcome).toMatchObject({
      earlier: { id: versionId, number: 1 },
      version: { number: 2, kind: 'machine' },
    });
    expect(await vault.db.segments.all(versionId)).toEqual(machine);
    expect(await vault.db.versions.verify()).toEqual([]);
    const entry = (await vault.db.audit.page({ afterSequence: 0, limit: 100 })).at(-1);
    expect(entry).toMatchObject({
      action: 'version.finished',
      detail: { parentId: versionId, startMs: 950, endMs: 1950 },
    });
  });

  test('is what searches find, and exports say how it came about', async () => {
    const { recordingId } = await finished();
    await (await heardAnew(recordingId, SECOND, ANEW))();
    const found = async (text: string) =>
      (await vault.db.search.find({ text, limit: 10 })).map((hit) => hit.text);
    expect(await found('sentó')).toEqual(['se sentó allí']);
    expect(await found('sat')).toEqual([]);
    expect(await found('witness')).toEqual([FOUR[0]]);

    const document = await latestDocument(vault.db, await vault.db.recordings.get(recordingId));
    expect(document.version).toMatchObject({ number: 2, kind: 'machine', createdAtMs: 30 });
    expect(document.options.language).toBe('en');
    expect(document.reruns).toEqual([
      expect.objectContaining({ startMs: 950, endMs: 1950, language: 'es', versionNumber: 2 }),
    ]);
  });

  test('takes nothing of the edits elsewhere: made before it, while it was heard, and after it', async () => {
    const { recordingId } = await finished();
    const [first = '', second = '', third = '', fourth = ''] = (await current(recordingId)).map(
      ({ id }) => id,
    );
    await editor.edit(recordingId, [first], ['the witness walked in']);
    await editor.edit(recordingId, [second], ['she sat down here']);
    await editor.assignSpeaker(recordingId, [third], 'Judge');
    await editor.undo(recordingId);
    const complete = await heardAnew(recordingId, SECOND, ANEW);
    await editor.redo(recordingId);
    const earlier = await current(recordingId);
    const { earlier: kept } = (await complete()) ?? {};

    expect(await texts(recordingId)).toEqual(['the witness walked in', 'se sentó allí', FOUR[2], FOUR[3]]);
    const after = await current(recordingId);
    expect([after[0], after[2], after[3]]).toEqual([earlier[0], earlier[2], earlier[3]]);
    expect(after[2]?.speaker).toBe('Judge');
    // The edit inside the range is in the earlier version.
    const old = await vault.db.segments.list(kept?.id ?? '');
    expect(old.map(({ text }) => text)).toEqual(earlier.map(({ text }) => text));
    expect(old[1]?.text).toBe('she sat down here');

    await editor.edit(recordingId, [fourth], ['nobody said anything']);
    expect((await texts(recordingId))[3]).toBe('nobody said anything');
    for (let undo = 0; undo < 3; undo += 1) expect(await editor.undo(recordingId)).not.toEqual([]);
    expect(await texts(recordingId)).toEqual([FOUR[0], 'se sentó allí', FOUR[2], FOUR[3]]);
    expect(await editor.undo(recordingId)).toEqual([]);
    for (let redo = 0; redo < 3; redo += 1) await editor.redo(recordingId);
    expect(await texts(recordingId)).toEqual([
      'the witness walked in',
      'se sentó allí',
      FOUR[2],
      'nobody said anything',
    ]);
    expect(await vault.db.segments.list(kept?.id ?? '')).toEqual(old);
  });

  test('cuts what a user has joined across its edge: the words outside stay', async () => {
    const { recordingId } = await finished();
    const [first = '', second = '', third = ''] = (await current(recordingId)).map(({ id }) => id);
    await editor.edit(
      recordingId,
      [first, second, third],
      ['the lawyer came in, she sat down there and then she left'],
    );
    await (await heardAnew(recordingId, SECOND, ANEW))();
    expect(await texts(recordingId)).toEqual([
      'the lawyer came in,',
      'se sentó allí',
      'and then she left',
      FOUR[3],
    ]);
    // The rebase of an edit that reached into the range is no undo step.
    expect(await editor.undo(recordingId)).toEqual([]);
    expect((await transcriptView(vault.db, recordingId)).canUndo).toBe(false);
    expect((await transcriptView(vault.db, recordingId)).versionKind).toBe('edited');
    await editor.reset(
      recordingId,
      (await current(recordingId)).map(({ id }) => id),
    );
    expect(await texts(recordingId)).toEqual([FOUR[0], 'se sentó allí', FOUR[2], FOUR[3]]);
  });

  test('cuts a segment of the machine that reaches into it', async () => {
    const { recordingId } = await finished();
    await (await heardAnew(recordingId, { startMs: 200, endMs: 1150 }, [segmentOf('entró', 300)]))();
    expect(await texts(recordingId)).toEqual(['the witness', 'entró', 'down there', FOUR[2], FOUR[3]]);
    const [cut] = await current(recordingId);
    expect(cut).toMatchObject({ startMs: 0, endMs: 190 });
  });

  test('gives its segments the speakers that the user has said to be there', async () => {
    const { recordingId } = await finished();
    await editor.assignSpeaker(
      recordingId,
      (await current(recordingId)).map(({ id }) => id),
      'Laura',
    );
    await (await heardAnew(recordingId, SECOND, ANEW))();
    expect((await current(recordingId)).map(({ speaker }) => speaker)).toEqual([
      'Laura',
      'Laura',
      'Laura',
      'Laura',
    ]);
  });

  test('changes nothing where nothing was heard', async () => {
    const { recordingId } = await finished();
    const before = await transcriptView(vault.db, recordingId);
    expect(await (await heardAnew(recordingId, SECOND, []))()).toBeNull();
    expect(await transcriptView(vault.db, recordingId)).toEqual(before);
    expect(await vault.db.versions.list(recordingId)).toHaveLength(1);
  });

  test('to the end completes a text that was broken off', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, FOUR);
    await (
      await heardAnew(recordingId, { startMs: 1950, endMs: null }, [segmentOf('y luego habló', 2000)])
    )();
    expect(await texts(recordingId)).toEqual([FOUR[0], FOUR[1], 'y luego habló']);
    expect((await transcriptView(vault.db, recordingId)).complete).toBe(true);
    expect((await vault.db.versions.get(versionId))?.completedAtMs).toBeNull();
  });

  test('can be followed by others, that keep all that came of the ones before', async () => {
    const { recordingId } = await finished();
    const [first = ''] = (await current(recordingId)).map(({ id }) => id);
    const one = await heardAnew(recordingId, SECOND, ANEW);
    const two = await heardAnew(recordingId, { startMs: 2950, endMs: null }, [
      segmentOf('nadie dijo más', 3000),
    ]);
    await one();
    await editor.edit(recordingId, [first], ['the witness walked in']);
    await two();
    expect(await texts(recordingId)).toEqual([
      'the witness walked in',
      'se sentó allí',
      FOUR[2],
      'nadie dijo más',
    ]);
    await (await heardAnew(recordingId, SECOND, [segmentOf('ella se sentó', 1000)]))();
    expect(await texts(recordingId)).toEqual([
      'the witness walked in',
      'ella se sentó',
      FOUR[2],
      'nadie dijo más',
    ]);
    await editor.undo(recordingId);
    expect((await texts(recordingId))[0]).toBe(FOUR[0]);
    expect(await vault.db.versions.verify()).toEqual([]);
  });
});

test('the earlier text can be made current again, and another stretch be heard anew after that', async () => {
  const { recordingId } = await finished();
  const [first = ''] = (await current(recordingId)).map(({ id }) => id);
  await editor.edit(recordingId, [first], ['the witness walked in']);
  const before = await texts(recordingId);
  const { earlier } = (await (await heardAnew(recordingId, SECOND, ANEW))()) ?? {};
  expect(await editor.useVersion(recordingId, earlier?.id ?? '')).toBe(true);
  expect(await texts(recordingId)).toEqual(before);

  const last = { startMs: 2950, endMs: null };
  await (await heardAnew(recordingId, last, [segmentOf('nadie dijo más', 3000)]))();
  expect(await texts(recordingId)).toEqual([...before.slice(0, 3), 'nadie dijo más']);
  expect(await vault.db.versions.verify()).toEqual([]);
});

test('an edit under way when the new version comes is made in that one', async () => {
  const { recordingId } = await finished();
  const [first = ''] = (await current(recordingId)).map(({ id }) => id);
  const complete = await heardAnew(recordingId, SECOND, ANEW);
  await Promise.all([editor.edit(recordingId, [first], ['the witness walked in']), complete()]);
  expect(await texts(recordingId)).toEqual(['the witness walked in', 'se sentó allí', FOUR[2], FOUR[3]]);
});

describe('a letter that comes too late for a stretch', () => {
  const late = () => {
    const kept: KeptBefore[] = [];
    return { kept, editor: new TranscriptEditor(vault.db, { onKeptBefore: (one) => kept.push(one) }) };
  };
  const versionTexts = async (recordingId: string, number: number) => {
    const version = (await vault.db.versions.list(recordingId)).find((one) => one.number === number);
    return (await vault.db.segments.list(version?.id ?? '')).map(({ text }) => text);
  };

  test('is kept in the earlier text, with what was typed before it', async () => {
    const { recordingId } = await finished();
    const { kept, editor: typing } = late();
    const [, second = ''] = (await current(recordingId)).map(({ id }) => id);
    const undoGroup = newId();
    await typing.edit(recordingId, [second], ['she sat down her'], { undoGroup });
    const { earlier, version } = (await (await heardAnew(recordingId, SECOND, ANEW))()) ?? {};
    expect(await typing.edit(recordingId, [second], ['she sat down here'], { undoGroup })).toEqual([]);

    expect(kept).toEqual([{ recordingId, versionNumber: earlier?.number }]);
    expect((await versionTexts(recordingId, earlier?.number ?? 0))[1]).toBe('she sat down here');
    expect(await vault.db.edits.extent(earlier?.id ?? '')).toMatchObject({ edits: 1 });
    expect(await texts(recordingId)).toEqual([FOUR[0], 'se sentó allí', FOUR[2], FOUR[3]]);
    expect((await vault.db.versions.latest(recordingId))?.id).toBe(version?.id);
    await vault.db.editSessions.bind({ recordingId: null, atMs: 40 });
    expect(await vault.db.editSessions.verify()).toEqual([]);
    expect(await vault.db.versions.verify()).toEqual([]);
  });

  test('is kept beside the machine’s earlier text where it was the first', async () => {
    const { recordingId } = await finished();
    const { kept, editor: typing } = late();
    const [, second = ''] = (await current(recordingId)).map(({ id }) => id);
    await (await heardAnew(recordingId, SECOND, ANEW))();
    await typing.edit(recordingId, [second], ['she sat down here']);
    expect(kept).toEqual([{ recordingId, versionNumber: 3 }]);
    expect(await versionTexts(recordingId, 3)).toEqual([FOUR[0], 'she sat down here', FOUR[2], FOUR[3]]);
    expect((await texts(recordingId))[1]).toBe('se sentó allí');
  });

  test('takes nothing along of what was typed outside the stretch', async () => {
    const { recordingId } = await finished();
    const { kept, editor: typing } = late();
    const [, second = '', third = ''] = (await current(recordingId)).map(({ id }) => id);
    await (await heardAnew(recordingId, SECOND, ANEW))();
    await typing.edit(recordingId, [second, third], ['she sat down here', 'and then she said']);
    expect(kept).toHaveLength(1);
    expect(await texts(recordingId)).toEqual([FOUR[0], 'se sentó allí', 'and then she said', FOUR[3]]);
  });

  test('is refused where no text of the recording has its segment', async () => {
    const { recordingId } = await finished();
    await (await heardAnew(recordingId, SECOND, ANEW))();
    await expect(editor.edit(recordingId, [newId()], ['nobody'])).rejects.toMatchObject({
      code: 'transcript.changed',
    });
  });
});
