import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../src/contract/errors.ts';
import { describeError } from '../src/messages/describe-error.ts';
import { whileEngineWaits } from './engine-process.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('a job is paused, resumed after a restart, and its text is whole', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const recording = cutRecording('hearing-12min.opus', 70, testInfo.outputPath('.'));
  const [name = ''] = await library.drop(recording);
  await whileEngineWaits(app, () => library.button(name, 'Pause').click());
  await expect(library.row(name).getByText('Paused', { exact: true })).toBeVisible();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(library.row(name).getByText('Paused', { exact: true })).toBeVisible();
  await library.button(name, 'Go on').click();

  await test.step('words are there to read while others are still on their way', async () => {
    await expect(library.button(name, name)).toBeVisible({ timeout: 90_000 });
  });
  await library.expectDone(name);
  await library.open(name);
  const text = await new TranscriptPage(app).text(name).innerText();
  expect(shareHeard('hearing-12min.opus', text, 70)).toBeGreaterThan(0.9);
});

test('a job is cancelled, and can be started again', async ({ app, library }) => {
  const [name = ''] = await library.drop(fixtureFile('phone-8k.wav'));
  await whileEngineWaits(app, () => library.button(name, 'Cancel').click());
  await expect(library.row(name).getByText('Cancelled')).toBeVisible({ timeout: 30_000 });
  await library.choose(name, 'Transcribe');
  await library.expectDone(name);
});

test('an engine that dies is told of, and costs the window in hand alone', async ({
  app,
  library,
}, testInfo) => {
  const recording = cutRecording('hearing-12min.opus', 100, testInfo.outputPath('.'));
  const [name = ''] = await library.drop(recording);
  await expect(library.row(name)).toBeVisible();
  let finished: string[] = [];
  await whileEngineWaits(
    app,
    async (engine) => {
      finished = await segmentIds(app, name);
      process.kill(engine, 'SIGKILL');
    },
    async () => (await segmentIds(app, name)).length > 0,
  );
  await whileEngineWaits(app, async () => {
    await expect(library.row(name)).toContainText('The speech engine stopped unexpectedly.');
    await expect(library.row(name)).toContainText('repeats one passage. Nothing is lost.');
  });
  await library.expectDone(name);
  await expect(library.row(name)).not.toContainText('The speech engine stopped');
  // Finished segments were not made again.
  expect((await segmentIds(app, name)).slice(0, finished.length)).toEqual(finished);
  await library.open(name);
  const text = await new TranscriptPage(app).text(name).innerText();
  expect(shareHeard('hearing-12min.opus', text, 100)).toBeGreaterThan(0.9);
});

test('what cannot be read says what happened and what to do', async ({ app, library }, testInfo) => {
  const files = {
    'empty.mp3': { content: '', code: 'media.empty' },
    'notes.wav': { content: 'These are notes, not sound.\n'.repeat(100), code: 'media.text' },
  } as const;
  for (const [name, { content, code }] of Object.entries(files)) {
    const file = join(testInfo.outputPath('.'), name);
    await writeFile(file, content);
    await app.dropFiles([file]);
    const { what, todo } = describeError(new AppError(code, { file: name }), 'en');
    const told = app.page.getByRole('alert').filter({ hasText: what });
    await expect(told).toBeVisible({ timeout: 30_000 });
    await expect(told).toContainText(todo);
  }
  // Others go on: a good one that is dropped is imported.
  await library.drop(fixtureFile('phone-8k.wav'));
});

/** The segments of a transcript so far, by their ids. */
async function segmentIds(app: RunningApp, name: string): Promise<string[]> {
  return (await storedSegments(app, name)).map(({ id }) => id);
}
