import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import type { Database } from './database.ts';
import { eachSegment } from './segment-pages.ts';
import {
  addJob,
  addRecording,
  addTranscript,
  addVersion,
  addWindow,
  NO_FINDINGS,
  OPTIONS,
  objectOf,
  partOf,
  segmentOf,
  type TestDatabase,
  testDatabase,
} from './testing/test-database.ts';

let folder: TestDatabase;
let db: Database;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

describe('recordings', () => {
  test('an import ends with its original, its hash and its layout', async () => {
    const recordingId = await addRecording(db);
    expect(await db.recordings.get(recordingId)).toMatchObject({ state: 'importing', sourceSha256: null });
    const original = objectOf(recordingId, 'original');
    const end = {
      layout: 'speakers',
      channels: 2,
      durationMs: 61_000,
      sourceSha256: 'c'.repeat(64),
    } as const;
    await db.recordings.finishImport({ recordingId, state: 'ready', original, atMs: 5, ...end });
    expect(await db.recordings.get(recordingId)).toMatchObject({
      state: 'ready',
      originalObjectId: original.id,
      ...end,
    });
    expect(await db.objects.get(original.id)).toEqual(original);
  });

  test('are found by either end of their id, and ambiguity is told', async () => {
    const first = await addRecording(db);
    const second = await addRecording(db);
    expect((await db.recordings.findById(first)).id).toBe(first);
    expect((await db.recordings.findById(second.slice(-12).toUpperCase())).id).toBe(second);
    await expect(db.recordings.findById('0')).rejects.toMatchObject({ code: 'recording.ambiguous' });
    await expect(db.recordings.findById('')).rejects.toMatchObject({ code: 'recording.notFound' });
    await expect(db.recordings.findById('%')).rejects.toMatchObject({ code: 'recording.notFound' });
  });

  test('an import starts again without its parts, but with its job', async () => {
    const recordingId = await addRecording(db);
    const jobId = await addJob(db, recordingId);
    const object = objectOf(recordingId);
    await db.parts.commit({ part: partOf(recordingId, 0, 0), object, createdAtMs: 1 });
    expect(await db.recordings.restartImport(recordingId)).toEqual([object.id]);
    expect(await db.parts.list({ recordingId, channel: 0 })).toEqual([]);
    expect((await db.jobs.get(jobId)).state).toBe('queued');
  });

  test('erasing leaves no row and no searchable word, and refuses while a job runs', async () => {
    const { recordingId, jobId } = await addTranscript(db, ['the confidential settlement']);
    const kept = await addTranscript(db, ['another settlement'], 'other.wav');
    const object = objectOf(recordingId);
    await db.parts.commit({ part: partOf(recordingId, 0, 0), object, createdAtMs: 1 });
    await db.jobs.begin({ jobId, attemptId: uuidv7(), atMs: 1 });
    await expect(db.recordings.erase({ recordingId, atMs: 2 })).rejects.toMatchObject({
      code: 'recording.busy',
    });
    await db.jobs.recoverInterrupted(2);

    expect(await db.recordings.erase({ recordingId, atMs: 3 })).toEqual([object.id]);
    await expect(db.recordings.get(recordingId)).rejects.toMatchObject({ code: 'recording.notFound' });
    expect(await db.objects.allIds()).toEqual([]);
    expect(await db.jobs.list({ recordingId })).toEqual([]);
    const hits = await db.search.find({ text: 'settlement', limit: 10 });
    expect(hits.map((hit) => hit.recordingId)).toEqual([kept.recordingId]);
    expect(await db.checkIntegrity()).toEqual([]);
  });
});

describe('parts', () => {
  test('come back in order with their objects, features and peaks', async () => {
    const recordingId = await addRecording(db);
    const objects = [objectOf(recordingId), objectOf(recordingId)];
    const parts = [partOf(recordingId, 0, 1), partOf(recordingId, 0, 0)];
    for (const [index, part] of parts.entries()) {
      await db.parts.commit({ part, object: objects[index] ?? objectOf(recordingId), createdAtMs: 1 });
    }
    const listed = await db.parts.list({ recordingId, channel: 0 });
    expect(listed.map((part) => part.partIndex)).toEqual([0, 1]);
    expect(listed[1]?.object).toEqual(objects[0]);
    expect(await db.parts.get({ recordingId, channel: 0, partIndex: 1 })).toEqual(listed[1]);
    expect(await db.parts.get({ recordingId, channel: 1, partIndex: 0 })).toBeNull();
    expect(Buffer.isBuffer(listed[1]?.object.wrappedKey)).toBe(true);
    const analysis = await db.parts.analysis({ recordingId, channel: 0, partIndex: 1 });
    expect(analysis.features.equals(parts[0]?.features ?? Buffer.alloc(0))).toBe(true);
    expect(await db.parts.peaks({ recordingId, channel: 0 })).toEqual([parts[1]?.peaks, parts[0]?.peaks]);
    expect(await db.parts.count({ recordingId, channel: 0 })).toEqual({ parts: 2, durationMs: 120_000 });
  });

  test('a part that cannot be stored leaves no object behind', async () => {
    const recordingId = await addRecording(db);
    await db.parts.commit({ part: partOf(recordingId, 0, 0), object: objectOf(recordingId), createdAtMs: 1 });
    const twice = db.parts.commit({
      part: partOf(recordingId, 0, 0),
      object: objectOf(recordingId),
      createdAtMs: 1,
    });
    await expect(twice).rejects.toThrow(/UNIQUE/);
    expect(await db.objects.allIds()).toHaveLength(1);
  });
});

