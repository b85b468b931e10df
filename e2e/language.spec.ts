import type { Locale } from '../src/contract/locale.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { VersionPage } from './pages/version-page.ts';
import { quietenedRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 120_000 });

/** Sets the window's language as the settings do, which are another screen. */
async function speak(app: RunningApp, language: Locale): Promise<void> {
  const answer = await app.page.evaluate(
    (chosen) => window.voicesync['app.change']({ language: chosen }),
    language,
  );
  expect(answer.ok).toBe(true);
  await expect(app.page.locator('html')).toHaveAttribute('lang', language);
}

test('an open text, and an open version of it, follow the language of the window', async ({
  app,
  library,
}, testInfo) => {
  const { keyboard } = app.page;
  const transcript = new TranscriptPage(app);
  const recording = quietenedRecording('memo-en.mp3', { fromS: 6, toS: 15 }, testInfo.outputPath('.'));
  const [name = ''] = await library.transcribe(recording);
  await library.open(name);
  await transcript.expectOpen(name);
  await keyboard.press('ControlOrMeta+Home');
  await keyboard.press('ControlOrMeta+Shift+s');
  await app.page.getByLabel('Another name').fill('Witness');
  await keyboard.press('Enter');
  await expect(transcript.text().getByText('Unknown', { exact: true })).toBeVisible();
  await expect(transcript.text().getByText('No speech found')).toBeVisible();
  const words = await transcript.text().locator('.cm-line').allInnerTexts();
  await speak(app, 'es');
  const spanish = app.page.getByRole('textbox', { name: `Transcripción de ${name}` });
  await expect(spanish).toBeFocused();
  await expect(spanish.getByText('Desconocido', { exact: true })).toBeVisible();
  await expect(spanish.getByText('Unknown')).toHaveCount(0);
  await expect(spanish.getByText('No se encontró voz')).toBeVisible();
  await expect(spanish.getByText('No speech found')).toHaveCount(0);
  await expect(spanish.getByRole('button', { name: 'Transcribir este tramo' })).toBeVisible();
  await expect(spanish.getByText('Witness', { exact: true })).toHaveAttribute(
    'title',
    /¿Quién habla aquí\?$/,
  );
  expect((await spanish.locator('.cm-line').allInnerTexts()).length).toBe(words.length);

  await test.step('a version with its differences', async () => {
    await keyboard.press('ControlOrMeta+Home');
    await keyboard.type('Bueno ');
    await expect(app.page.getByRole('status').filter({ hasText: /^Guardado$/ })).toBeVisible();
    await keyboard.press('ControlOrMeta+Shift+h');
    const rows = app.page.getByRole('dialog').getByRole('listitem').getByRole('button');
    await rows.last().click();
    const version = new VersionPage(app);
    const read = app.page.getByRole('textbox', { name: `Versión 1 de ${name}, solo lectura` });
    const marks = read.locator('.vs-differs, .vs-missing');
    await expect(marks.first()).toHaveAttribute('title', /El texto actual/i);
    await speak(app, 'en');
    await expect(version.text).toBeFocused();
    await expect(version.marks.first()).toHaveAttribute('title', /current text/);
    await expect(version.text.getByText('No speech found')).toHaveCount(0);
  });
});
