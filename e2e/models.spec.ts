import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { engineOf, whileEngineWaits } from './engine-process.ts';
import { ModelsPage } from './pages/models-page.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { cutRecording, ownModel } from './recordings.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 600_000 });

const FIXTURE = 'ggml-sample-dictation';
const BUNDLED = 'base-q8_0';
/** The machine may be busy. */
const PATIENT = { timeout: 300_000 };

test('models are measured when they come, chosen, removed, and a larger one is asked for', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const models = new ModelsPage(app);
  await models.open();
  await test.step('what is here is told with size, languages, memory and hash', async () => {
    const bundled = models.row(BUNDLED);
    await expect(bundled).toContainText('82 MB · about 100 languages');
    await expect(bundled).toContainText(/Needs about \d+ MB of the [\d.]+ GB of memory/);
    await expect(bundled).toContainText('Part of VoiceSync, checked');
    await expect(bundled).toContainText(/SHA-256 [0-9a-f]{64}/);
    await expect(bundled).toContainText('Speed not measured yet');
    await expect(models.row(FIXTURE)).toContainText('Not an official file');
  });

  await test.step('the real engine measures one, and the others’ speeds follow from it', async () => {
    await models.measure(BUNDLED);
    await models.expectMeasured(BUNDLED);
    await expect(models.row(BUNDLED)).toContainText(/Needs \d+ MB of the/);
    await expect(models.row(FIXTURE)).toContainText('1 hour of speech probably in about');
    await expect(models.advice).toContainText('Judged by the speed that was measured here');
  });

  await test.step('one that is brought in is measured by itself', async () => {
    await app.dropFiles([ownModel(testInfo.outputPath('.'), 'own-model.bin')]);
    await models.expectMeasured('own-model');
    const stored = readFileSync(join(app.home, 'models', 'speeds.json'), 'utf8');
    expect(JSON.parse(stored).speeds).toHaveLength(2);
  });

  await test.step('a file that only calls itself official is refused', async () => {
    const file = ownModel(testInfo.outputPath('.'), 'ggml-small.bin');
    await app.dropFiles([file]);
    await expect(page.getByText('is named like the official model “small”').first()).toBeVisible();
    await expect(models.row('small')).toHaveCount(0);
  });

  await test.step('the advice names a file with its hash, and copies a request for it', async () => {
    await models.open();
    await expect(models.advice).toContainText(/ggml-(small|large-v3-turbo)-q8_0\.bin/);
    const sha256 = /[0-9a-f]{64}/.exec(await models.advice.innerText())?.[0] ?? 'none';
    await models.advice.getByText('Read the request').click();
    await expect(models.advice).toContainText('Dear colleagues');
    await expectAccessible(app, 'models');
    await models.advice.getByRole('button', { name: 'Copy the request for the IT department' }).click();
    await expect(page.getByText('The request is in the clipboard.')).toBeVisible();
    const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain(`SHA-256: ${sha256}`);
    expect(copied).toMatch(/https:\/\/huggingface\.co\/ggerganov\/whisper\.cpp\/resolve\/main\/ggml-.+\.bin/);
  });

  await test.step('another is used, and one is removed', async () => {
    await models.row('own-model').getByRole('button', { name: 'Use own-model' }).click();
    await expect(models.row('own-model')).toContainText('In use');
    await models.row('own-model').getByRole('button', { name: 'Remove own-model' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(models.row('own-model')).toHaveCount(0);
    await expect(models.row(BUNDLED)).toContainText('In use');
  });

  await test.step('a file with an official name and other bytes that was put there by hand is not used', async () => {
    const file = ownModel(testInfo.outputPath('.'), 'put.bin');
    await rename(file, join(app.home, 'models', 'ggml-tiny.bin'));
    await app.reload();
    await models.open();
    await expect(models.row('tiny')).toContainText('Called like an official file, with another content');
    await expect(models.row('tiny').getByRole('button', { name: 'Use tiny' })).toHaveCount(0);
  });
});

test('a row tells when it would be ready; two minutes are tried side by side, and nothing of them stays', async ({
  app,
  library,
}, testInfo) => {
  const { page } = app;
  const models = new ModelsPage(app);
  await models.open();
  for (const name of [BUNDLED, FIXTURE]) await models.measure(name);
  for (const name of [BUNDLED, FIXTURE]) await models.expectMeasured(name);
  await library.goTo('All recordings');

  // So long that it is still at work when the second comes.
  const [first = ''] = await library.drop(cutRecording('hearing-12min.opus', 240, testInfo.outputPath('.')));
  const second = 'memo-en.mp3';
  await whileEngineWaits(app, async () => {
    await library.drop(fixtureFile(second));
    const row = library.row(second);
    await expect(row).toContainText(`with ${FIXTURE}`, PATIENT);
    await expect(row).toContainText(/Ready at about \d/);
    await expect(row.getByRole('button', { name: /^Use base-q8_0 instead: ready at about/ })).toBeVisible();
    await library.button(second, 'Pause').click();
  });
  await expect(library.row(second).getByText('Paused', { exact: true })).toBeVisible();

  await library.button(second, 'Try two minutes…').click();
  const dialog = page.getByRole('dialog', { name: `Try two minutes of “${second}”` });
  await expect(dialog.getByRole('checkbox', { name: FIXTURE })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: BUNDLED })).toBeChecked();
  await expectAccessible(app, 'choice of models to try');
  await dialog.getByRole('button', { name: 'Try', exact: true }).click();
  for (const name of [FIXTURE, BUNDLED]) {
    const text = dialog.getByRole('region', { name });
    await expect(text).toContainText(/took \d+ .+ · English · (\d+ words? differs?|no differences)/, PATIENT);
    expect((await text.locator('p').allInnerTexts()).join(' ').split(' ').length).toBeGreaterThan(20);
  }
  expect(await dialog.locator('mark').count()).toBeGreaterThan(0);
  await expectAccessible(app, 'tried models');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await test.step('nothing is kept of it, and what was running goes on', async () => {
    await expect(library.row(second).getByText('Paused', { exact: true })).toBeVisible();
    expect(await storedSegments(app, second)).toEqual([]);
    await library.expectDone(first);
  });

  await test.step('the model that is chosen transcribes the whole', async () => {
    await library.button(second, 'Try two minutes…').click();
    await dialog.getByRole('checkbox', { name: FIXTURE }).click();
    await dialog.getByRole('button', { name: 'Try', exact: true }).click();
    await dialog.getByRole('button', { name: `Choose ${BUNDLED}` }).click(PATIENT);
    await expect(page.getByText(`“${second}” is transcribed with ${BUNDLED}.`)).toBeVisible();
    await library.expectDone(second);
    await library.choose(second, 'Open');
    await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Versions/ }).click();
    await expect(page.getByRole('dialog')).toContainText(BUNDLED);
  });
});

test('a running transcription becomes quiet at its next window, and the choice stays', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const [name = ''] = await library.drop(cutRecording('hearing-12min.opus', 200, testInfo.outputPath('.')));
  const engine = await engineOf(app);
  expect(nicenessOf(engine)).toBe(nicenessOf(app.electron.process().pid ?? 0));
  await whileEngineWaits(app, async () => {
    // What arrives shows the library.
    await expect(library.row(name)).toContainText('Safe in the vault.', PATIENT);
    await new SettingsPage(app).open('Speed and quiet');
    await expectAccessible(app, 'quality');
    await app.page.getByRole('radio', { name: /^Quiet/ }).click();
    await expect(app.page.getByRole('radio', { name: /^Quiet/ })).toBeChecked();
  });
  await expect.poll(async () => nicenessOf(await engineOf(app)), PATIENT).toBe(10);
  await library.goTo('All recordings');
  await library.expectDone(name);
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await new SettingsPage(app).open('Speed and quiet');
  await expect(app.page.getByRole('radio', { name: /^Quiet/ })).toBeChecked();
});

/** The niceness of a process, from Linux's /proc; null if it has just been replaced. */
function nicenessOf(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