describe('jobs', () => {
  test('the queue gives the first that may run, waiting ones only when due', async () => {
    const recordingId = await addRecording(db);
    const [first, second, third] = [
      await addJob(db, recordingId),
      await addJob(db, recordingId),
      await addJob(db, recordingId),
    ];
    expect((await db.jobs.next(0))?.id).toBe(first);
    await runUntil(first, { outcome: 'failed', retryAtMs: 1000 });
    expect((await db.jobs.next(999))?.id).toBe(second);
    expect((await db.jobs.next(1000))?.id).toBe(first);
    expect(await db.jobs.nextRetryAtMs()).toBe(1000);
    await db.jobs.moveFirst({ jobId: third, priorityStartMs: 60_000, priorityEndMs: 90_000 });
    expect(await db.jobs.next(0)).toMatchObject({
      id: third,
      priorityStartMs: 60_000,
      priorityEndMs: 90_000,
    });
    expect((await db.jobs.list()).map((job) => job.id)).toEqual([third, first, second]);
    expect((await db.jobs.list())[0]?.recordingName).toBe('hearing.wav');
  });

  test('failures count as attempts, pauses and kills do not, and the user gets them all back', async () => {
    const jobId = await addJob(db, await addRecording(db));
    const failure = { code: 'engine.crashed', details: {} } as const;
    await runUntil(jobId, { outcome: 'failed', retryAtMs: 5, failure });
    expect(await db.jobs.get(jobId)).toMatchObject({ state: 'waiting', attempts: 1, retryAtMs: 5, failure });
    await runUntil(jobId, { outcome: 'paused' });
    await db.jobs.setState({ jobId, state: 'queued' });
    await db.jobs.begin({ jobId, attemptId: uuidv7(), atMs: 6 });
    db = await folder.reopen();
    expect(await db.jobs.recoverInterrupted(7)).toEqual([jobId]);
    expect(await db.jobs.get(jobId)).toMatchObject({ state: 'queued', attempts: 1 });
    await runUntil(jobId, { outcome: 'failed' });
    expect(await db.jobs.get(jobId)).toMatchObject({ state: 'failed', attempts: 2 });
    const outcomes = (await db.jobs.attempts(jobId)).map((attempt) => attempt.outcome);
    expect(outcomes).toEqual(['failed', 'paused', 'interrupted', 'failed']);
    await db.jobs.retryNow({ jobId, atMs: 8 });
    expect(await db.jobs.get(jobId)).toMatchObject({
      state: 'queued',
      attempts: 0,
      failure: null,
      queuedAtMs: 8,
    });
  });

  test('an action that makes no sense is refused with the state that stands', async () => {
    const jobId = await addJob(db, await addRecording(db));
    await refused(db.jobs.setState({ jobId, state: 'queued' }), 'queued', 'resume');
    await db.jobs.begin({ jobId, attemptId: uuidv7(), atMs: 1 });
    await refused(db.jobs.setState({ jobId, state: 'cancelled' }), 'running', 'cancel');
    await refused(db.jobs.begin({ jobId, attemptId: uuidv7(), atMs: 1 }), 'running', 'run');
    await db.jobs.recoverInterrupted(2);
    await runUntil(jobId, { outcome: 'failed' });
    await refused(db.jobs.setState({ jobId, state: 'queued' }), 'failed', 'resume');
    await db.jobs.retryNow({ jobId, atMs: 3 });
    await runUntil(jobId, { outcome: 'done' });
    await refused(db.jobs.setState({ jobId, state: 'paused' }), 'done', 'pause');
    await refused(db.jobs.retryNow({ jobId, atMs: 4 }), 'done', 'retry');
    await expect(db.jobs.get('nothing')).rejects.toMatchObject({ code: 'job.notFound' });
  });

  test('options and delivery come back as they were given', async () => {
    const recordingId = await addRecording(db);
    const delivery = {
      folder: '/out',
      formats: ['docx' as const],
      timestamps: true,
      overwrite: false,
      content: { ...FULL_CONTENT, marks: false },
    };
    const id = uuidv7();
    await db.jobs.add({ id, recordingId, options: OPTIONS, delivery, createdAtMs: 9 });
    expect(await db.jobs.get(id)).toMatchObject({
      options: OPTIONS,
      delivery,
      createdAtMs: 9,
      queuedAtMs: 9,
    });
  });

  async function refused(action: Promise<unknown>, state: string, name: string): Promise<void> {
    await expect(action).rejects.toMatchObject({ code: 'job.wrongState', details: { state, action: name } });
  }

  async function runUntil(
    jobId: string,
    end: Partial<Parameters<Database['jobs']['end']>[0]> &
      Pick<Parameters<Database['jobs']['end']>[0], 'outcome'>,
  ): Promise<void> {
    const attemptId = uuidv7();
    await db.jobs.begin({ jobId, attemptId, atMs: 1 });
    await db.jobs.end({ attemptId, atMs: 2, failure: null, figures: null, retryAtMs: null, ...end });
  }
});

