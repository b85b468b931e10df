import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.describe('a matter', () => {
  test.use({ vault: 'transcribed' });

  test('is deleted by keyboard: its recordings stay without one, or go to the bin', async ({
    app,
    library,
  }) => {
    const { page } = app;
    const { keyboard } = page;
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
    const make = async (name: string) => {
      await keyboard.press('ControlOrMeta+n');
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name);
      await keyboard.press('Enter');
      await expect(heading(name)).toBeVisible();
      await library.goTo('All recordings');
      await library.choose('phone-8k.wav', name);
      await expect(library.row('phone-8k.wav')).toContainText(name);
      await page
        .getByRole('navigation')
        .getByRole('button', { name: `${name} 1` })
        .click();
    };
    const askToDelete = async (name: string) => {
      await page
        .getByRole('main')
        .getByRole('button', { name: `Edit ${name}` })
        .focus();
      await keyboard.press('Enter');
      await page.getByRole('button', { name: 'Delete this matter…' }).focus();
      await keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: `Delete the matter “${name}”?` });
      await expect(dialog).toContainText('No recording and no text is erased.');
      return dialog;
    };
    const expectGone = async (name: string) => {
      await expect(page.getByText(`The matter “${name}” was deleted.`)).toBeVisible();
      await expect(heading('All recordings')).toBeVisible();
      await expect(page.getByRole('navigation').getByRole('button', { name })).toHaveCount(0);
    };

    await test.step('its recordings stay', async () => {
      await make('Miller');
      const dialog = await askToDelete('Miller');
      await expect(
        dialog.getByRole('radio', { name: 'Its 1 recording stays, without a matter' }),
      ).toBeChecked();
      await dialog.getByRole('button', { name: 'Delete the matter' }).focus();
      await keyboard.press('Enter');
      await expectGone('Miller');
      await expect(library.row('phone-8k.wav')).toBeVisible();
    });

    await test.step('its recordings go to the bin, and come back without a matter', async () => {
      await make('Smith');
      const dialog = await askToDelete('Smith');
      await dialog.getByRole('radio', { name: /stays/ }).focus();
      await keyboard.press('ArrowDown');
      await expect(
        dialog.getByRole('radio', { name: 'Its 1 recording goes to the bin for 30 days' }),
      ).toBeChecked();
      await keyboard.press('Enter');
      await expectGone('Smith');
      await expect(library.row('phone-8k.wav')).toHaveCount(0);
      await library.goTo('Bin');
      await library.choose('phone-8k.wav', 'Restore');
      await library.goTo('All recordings');
      await expect(library.row('phone-8k.wav')).toBeVisible();
    });
  });
});

test('a matter’s form that is half filled in is there again behind the curtain and after a kill', async ({
  app,
  gate,
}) => {
  test.setTimeout(120_000);
  const dialog = () => app.page.getByRole('dialog', { name: 'New matter' });
  const words = () => dialog().getByLabel('Names and terms to expect');
  await app.page.keyboard.press('ControlOrMeta+n');
  await app.page.keyboard.type('Villanueva v. Ruiz');
  await words().fill('estoppel');
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await app.followWindow();
  await gate.expectLocked();
  await expect(app.page.getByText('Villanueva')).toHaveCount(0);
  await gate.unlock(PASSPHRASE);
  await expect(dialog().getByLabel('Name', { exact: true })).toHaveValue('Villanueva v. Ruiz');
  await expect(words()).toHaveValue('estoppel');

  await words().press('ControlOrMeta+End');
  await app.page.keyboard.type('\nlaches');
  const isKept = () =>
    app.page.evaluate(async () => {
      const draft = await window.voicesync['matters.draft']();
      return draft.ok && draft.value?.vocabulary === 'estoppel\nlaches';
    });
  await expect.poll(isKept).toBe(true);
  await app.kill();
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(words()).toHaveValue('estoppel\nlaches');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(app.page.getByRole('heading', { name: 'Villanueva v. Ruiz', level: 1 })).toBeVisible();

  await app.page.keyboard.press('ControlOrMeta+n');
  await app.page.keyboard.type('Another');
  await app.page.keyboard.press('Escape');
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(app.page.getByRole('button', { name: 'Edit Villanueva v. Ruiz' })).toBeVisible();
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
});
