import { afterEach, expect, test } from 'vitest';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { installFault } from '../../core/fault-points.ts';
import { noise, openStudio, play, type Studio, started } from '../testing/capture-studio.ts';

const WITH_FINAL = { ...PLAIN_CAPTURE, finalTranscript: true };

afterEach(() => installFault(null));

/** Refuses to queue the first `times` final transcripts. */
function refuse(times: number): void {
  let refusals = 0;
  installFault((point) => {
    if (point !== 'capture.finalQueued' || refusals === times) return;
    refusals += 1;
    throw Object.assign(new Error('refused'), { code: 'EIO' });
  });
}

async function recordedIn(studio: Studio) {
  const { captures, jobs } = studio.workspace.app;
  const { id, recordingId } = await started(studio, WITH_FINAL);
  await play(studio, noise(1));
  const { warnings } = captures.list().find((one) => one.id === id) ?? {};
  const atEnd = await captures.stop(id);
  const queued = (await jobs.list()).filter((job) => job.recordingId === recordingId);
  return { warnings, atEnd, queued };
}

test('a final transcript that cannot be queued is told, and queued at the end', async () => {
  const studio = await openStudio();
  refuse(1);
  const { warnings, atEnd, queued } = await recordedIn(studio);
  expect(warnings).toEqual(['finalTranscriptFailed']);
  expect(atEnd).toMatchObject({ state: 'done', warnings: [] });
  expect(queued).toHaveLength(1);
  const capture = await studio.workspace.database.captures.get(atEnd.recordingId);
  expect(capture?.finalJobId).toBe(queued[0]?.id);
});

test('one that cannot be queued at the end either stays told, and the recording is whole', async () => {
  const studio = await openStudio();
  refuse(2);
  const { atEnd } = await recordedIn(studio);
  expect(atEnd).toMatchObject({ state: 'done', warnings: ['finalTranscriptFailed'] });
  const { recordings } = studio.workspace.app;
  await recordings.imports.settled(atEnd.recordingId, 'channels');
  expect(await recordings.get(atEnd.recordingId)).toMatchObject({ state: 'ready' });
});