describe('windows', () => {
  test('a planned window keeps its first plan', async () => {
    const jobId = await addJob(db, await addRecording(db));
    const place = { jobId, channel: 0, windowIndex: 0 };
    const plan = {
      pieces: [
        { windowStartMs: 0, recordingStartMs: 500, durationMs: 900, speech: [{ startMs: 600, endMs: 1300 }] },
      ],
      language: 'es',
    };
    await db.windows.plan({ ...place, plan });
    const again = await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
    expect(again).toMatchObject({ plan, completedAtMs: null });
    expect(await db.windows.noteFailure(place)).toBe(1);
    expect(await db.windows.noteFailure(place)).toBe(2);
    await db.windows.plan({ ...place, windowIndex: 1, plan });
  });

  test('completing twice stores the words once', async () => {
    const { jobId, versionId } = await addTranscript(db, ['good morning', 'please sit down']);
    const replayed = await db.windows.complete({
      jobId,
      channel: 0,
      windowIndex: 0,
      versionId,
      inferenceMs: 1,
      completedAtMs: 9,
      segments: [segmentOf('good morning')],
      findings: NO_FINDINGS,
    });
    expect(replayed).toBe(false);
    expect(await db.segments.count(versionId)).toBe(2);
    expect(await db.windows.list(jobId)).toMatchObject([{ completedAtMs: 2, inferenceMs: 12.5 }]);
  });

  test('a window with a bad segment is not completed at all', async () => {
    const { jobId, versionId } = await addTranscript(db, []);
    const place = { jobId, channel: 0, windowIndex: 1 };
    await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
    const bad = { ...segmentOf('unheard'), confidence: 2 };
    const result = { ...place, versionId, inferenceMs: 1, completedAtMs: 1, findings: NO_FINDINGS };
    await expect(db.windows.complete({ ...result, segments: [segmentOf('heard'), bad] })).rejects.toThrow();
    expect(await db.segments.count(versionId)).toBe(0);
    expect((await db.windows.get(place))?.completedAtMs).toBeNull();
    expect(await db.search.find({ text: 'heard', limit: 1 })).toEqual([]);
  });
});

describe('versions and segments', () => {
  test('segments come back in time, whole, and page by page the same', async () => {
    const { jobId, versionId } = await addTranscript(db, ['first words', 'third words']);
    const late: string[] = Array.from({ length: 450 }, (_, index) => `word ${index}`);
    await addWindow(db, { jobId, versionId, windowIndex: 2 }, late);
    await addWindow(db, { jobId, versionId, channel: 1, windowIndex: 0 }, ['second words']);
    const all = await db.segments.list(versionId);
    expect(all[1]).toEqual(segmentOf('second words', 0));
    expect(all.slice(0, 3).map((segment) => segment.text)).toEqual([
      'first words',
      'second words',
      'third words',
    ]);
    const paged = [];
    for await (const { segment } of eachSegment(db, versionId)) paged.push(segment);
    expect(paged).toEqual(all);
  });

  test('a finished version cannot be changed any more', async () => {
    const { jobId, versionId } = await addTranscript(db, ['good morning']);
    const finished = await db.versions.finish({ versionId, completedAtMs: 7 });
    expect(finished.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await db.versions.finish({ versionId, completedAtMs: 8 })).toEqual(finished);
    await expect(addWindow(db, { jobId, versionId, windowIndex: 1 }, ['more'])).rejects.toThrow(
      /never changes/,
    );
  });

  test('a finished text without words tells whether any were spoken', async () => {
    const [silent, unclear, spoken] = [
      await addTranscript(db, []),
      await addTranscript(db, []),
      await addTranscript(db, ['good morning']),
    ];
    const place = { jobId: unclear.jobId, channel: 0, windowIndex: 1 };
    await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
    const findings = { ...NO_FINDINGS, notUnderstood: [{ startMs: 0, endMs: 900 }] };
    const result = { ...place, versionId: unclear.versionId, inferenceMs: 1, completedAtMs: 1 };
    await db.windows.complete({ ...result, segments: [], findings });
    expect((await db.libraryRows.read(null)).wordless).toEqual([]);
    for (const { versionId } of [silent, unclear, spoken]) {
      await db.versions.finish({ versionId, completedAtMs: 7 });
    }
    const { wordless } = await db.libraryRows.read(null);
    expect(wordless.map(({ hasSpeech }) => hasSpeech).sort()).toEqual([false, true]);
    const [one] = wordless.filter(({ hasSpeech }) => hasSpeech);
    expect((await db.jobs.get(unclear.jobId)).recordingId).toBe(one?.recordingId);
  });

  test('the latest version is the highest complete one', async () => {
    const { recordingId, jobId, versionId } = await addTranscript(db, ['good morning']);
    expect((await db.versions.latest(recordingId))?.id).toBe(versionId);
    await db.versions.finish({ versionId, completedAtMs: 1 });
    const second = await addVersion(db, recordingId, jobId);
    expect((await db.versions.latest(recordingId))?.id).toBe(versionId);
    await db.versions.finish({ versionId: second, completedAtMs: 2 });
    expect(await db.versions.latest(recordingId)).toMatchObject({ id: second, number: 2 });
    expect((await db.versions.list(recordingId)).map((version) => version.number)).toEqual([1, 2]);
  });
});

