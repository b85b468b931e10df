import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../src/contract/errors.ts';
import { VOICE_ACTIVITY_FILE } from '../src/core/models/official-models.ts';
import { describeError } from '../src/messages/describe-error.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording, ownModel } from './recordings.ts';
import { REPOSITORY } from './runtime.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

test('one drop of files, a folder, a broken file and a speech model', async ({ app, library }, testInfo) => {
  test.setTimeout(240_000);
  const folder = testInfo.outputPath('case');
  const tape = join(folder, 'tape');
  await mkdir(join(tape, 'side two'), { recursive: true });
  const recordings = [
    cutRecording('memo-en.mp3', 9, folder, 'memo.m4a'),
    cutRecording('phone-8k.wav', 9, folder, 'call.opus'),
    join(folder, 'interview.mp4'),
  ];
  await copyFile(fixtureFile('video-interview.mp4'), recordings[2] ?? '');
  cutRecording('phone-8k.wav', 8, tape, 'first.flac');
  cutRecording('memo-en.mp3', 8, join(tape, 'side two'), 'second.ogg');
  await writeFile(join(tape, 'list.txt'), 'What lies beside recordings is left alone.');
  const broken = join(folder, 'broken.mp3');
  await writeFile(broken, 'Not sound but words.\n'.repeat(200));
  const model = ownModel(folder, 'own-model.bin');

  await app.dropFiles([recordings[0] ?? '', broken, ...recordings.slice(1), tape, model]);

  const names = ['memo.m4a', 'call.opus', 'interview.mp4', 'first.flac', 'second.ogg'];
  await test.step('no dialog is asked; each recording has its row', async () => {
    for (const name of names) await expect(library.row(name)).toBeVisible();
    await expect(app.page.getByRole('dialog')).toHaveCount(0);
    await expect(library.list.getByText('list.txt')).toHaveCount(0);
  });

  await test.step('what is no recording is told quietly', async () => {
    const told = app.page.getByRole('region', { name: 'What was not added' });
    const sentence = '1 other file does not look like a recording and was not added: list.txt';
    await expect(told.getByRole('status')).toHaveText(sentence);
    await told.getByRole('button', { name: 'Dismiss' }).click();
    await expect(told).toHaveCount(0);
  });

  await test.step('the broken file says what is wrong and what to do', async () => {
    const { what, todo } = describeError(new AppError('media.text', { file: 'broken.mp3' }), 'en');
    const told = app.page.getByRole('alert').filter({ hasText: what });
    await expect(told).toContainText(todo);
    await expect(library.row('broken.mp3')).toHaveCount(0);
    await expect(app.page.getByRole('region', { name: '1 file could not be added' })).toBeVisible();
  });

  await test.step('the model is ready, and is not used before it is chosen', async () => {
    await expect(app.page.getByText('The speech model own-model is ready to use.')).toBeVisible();
    for (const name of names) await library.expectDone(name);
    await library.goTo('Speech models');
    const row = app.page.getByRole('listitem').filter({ hasText: 'own-model' });
    await expect(row.getByText('Not an official file')).toBeVisible();
    await expect(row.getByText('In use')).toHaveCount(0);
    await row.getByRole('button', { name: 'Use own-model' }).click();
    await expect(row.getByText('In use')).toBeVisible();
  });

  await library.goTo('All recordings');
  await library.open('interview.mp4');
  const text = new TranscriptPage(app).text('interview.mp4');
  await expect(text).toBeVisible();
  expect(shareHeard('video-interview.mp4', await text.innerText())).toBeGreaterThan(0.9);
});

test('what is no speech model is refused with its true reason', async ({ app }, testInfo) => {
  const folder = testInfo.outputPath('.');
  const whole = await readFile(ownModel(folder, 'own-model.bin'));
  const half = join(folder, 'half.bin');
  await writeFile(half, whole.subarray(0, whole.length / 2));
  const gguf = join(folder, 'ggml-small.gguf');
  await writeFile(gguf, 'GGUF\u0003\0\0\0');
  const silero = join(REPOSITORY, 'resources', 'models', VOICE_ACTIVITY_FILE);
  await app.dropFiles([half, gguf, silero]);
  for (const error of [
    new AppError('model.cutShort', { file: half }),
    new AppError('model.otherFormat', { file: gguf, format: 'GGUF' }),
    new AppError('model.voiceActivity', { file: silero }),
  ]) {
    const { what, todo } = describeError(error, 'en');
    await expect(app.page.getByRole('alert').filter({ hasText: what })).toContainText(todo);
  }
});
