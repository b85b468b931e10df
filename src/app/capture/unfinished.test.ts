import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { beginCapture, feed, PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { noise } from '../testing/capture-studio.ts';
import { makeVault, openWorkspace } from '../testing/test-workspace.ts';

/** A vault whose program died while it was recording; returns the recording's id. */
async function afterCrash(vault: string, seconds: number, finalTranscript: boolean): Promise<string> {
  await makeVault(vault);
  const workspace = await openWorkspace(vault);
  const options = { ...PLAIN_CAPTURE, finalTranscript };
  const recorder = await beginCapture(workspace, { name: 'Interview', options });
  await feed(recorder, noise(seconds));
  await recorder.caughtUp();
  // Neither the part in progress is sealed nor the end noted.
  await workspace.close();
  return recorder.recordingId;
}

test('a recording that a crash cut off is offered, and what is there of it is kept and transcribed', async () => {
  const vault = join(temporaryFolder(), 'vault');
  const recordingId = await afterCrash(vault, 7, true);
  const workspace = await openWorkspace(vault);
  onTestFinished(() => workspace.close());
  const { captures, jobs } = workspace.app;
  expect(await captures.unfinished()).toMatchObject([{ recordingId, name: 'Interview', durationMs: 6000 }]);
  await captures.keepUnfinished(recordingId);
  expect(await captures.unfinished()).toEqual([]);
  expect((await jobs.list()).map((job) => job.recordingId)).toEqual([recordingId]);
  await workspace.imports.settled(recordingId, 'channels');
  const recording = await workspace.database.recordings.get(recordingId);
  expect(recording).toMatchObject({ state: 'ready', durationMs: 6000 });
  // A second answer to the same question changes nothing.
  await captures.keepUnfinished(recordingId);
  expect(await jobs.list()).toHaveLength(1);
});

test('it can be deleted instead, and is not asked about again', async () => {
  const vault = join(temporaryFolder(), 'vault');
  const recordingId = await afterCrash(vault, 4, false);
  const workspace = await openWorkspace(vault);
  onTestFinished(() => workspace.close());
  await workspace.app.recordings.bin([recordingId]);
  expect(await workspace.app.captures.unfinished()).toEqual([]);
});

test('one without a sealed part is no recording', async () => {
  const vault = join(temporaryFolder(), 'vault');
  await afterCrash(vault, 1, false);
  const workspace = await openWorkspace(vault);
  onTestFinished(() => workspace.close());
  expect(await workspace.app.captures.unfinished()).toEqual([]);
  expect(await workspace.app.recordings.list()).toEqual([]);
});