describe('the order of the queue', () => {
  test('changes by putting a job before another, or behind all', async () => {
    const jobs: string[] = [];
    for (let i = 0; i < 3; i += 1) jobs.push(await addJob(db, await addRecording(db)));
    const [a = '', b = '', c = ''] = jobs;
    const order = async () => (await db.jobs.list()).map(({ id }) => id);
    await db.jobs.moveBefore({ jobId: c, beforeJobId: b });
    expect(await order()).toEqual([a, c, b]);
    await db.jobs.moveBefore({ jobId: a, beforeJobId: null });
    expect(await order()).toEqual([c, b, a]);
    await db.jobs.moveBefore({ jobId: b, beforeJobId: c });
    expect(await order()).toEqual([b, c, a]);
    await expect(db.jobs.moveBefore({ jobId: uuidv7(), beforeJobId: a })).rejects.toMatchObject({
      code: 'job.notFound',
    });
  });
});

describe('the bin and places', () => {
  test('a recording in the bin is not found by its words, and is there again when it is taken out', async () => {
    const { recordingId } = await addTranscript(db, ['unmistakable words']);
    const found = async () => (await db.search.find({ text: 'unmistakable', limit: 5 })).length;
    await db.recordings.setBinned({ recordingId, binnedAtMs: 1000 });
    expect(await found()).toBe(0);
    expect((await db.recordings.binnedBefore(999)).length).toBe(0);
    expect((await db.recordings.binnedBefore(1000)).map(({ id }) => id)).toEqual([recordingId]);
    await db.recordings.setBinned({ recordingId, binnedAtMs: null });
    expect(await found()).toBe(1);
  });

  test('keep where the user was, and what waits for a model', async () => {
    const recordingId = await addRecording(db);
    expect(await db.viewStates.get(recordingId)).toBeNull();
    const place = { segmentId: '7', offset: 3, scrollMs: 1500, playheadMs: 1234 };
    await db.viewStates.keep({ recordingId, state: { ...place, offset: 0 } });
    await db.viewStates.keep({ recordingId, state: place });
    await db.recordings.setWaitingChoice({ recordingId, choice: { language: 'es' } });
    expect(await db.viewStates.get(recordingId)).toEqual(place);
    expect((await db.recordings.get(recordingId)).waitingChoice).toEqual({ language: 'es' });
  });
});

describe('matters and settings', () => {
  test('hold what they were given', async () => {
    const matter = {
      id: uuidv7(),
      name: 'Smith v Jones',
      caseNumber: '26-CV-104',
      vocabulary: ['estoppel'],
      speakers: ['Judge'],
      defaultOptions: { language: 'en' },
      createdAtMs: 4,
    };
    await db.matters.add(matter);
    await db.matters.change({ ...matter, name: 'Jones v Smith' });
    expect(await db.matters.list()).toEqual([{ ...matter, name: 'Jones v Smith', lastExport: null }]);
    await db.matters.setLastExport({ id: matter.id, choice: { formats: ['docx'] } });
    expect((await db.matters.get(matter.id))?.lastExport).toEqual({ formats: ['docx'] });
    await db.settings.set({ key: 'curtainAfterMs', value: 60_000 });
    await db.settings.set({ key: 'curtainAfterMs', value: null });
    expect(await db.settings.get('curtainAfterMs')).toBeNull();
  });
});
