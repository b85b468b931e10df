import { expect, test } from 'vitest';
import { AppEvent } from '../../contract/ipc.ts';
import {
  addJob,
  addTranscript,
  addVersion,
  addWindow,
  segmentOf,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { Arrivals } from './arrivals.ts';

test('a finished window crosses to the window once: as segments of the shown text, or as the last words of its row', async () => {
  await using file = await testDatabase();
  const { db } = file;
  const told: AppEvent[] = [];
  const arrivals = new Arrivals(db, (event) => told.push(AppEvent.parse(event)));
  const { recordingId, jobId, versionId } = await addTranscript(db, ['one', 'two']);
  const committed = (job: string, texts: string[]) =>
    arrivals.take({ type: 'segmentsCommitted', jobId: job, segments: texts.map((text) => segmentOf(text)) });
  committed(jobId, ['one', 'two']);
  await expect.poll(() => told).toHaveLength(1);
  await addWindow(db, { jobId, versionId, windowIndex: 1 }, ['three']);
  committed(jobId, ['three']);
  await expect.poll(() => told).toHaveLength(2);
  const texts = told.map((event) => (event.type === 'segmentsArrived' ? event.segments : []));
  expect(texts.map((segments) => segments.map(({ text }) => text))).toEqual([['one', 'two'], ['three']]);
  expect(told[1]).toMatchObject({ type: 'segmentsArrived', jobId, recordingId });

  // Once there is a finished text, another unfinished one is not shown before its end.
  await db.versions.finish({ versionId, completedAtMs: 5 });
  const again = await addJob(db, recordingId);
  const anew = await addVersion(db, recordingId, again);
  await addWindow(db, { jobId: again, versionId: anew }, ['ein', 'zwei']);
  committed(again, ['ein', 'zwei']);
  committed(again, []);
  await expect.poll(() => told).toHaveLength(3);
  expect(told[2]).toEqual({ type: 'core', event: { type: 'interimText', jobId: again, text: 'zwei' } });
});
