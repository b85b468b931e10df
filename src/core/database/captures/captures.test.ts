import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { addCapture, CAPTURE_OPTIONS } from '../testing/test-capture.ts';
import { addRecording, objectOf, partOf, type TestDatabase, testDatabase } from '../testing/test-database.ts';

let folder: TestDatabase;
let db: Database;
let recordingId: string;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
  recordingId = await addCapture(db);
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

async function commitParts(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let partIndex = 0; partIndex < count; partIndex += 1) {
    const object = { ...objectOf(recordingId, 'original'), version: partIndex + 1 };
    const part = { recordingId, partIndex, startFrame: partIndex * 300, frameCount: 300, object };
    await db.captures.commitPart({ part, createdAtMs: 1 });
    ids.push(object.id);
  }
  return ids;
}

test('a capture begins with its recording, and what was imported has none', async () => {
  expect(await db.captures.get(recordingId)).toMatchObject({ state: 'recording', options: CAPTURE_OPTIONS });
  expect(await db.recordings.get(recordingId)).toMatchObject({ state: 'importing' });
  expect(await db.captures.get(await addRecording(db))).toBeNull();
});

test('the part that holds a sample frame is found', async () => {
  expect(await db.captures.extent(recordingId)).toEqual({ parts: 0, sampleFrames: 0 });
  expect(await db.captures.partAt({ recordingId, frame: 0 })).toBeNull();
  const ids = await commitParts(3);
  expect(await db.captures.extent(recordingId)).toEqual({ parts: 3, sampleFrames: 900 });
  for (const [frame, index] of [
    [0, 0],
    [299, 0],
    [300, 1],
    [899, 2],
  ] as const) {
    const part = await db.captures.partAt({ recordingId, frame });
    expect(part).toMatchObject({ partIndex: index, startFrame: index * 300, object: { id: ids[index] } });
  }
  expect((await db.captures.parts(recordingId)).map(({ object }) => object.id)).toEqual(ids);
});

test('a gap that grows is one gap', async () => {
  const gap = { startMs: 100, endMs: 200, reason: 'suspended' } as const;
  await db.captures.noteGap({ recordingId, gap });
  await db.captures.noteGap({ recordingId, gap: { ...gap, endMs: 5000 } });
  await db.captures.noteGap({ recordingId, gap: { startMs: 50, endMs: 60, reason: 'framesLost' } });
  expect(await db.captures.gaps(recordingId)).toEqual([
    { startMs: 50, endMs: 60, reason: 'framesLost' },
    { ...gap, endMs: 5000 },
  ]);
});

test('only what was being recorded becomes unfinished, and stays so until it is decided', async () => {
  const ended = await addCapture(db);
  await db.captures.end({ recordingId: ended, state: 'done', endedAtMs: 5, metrics: null });
  await db.captures.recoverInterrupted();
  expect((await db.captures.list({ state: 'unfinished' })).map((one) => one.recordingId)).toEqual([
    recordingId,
  ]);
  expect(await db.captures.get(ended)).toMatchObject({ state: 'done', endedAtMs: 5 });
  await db.captures.end({ recordingId, state: 'broken', endedAtMs: 6, metrics: null });
  expect(await db.captures.list({ state: 'unfinished' })).toEqual([]);
});

test('an import that starts again keeps the parts, and erasing waits for the end of the recording', async () => {
  const ids = await commitParts(2);
  const copy = objectOf(recordingId);
  await db.parts.commit({ part: partOf(recordingId, 0, 0), object: copy, createdAtMs: 1 });
  expect(await db.recordings.restartImport(recordingId)).toEqual([copy.id]);
  expect(await db.parts.list({ recordingId, channel: 0 })).toEqual([]);
  expect(await db.captures.extent(recordingId)).toEqual({ parts: 2, sampleFrames: 600 });
  await expect(db.recordings.erase({ recordingId, atMs: 2 })).rejects.toMatchObject({
    code: 'recording.busy',
  });
  await db.captures.recoverInterrupted();
  expect((await db.recordings.erase({ recordingId, atMs: 2 })).toSorted()).toEqual(ids.toSorted());
  expect(await db.captures.get(recordingId)).toBeNull();
  expect(await db.captures.parts(recordingId)).toEqual([]);
});
