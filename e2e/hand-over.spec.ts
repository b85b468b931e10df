import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

const NAME = 'Ríos v. Soto';
const SECRET = 'four blue herons by the lake';

/** The system's dialog answers with these. */
async function answerDialogs(app: RunningApp, ...filePaths: string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: answer });
  }, filePaths);
}

test.describe('a matter', () => {
  test.use({ vault: 'transcribed' });

  test('is handed over as a sealed file, and received from it, by keyboard', async ({
    app,
    library,
  }, testInfo) => {
    test.setTimeout(300_000);
    const { page } = app;
    const { keyboard } = page;
    const dialog = page.getByRole('dialog');
    const button = (name: string) => dialog.getByRole('button', { name, exact: true });
    const press = async (name: string) => {
      await button(name).focus();
      await keyboard.press('Enter');
    };
    const stick = testInfo.outputPath('stick');
    await mkdir(stick, { recursive: true });

    await keyboard.press('ControlOrMeta+n');
    await dialog.getByLabel('Name', { exact: true }).fill(NAME);
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible();
    await library.goTo('All recordings');
    await library.choose('phone-8k.wav', NAME);
    await expect(library.row('phone-8k.wav')).toContainText(NAME);
    await library.goTo(`${NAME} 1`);

    await test.step('the file gets a passphrase of its own, and what was written is read back', async () => {
      await page
        .getByRole('main')
        .getByRole('button', { name: `Edit ${NAME}` })
        .focus();
      await keyboard.press('Enter');
      await press('Hand over…');
      await expect(dialog).toContainText('It stays here, too.');
      await dialog.getByLabel('Passphrase for the file').fill('short');
      await dialog.getByLabel('The same once more').fill('short');
      await press('Choose a folder…');
      await expect(dialog.getByRole('alert')).toBeVisible();
      await dialog.getByLabel('Passphrase for the file').fill(SECRET);
      await dialog.getByLabel('The same once more').fill(SECRET);
      await expectAccessible(app, 'handing over');
      await answerDialogs(app, stick);
      await press('Choose a folder…');
      await expect(dialog.getByText('Handed over: 1 recording, sealed and checked.')).toBeVisible({
        timeout: 120_000,
      });
      await expect(dialog).toContainText(stick);
      await expectAccessible(app, 'handed over');
      await button('Close').last().press('Enter');
    });
    expect(await readdir(stick)).toEqual([`${NAME}.voicesync`]);

    await test.step('it is received with its text, as a matter of a name of its own', async () => {
      await keyboard.press('ControlOrMeta+n');
      await press('Receive a matter…');
      await answerDialogs(app, join(stick, `${NAME}.voicesync`));
      await press('Choose the file…');
      await dialog.getByLabel('Passphrase of the file').fill('four blue herons by the sea');
      await keyboard.press('Enter');
      await expect(dialog.getByRole('alert')).toContainText('does not open', { timeout: 120_000 });
      await expectAccessible(app, 'a wrong passphrase');
      await dialog.getByLabel('Passphrase of the file').fill(SECRET);
      await keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: `${NAME} (2)`, level: 1 })).toBeVisible({
        timeout: 120_000,
      });
      await expect(page.getByText(`Received: “${NAME} (2)”, 1 recording.`)).toBeVisible();
      await page.getByRole('button', { name: 'phone-8k.wav', exact: true }).click();
      await new TranscriptPage(app).expectOpen('phone-8k.wav');
    });

    await test.step('a second time is told', async () => {
      await library.goTo(`${NAME} 1`);
      await keyboard.press('ControlOrMeta+n');
      await press('Receive a matter…');
      await press('Choose the file…');
      await dialog.getByLabel('Passphrase of the file').fill(SECRET);
      await keyboard.press('Enter');
      await expect(dialog.getByRole('alert')).toContainText('was received before', { timeout: 120_000 });
    });
  });
});
