import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import type { EditableSegment } from '../../contract/views.ts';
import type { FinalOutcome } from '../../core/database/captures/final-transcripts.db.ts';
import { addCapture, LIVE_MAKING } from '../../core/database/testing/test-capture.ts';
import {
  NO_FINDINGS,
  OPTIONS,
  segmentOf,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { LiveVersion } from './live-version.ts';
import { type KeptBefore, TranscriptEditor } from './transcript-editor.ts';
import { readVersion, transcriptVersions } from './transcript-versions.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let editor: TranscriptEditor;
let keptBefore: KeptBefore[];
beforeEach(async () => {
  vault = await testDatabase();
  keptBefore = [];
  editor = new TranscriptEditor(vault.db, { onKeptBefore: (kept) => keptBefore.push(kept) });
});
afterEach(() => vault[Symbol.asyncDispose]());

/** A second each, from 0, 1000 and so on, as the live model heard them. */
const LIVE = ['the patience came in', 'she has no favor', 'her need is swollen', 'nothing else today'];

/** The same sound as the final model hears it, with its own segments and times. */
const FINAL = [
  timed('the patient came in she has no fever', [60, 150, 260, 350, 1050, 1150, 1240, 1350]),
  segmentOf('her knee is swollen', 2040),
  segmentOf('nothing else today thank you', 3020),
];

/** A segment whose words begin at these times. */
function timed(text: string, starts: readonly number[]): Segment {
  const words = text.split(' ').map((word, index) => {
    const startMs = starts[index] ?? 0;
    return { startMs, endMs: startMs + 80, text: word, confidence: 0.75 };
  });
  return { ...segmentOf(text, starts[0]), endMs: words.at(-1)?.endMs ?? 0, words };
}

/** A segment of a word each 100 ms. */
function said(text: string, startMs: number): Segment {
  return segmentOf(text, startMs);
}

async function recorded(texts: readonly (string | Segment)[] = LIVE, startMs = 0) {
  const { db } = vault;
  const recordingId = await addCapture(db);
  const services = { database: db, emit: () => undefined };
  const live = await LiveVersion.begin(services, { recordingId, making: LIVE_MAKING });
  for (const [index, text] of texts.entries()) {
    await live.commit([typeof text === 'string' ? said(text, startMs + index * 1000) : text]);
  }
  await live.finish();
  return { recordingId, liveId: live.versionId };
}

/** Lets a final job hear these segments of a stretch of time; completing it is the second step. */
async function heard(
  recordingId: string,
  segments: readonly Segment[] = FINAL,
  covers = { startMs: 0, endMs: 5000 },
): Promise<{ jobId: string; versionId: string; complete: () => Promise<FinalOutcome | null> }> {
  const { db } = vault;
  const jobId = newId();
  const versionId = newId();
  const parentId = (await db.edits.text(recordingId))?.machineVersionId ?? null;
  await db.liveTexts.addFinalJob({
    ...{ id: jobId, recordingId, options: OPTIONS, delivery: null, createdAtMs: 1 },
  });
  await db.versions.create({ id: versionId, recordingId, jobId, kind: 'machine', parentId, createdAtMs: 2 });
  const place = { jobId, channel: 0, windowIndex: 0 };
  const { startMs, endMs } = covers;
  const piece = { windowStartMs: 0, recordingStartMs: startMs, durationMs: endMs - startMs, speech: [] };
  await db.windows.plan({ ...place, plan: { pieces: [piece], language: null } });
  await db.windows.complete({
    ...{ ...place, versionId, inferenceMs: 1, completedAtMs: 2, segments, findings: NO_FINDINGS },
  });
  return {
    jobId,
    versionId,
    complete: () => db.finalTranscripts.complete({ versionId, atMs: Date.now() }),
  };
}

async function current(recordingId: string): Promise<EditableSegment[]> {
  return (await transcriptView(vault.db, recordingId)).segments;
}

async function texts(recordingId: string): Promise<string[]> {
  return (await current(recordingId)).map(({ text }) => text);
}

async function edit(recordingId: string, index: number, text: string): Promise<void> {
  const segment = (await current(recordingId))[index];
  await editor.edit(recordingId, [segment?.id ?? ''], [text]);
}

describe('the final transcript of a capture', () => {
  test('takes the place of the live text, which stays as the first version', async () => {
    const { recordingId, liveId } = await recorded();
    const live = await vault.db.segments.all(liveId);
    const { complete } = await heard(recordingId);
    expect(await texts(recordingId)).toEqual(LIVE);
    const outcome = await complete();
    expect(outcome).toMatchObject({ version: { number: 2, kind: 'machine' }, earlier: { id: liveId } });
    expect(outcome).toMatchObject({ keptEdits: 0, uncovered: [] });
    expect(await texts(recordingId)).toEqual(FINAL.map(({ text }) => text));
    expect(await vault.db.segments.all(liveId)).toEqual(live);
    expect(await vault.db.versions.verify()).toEqual([]);
    const versions = await transcriptVersions(vault.db, recordingId);
    expect(versions.map(({ model, isLive }) => [model, isLive])).toEqual([
      [OPTIONS.model.name, false],
      ['tiny-live', true],
    ]);
    const document = await latestDocument(vault.db, await vault.db.recordings.get(recordingId));
    expect(document).toMatchObject({
      model: { name: OPTIONS.model.name },
      reruns: [],
      live: [],
      complete: true,
    });
    const found = await vault.db.search.find({ text: 'favor', limit: 10 });
    expect(found).toEqual([]);
  });

  test.each([
    {
      place: 'beginning',
      index: 0,
      text: 'The patient came in.',
      after: [
        'The patient came in.',
        'she has no fever',
        'her knee is swollen',
        'nothing else today thank you',
      ],
    },
    {
      place: 'middle',
      index: 1,
      text: 'She has no fever!',
      after: [
        'the patient came in',
        'She has no fever!',
        'her knee is swollen',
        'nothing else today thank you',
      ],
    },
    {
      place: 'end',
      index: 3,
      text: 'Nothing else, today.',
      after: [
        'the patient came in she has no fever',
        'her knee is swollen',
        'Nothing else, today.',
        'thank you',
      ],
    },
  ])('leaves an edit at the $place, and takes all around it', async ({ index, text, after }) => {
    const { recordingId } = await recorded();
    await edit(recordingId, index, text);
    const edited = (await current(recordingId))[index];
    const { complete } = await heard(recordingId);
    expect(await complete()).toMatchObject({ keptEdits: 1, version: { kind: 'edited' } });
    expect(await texts(recordingId)).toEqual(after);
    expect((await current(recordingId)).find(({ id }) => id === edited?.id)).toEqual(edited);
    expect(await vault.db.versions.verify()).toEqual([]);
  });

  test('an edit across segments stays whole, and its undoing gives what the machine heard in the end', async () => {
    const { recordingId } = await recorded();
    const ids = (await current(recordingId)).map(({ id }) => id);
    await editor.edit(recordingId, ids.slice(1, 3), ['she has no fever, but a swollen knee']);
    await edit(recordingId, 1, 'She has no fever, but a swollen knee.');
    await (await heard(recordingId)).complete();
    expect(await texts(recordingId)).toEqual([
      'the patient came in',
      'She has no fever, but a swollen knee.',
      'nothing else today thank you',
    ]);
    await editor.undo(recordingId);
    expect((await texts(recordingId))[1]).toBe('she has no fever, but a swollen knee');
    await editor.undo(recordingId);
    expect(await texts(recordingId)).toEqual([
      'the patient came in',
      'she has no fever',
      'her knee is swollen',
      'nothing else today thank you',
    ]);
    expect(await editor.undo(recordingId)).toEqual([]);
    await editor.redo(recordingId);
    await editor.redo(recordingId);
    expect((await texts(recordingId))[1]).toBe('She has no fever, but a swollen knee.');
  });

  test('what the user removed stays removed, and can be brought back', async () => {
    const { recordingId } = await recorded();
    await edit(recordingId, 3, '');
    await (await heard(recordingId)).complete();
    expect(await texts(recordingId)).toEqual([
      'the patient came in she has no fever',
      'her knee is swollen',
      'thank you',
    ]);
    const [kept] = await vault.db.finalTranscripts.keptEdits({ recordingId });
    expect(kept).toMatchObject({ segmentIds: [], text: '', heard: 'nothing else today' });
    await editor.takeHeard(recordingId, kept?.machineIds ?? []);
    expect((await texts(recordingId)).slice(2)).toEqual(['nothing else today', 'thank you']);
  });

  test('a speaker that was set or renamed stays, without holding back the words', async () => {
    const { recordingId } = await recorded();
    const [first, , third] = await current(recordingId);
    await editor.assignSpeaker(recordingId, [first?.id ?? ''], 'Doctor');
    await editor.assignSpeaker(recordingId, [third?.id ?? ''], 'Patient');
    expect(await (await heard(recordingId)).complete()).toMatchObject({ keptEdits: 0 });
    expect((await current(recordingId)).map(({ text, speaker }) => [text, speaker])).toEqual([
      ['the patient came in', 'Doctor'],
      ['she has no fever', null],
      ['her knee is swollen', 'Patient'],
      ['nothing else today thank you', null],
    ]);
  });

  test('a label that was renamed everywhere is renamed in what only the final job heard', async () => {
    const labelled = [...LIVE].map((text, index) => ({ ...said(text, index * 1000), speaker: 'Speaker 1' }));
    const { recordingId } = await recorded(labelled);
    await editor.renameSpeaker(recordingId, 'Speaker 1', 'Dr. Weber');
    const more = [...FINAL, said('and then some', 4500)].map((one) => ({ ...one, speaker: 'Speaker 1' }));
    await (await heard(recordingId, more)).complete();
    const after = await current(recordingId);
    expect(after.map(({ text }) => text)).toEqual(more.map(({ text }) => text));
    expect(new Set(after.map(({ speaker }) => speaker))).toEqual(new Set(['Dr. Weber']));
  });

  test('an edit that was undone before it does not stay', async () => {
    const { recordingId } = await recorded();
    await edit(recordingId, 0, 'something else');
    await editor.undo(recordingId);
    await (await heard(recordingId)).complete();
    expect(await texts(recordingId)).toEqual(FINAL.map(({ text }) => text));
    expect(await editor.redo(recordingId)).toEqual([]);
  });

  test('that is empty is dropped: recording and live text stay', async () => {
    const { recordingId, liveId } = await recorded();
    const { complete, versionId } = await heard(recordingId, []);
    expect(await complete()).toBeNull();
    expect(await texts(recordingId)).toEqual(LIVE);
    expect((await vault.db.versions.latest(recordingId))?.id).toBe(liveId);
    expect(await vault.db.versions.get(versionId)).toBeNull();
  });

  test('takes only the time that it covered: elsewhere the live text stays, and is told', async () => {
    const { recordingId } = await recorded([...LIVE, said('and one word more', 20_000)]);
    await edit(recordingId, 4, 'and one more word');
    await editor.undo(recordingId);
    const { complete } = await heard(recordingId);
    const outcome = await complete();
    expect(outcome?.uncovered).toEqual([{ startMs: 20_000, endMs: 20_400 }]);
    expect(await texts(recordingId)).toEqual([...FINAL.map(({ text }) => text), 'and one word more']);
    const document = await latestDocument(vault.db, await vault.db.recordings.get(recordingId));
    expect(document.live).toEqual([
      { startMs: 20_000, endMs: 20_400, model: expect.objectContaining({ name: 'tiny-live' }) },
    ]);
    const view = await transcriptView(vault.db, recordingId);
    // It is told as transcribed, not as skipped.
    expect(view.skipped).toEqual([{ startMs: 5000, endMs: 20_000, reason: 'noSpeech' }]);
  });

  test('cuts a live segment that reaches out of the time it covered', async () => {
    const words = 'one two three four five six seven eight nine ten'.split(' ');
    const long = {
      ...said(words.join(' '), 0),
      endMs: 10_000,
      words: words.map((text, index) => ({
        text,
        startMs: index * 1000,
        endMs: index * 1000 + 900,
        confidence: 1,
      })),
    };
    const { recordingId } = await recorded([long]);
    await (await heard(recordingId, [said('one two three', 0)], { startMs: 0, endMs: 3000 })).complete();
    expect(await texts(recordingId)).toEqual(['one two three', 'six seven eight nine ten']);
  });

  test('leaves what the user had transcribed again meanwhile', async () => {
    const { recordingId } = await recorded();
    const { db } = vault;
    const range = { startMs: 950, endMs: 1950 };
    const jobId = newId();
    const versionId = newId();
    const parentId = (await db.edits.text(recordingId))?.machineVersionId ?? null;
    await db.jobs.add({
      ...{ id: jobId, recordingId, options: OPTIONS, delivery: null, range, createdAtMs: 1 },
    });
    await db.versions.create({
      id: versionId,
      recordingId,
      jobId,
      kind: 'machine',
      parentId,
      createdAtMs: 2,
    });
    const place = { jobId, channel: 0, windowIndex: 0 };
    await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
    const segments = [said('sin fiebre', 1000)];
    await db.windows.complete({
      ...{ ...place, versionId, inferenceMs: 1, completedAtMs: 2, segments, findings: NO_FINDINGS },
    });
    await db.retranscriptions.complete({ versionId, range, atMs: 3 });
    await (await heard(recordingId)).complete();
    const after = await texts(recordingId);
    expect(after).toContain('sin fiebre');
    expect(after.join(' ')).not.toMatch(/fever|favor/);
    expect(after.slice(-2)).toEqual(['her knee is swollen', 'nothing else today thank you']);
    const document = await latestDocument(db, await db.recordings.get(recordingId));
    expect(document.reruns).toEqual([expect.objectContaining(range)]);
  });

  test('what is typed into the live text at that very moment is kept in the earlier version', async () => {
    const { recordingId } = await recorded();
    const [first] = await current(recordingId);
    await (await heard(recordingId)).complete();
    await editor.edit(recordingId, [first?.id ?? ''], ['the patient walked in']);
    expect(keptBefore).toEqual([{ recordingId, versionNumber: 3 }]);
    expect(await texts(recordingId)).toEqual(FINAL.map(({ text }) => text));
  });
});

describe('edits that stayed in a final transcript', () => {
  test('are offered with what the machine heard there; one is taken over as one edit with one undo', async () => {
    const { recordingId } = await recorded();
    await edit(recordingId, 0, 'The patient came.');
    await edit(recordingId, 2, 'Her left knee is swollen.');
    const { complete, versionId } = await heard(recordingId);
    await complete();
    const kept = await vault.db.finalTranscripts.keptEdits({ recordingId });
    expect(kept).toMatchObject([
      { text: 'The patient came.', heard: 'the patient came in', startMs: 0 },
      { text: 'Her left knee is swollen.', heard: 'her knee is swollen' },
    ]);
    // Side by side in the versions too: the machine's version differs from the current text at the edits alone.
    const reading = await readVersion(vault.db, recordingId, versionId);
    expect(reading.differences.length).toBeGreaterThan(0);
    const ids = new Set(kept.flatMap(({ machineIds }) => machineIds));
    for (const { pieces } of reading.differences)
      for (const { segmentId } of pieces) expect(ids.has(segmentId)).toBe(true);

    const before = await texts(recordingId);
    await editor.takeHeard(recordingId, kept[1]?.machineIds ?? []);
    expect(await texts(recordingId)).toEqual([
      'The patient came.',
      'she has no fever',
      'her knee is swollen',
      'nothing else today thank you',
    ]);
    expect(await vault.db.finalTranscripts.keptEdits({ recordingId })).toHaveLength(1);
    await editor.undo(recordingId);
    expect(await texts(recordingId)).toEqual(before);
    expect(await vault.db.finalTranscripts.keptEdits({ recordingId })).toHaveLength(2);
  });

  test('are no longer offered once they are edited again; later edits never are', async () => {
    const { recordingId } = await recorded();
    await edit(recordingId, 0, 'The patient came.');
    await (await heard(recordingId)).complete();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await edit(recordingId, 2, 'Her knee is swollen');
    expect(await vault.db.finalTranscripts.keptEdits({ recordingId })).toHaveLength(1);
    await edit(recordingId, 0, 'The patient came in.');
    expect(await vault.db.finalTranscripts.keptEdits({ recordingId })).toEqual([]);
  });
});
