import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

const MATTER = 'Ríos v. Soto';
const SECRET = 'four blue herons by the lake';
const PATIENT = { timeout: 120_000 };

test('a matter goes into a file, and comes back by dropping or opening it', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(300_000);
  const { page } = app;
  const dialog = page.getByRole('dialog');
  const folder = testInfo.outputPath('stick');
  await mkdir(folder);
  await page.keyboard.press('ControlOrMeta+n');
  await dialog.getByLabel('Name', { exact: true }).fill(MATTER);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: MATTER, level: 1 })).toBeVisible();
  await library.goTo('All recordings');
  await library.choose('phone-8k.wav', MATTER);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${MATTER}`) })
    .first()
    .click();
  await library.editMatter(MATTER);

  await test.step('it is written and checked', async () => {
    await dialog.getByRole('button', { name: 'Hand over…' }).click();
    await dialog.getByLabel('Passphrase for the file').fill(SECRET);
    await dialog.getByLabel('The same once more').fill('four blue herons');
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByLabel('The same once more').fill(SECRET);
    await app.electron.evaluate(({ dialog: system }, answer) => {
      system.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
    }, folder);
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(dialog.getByText('Handed over: 1 recording, sealed and checked.')).toBeVisible(PATIENT);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
    expect(await readdir(folder)).toEqual([`${MATTER}.voicesync`]);
  });

  const file = join(folder, `${MATTER}.voicesync`);
  await test.step('dropped, it asks for its passphrase and comes in', async () => {
    // DevTools drag no file whose name is not ASCII.
    const copy = join(folder, 'case.voicesync');
    await copyFile(file, copy);
    await app.dropFiles([copy]);
    await expect(dialog.getByText('case.voicesync', { exact: true })).toBeVisible();
    await expectAccessible(app, 'receive');
    await dialog.getByLabel('Passphrase of the file').fill('four blue herons by the sea');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible(PATIENT);
    await dialog.getByLabel('Passphrase of the file').fill(SECRET);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: `${MATTER} (2)`, level: 1 })).toBeVisible(PATIENT);
    await expect(library.row('phone-8k.wav')).toBeVisible();
  });

  await test.step('opened by the system, it asks, too', async () => {
    await app.electron.evaluate(({ app: electron }, path) => {
      electron.emit('open-file', { preventDefault: () => undefined }, path);
    }, file);
    await expect(dialog.getByText(`${MATTER}.voicesync`, { exact: true })).toBeVisible();
    await dialog.getByLabel('Passphrase of the file').fill(SECRET);
    await page.keyboard.press('Enter');
    await expect(dialog.getByText(/received before/)).toBeVisible(PATIENT);
  });
});
