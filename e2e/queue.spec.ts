import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../src/contract/error-messages.ts';
import { AppError } from '../src/contract/errors.ts';
import { engineOf, whileEngineWaits } from './engine-process.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('a job is paused, resumed after a restart, and its text is whole', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const recording = cutRecording('hearing-12min.opus', 70, testInfo.outputPath('.'));
  const [name = ''] = await library.drop(recording);
  await library.startWithSample(name);
  await whileEngineWaits(app, () => library.button(name, 'Pause').click());
  await expect(library.row(name).getByText('Paused')).toBeVisible();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(library.row(name).getByText('Paused')).toBeVisible();
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
  await library.startWithSample(name);
  await whileEngineWaits(app, () => library.button(name, 'Cancel').click());
  await expect(library.row(name).getByText('Cancelled')).toBeVisible({ timeout: 30_000 });
  await library.choose(name, 'Transcribe');
  await library.expectDone(name);
});

test('an engine that dies costs a window, which is repeated', async ({ app, library }, testInfo) => {
  const recording = cutRecording('hearing-12min.opus', 70, testInfo.outputPath('.'));
  const [name = ''] = await library.drop(recording);
  await library.startWithSample(name);
  // Known once the first window is at work.
  await expect(library.button(name, 'Language: English')).toBeVisible({ timeout: 60_000 });
  process.kill(await engineOf(app), 'SIGKILL');
  await library.expectDone(name);
  await library.open(name);
  const text = await new TranscriptPage(app).text(name).innerText();
  expect(shareHeard('hearing-12min.opus', text, 70)).toBeGreaterThan(0.9);
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
  // Others go on: a good one that is dropped now is taken.
  await library.drop(fixtureFile('phone-8k.wav'));
});
