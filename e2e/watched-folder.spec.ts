import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('what appears in a watched folder is transcribed once and moved, also after a restart; what is no sound is told', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('dictations');
  await mkdir(folder, { recursive: true });
  await copyFile(fixtureFile('memo-en.mp3'), join(folder, 'already.mp3'));
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  const settings = new SettingsPage(app);
  await settings.open('Watched folders');
  await page.getByRole('button', { name: 'Watch a folder…' }).click();
  const row = page.getByRole('list', { name: 'Watched folders' }).getByRole('listitem');
  await expect(row).toContainText(folder);
  await row.getByRole('switch', { name: 'Move what is taken' }).click();
  await expectAccessible(app, 'watched folders');
  await copyFile(fixtureFile('phone-8k.wav'), join(folder, 'phone-8k.wav'));
  await expect(row).toContainText('1 recording taken.', { timeout: 60_000 });
  await expect
    .poll(() => readdir(join(folder, 'taken')).catch(() => []), { timeout: 60_000 })
    .toEqual(['phone-8k.wav']);
  await library.goTo('All recordings');
  await library.expectDone('phone-8k.wav');
  await expect(library.row('already.mp3')).toHaveCount(0);

  await writeFile(join(folder, 'broken.wav'), 'this is no sound at all');
  await expect(page.getByText('broken.wav').first()).toBeVisible({ timeout: 60_000 });

  await test.step('a restart takes nothing twice, and goes on', async () => {
    await app.quit();
    await copyFile(fixtureFile('phone-8k.wav'), join(folder, 'the same again.wav'));
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await copyFile(fixtureFile('memo-en.mp3'), join(folder, 'new name.mp3'));
    await expect(library.row('new name.mp3')).toBeVisible({ timeout: 60_000 });
    await expect(library.row('the same again.wav')).toHaveCount(0);
  });
});
