import { afterEach, beforeEach, expect, test } from 'vitest';
import { installFault } from '../../core/fault-points.ts';
import { shortConversation } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import { SAMPLE_OPTIONS } from '../testing/test-workspace.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

/** Shorter than a pause in typing. */
const KEYSTROKE_MS = 50;

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

test('another number that is asked for when the speakers were told apart, but not yet put into the text, is heeded', {
  timeout: SLOW_MS,
}, async () => {
  const workspace = await queue.started();
  const { database, typing } = workspace;
  const one = { speakers: 1, isLimit: false };
  const { jobId, recordingId } = await workspace.queue.addFile(
    await shortConversation(queue.folder),
    { matterId: null, track: null, speakers: 'auto' },
    SAMPLE_OPTIONS,
    null,
  );
  const counts: (number | undefined)[] = [];
  const changed = Promise.withResolvers<boolean>();
  installFault((point) => {
    if (point !== 'speakers.kept' || counts.push(1) > 1) return;
    // Somebody types, so that the text is left alone until the number is changed.
    const typist = setInterval(() => typing.edited(recordingId), KEYSTROKE_MS);
    typing.edited(recordingId);
    void database.jobs
      .setSpeakerCount({ jobId, speakerCount: one })
      .then(changed.resolve, changed.reject)
      .finally(() => clearInterval(typist));
  });
  expect(await changed.promise).toBe(true);
  await workspace.queue.idle();
  expect((await job(workspace, jobId)).state).toBe('done');
  const { segments } = await transcriptView(database, recordingId);
  expect(new Set(segments.map(({ speaker }) => speaker))).toEqual(new Set(['Speaker 1']));
  expect((await workspace.app.speakers.overview(recordingId)).count).toEqual(one);
  // One whose text is finished would not heed it.
  expect(await database.jobs.setSpeakerCount({ jobId, speakerCount: null })).toBe(false);
  expect((await job(workspace, jobId)).options.speakerCount).toEqual(one);
});
