import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('usual languages come first in the lists, and stay with the vault', async ({ app, gate }) => {
  const settings = new SettingsPage(app);
  const chosen = () =>
    app.page.getByRole('list', { name: 'Usual languages', exact: true }).getByRole('listitem');
  await settings.open('Usual languages');
  for (const code of ['es', 'ca', 'de']) await app.page.getByLabel('Add a language').selectOption(code);
  await app.page.getByRole('button', { name: 'Remove German' }).click();
  await expect(chosen()).toHaveText(['Spanish', 'Catalan']);
  await expectAccessible(app, 'usual languages');
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await settings.open('Usual languages');
  await expect(chosen()).toHaveText(['Spanish', 'Catalan']);

  await app.page.keyboard.press('ControlOrMeta+n');
  const options = app.page
    .getByRole('dialog', { name: 'New matter' })
    .getByLabel('Language', { exact: true })
    .getByRole('option');
  const labels = await options.allTextContents();
  const first = labels.indexOf('Spanish');
  expect(labels.slice(first, first + 3)).toEqual(['Spanish', 'Catalan', 'Afrikaans']);
});
