import { expect, test } from './app-fixture.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { PASSPHRASE } from './vault-fixture.ts';

test('first run: promises, passphrase, recovery key typed back, and a sample is tried', async ({ app }) => {
  test.setTimeout(180_000);
  const gate = new GatePage(app);
  for (const promise of [
    /Nothing leaves this machine/,
    /Everything is encrypted/,
    /Your original files are never changed or moved/,
  ]) {
    await expect(app.page.getByText(promise)).toBeVisible();
  }

  await test.step('a short passphrase and one that was mistyped are refused', async () => {
    await gate.newPassphrase.fill('short');
    await expect(app.page.getByText('5 more characters are needed.')).toBeVisible();
    await gate.newPassphrase.fill(PASSPHRASE);
    await expect(app.page.getByText(/^(Good|Strong):/)).toBeVisible();
    await gate.repeated.fill('something else entirely');
    await gate.button('Continue').click();
    await expect(gate.error).toBeVisible();
  });

  const groups =
    await test.step('the recovery key is shown, and two groups of it are typed back', async () => {
      // As it comes along when pasted.
      await gate.beginVault(`${PASSPHRASE} `);
      const shown = await gate.recoveryKey();
      await gate.button('I have it in a safe place').click();
      await gate.typeBack(shown, () => 'AAAAA');
      await gate.button('Make the vault').click();
      await expect(gate.error).toBeVisible();
      await gate.typeBack(shown);
      await gate.button('Make the vault').click();
      await gate.expectOpen();
      return shown;
    });
  expect(new Set(groups).size).toBe(13);

  await test.step('the empty library offers a sample, which is transcribed', async () => {
    await expect(gate.heading('Drop a recording anywhere on this window')).toBeVisible();
    await gate.button('Try a sample recording').click();
    const library = new LibraryPage(app);
    for (const name of ['call-two-channels.flac', 'dictado-es.ogg', 'interview-en.m4a']) {
      await expect(library.row(name)).toBeVisible();
    }
    await library.expectDone('call-two-channels.flac');
  });

  await test.step('the passphrase opens the vault, typed without the blank it was pasted with', async () => {
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
  });
});
