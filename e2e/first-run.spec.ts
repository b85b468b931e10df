import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from './app-fixture.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { PASSPHRASE } from './vault-fixture.ts';

test.describe('as it comes', () => {
  test.use({ start: { model: 'bundled' } });

  test('first run: promises, passphrase, recovery key typed back, and a sample is tried', async ({ app }) => {
    test.setTimeout(420_000);
    const gate = new GatePage(app);
    for (const promise of [
      /Nothing leaves this computer/,
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
        // With the trailing space of a paste.
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
      const [first, ...others] = ['conversation-en.ogg', 'interview-en.m4a', 'lectura-es.ogg'] as const;
      for (const name of [first, ...others]) await expect(library.row(name)).toBeVisible();
      // With the bundled speech model, which is not small.
      await expect(library.doneMark(first)).toBeVisible({ timeout: 300_000 });
      await library.open(first);
      await expect(new TranscriptPage(app).text(first)).toContainText('black one');
    });

    await test.step('the passphrase opens the vault, typed without the blank it was pasted with', async () => {
      await app.relaunch();
      await gate.unlock(PASSPHRASE);
    });
  });
});

test('Caps Lock is told, and weak passphrases are called so', async ({ app }) => {
  const gate = new GatePage(app);
  const { page } = app;
  const warning = page.getByText('Caps Lock is on.');
  await gate.newPassphrase.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true });
  await expect(warning).toBeVisible();
  await gate.newPassphrase.dispatchEvent('keyup', { key: 'CapsLock' });
  await expect(warning).toHaveCount(0);
  for (const [passphrase, said] of [
    ['password2024', /^Weak:/],
    ['12345678901234', /^Weak:/],
    ['          ', /more characters are needed/],
    ['Tr0ub4dor&3xx', /^Weak:/],
    ['lantern gravel otter', /^Fair:|^Weak:/],
    ['correct horse battery staple', /Well-known sentences are tried early/],
    ['lantern gravel otter seventeen mosaic', /^Strong:/],
  ] as const) {
    await gate.newPassphrase.fill(passphrase);
    await expect(page.getByText(said)).toBeVisible();
  }
});

test('the recovery key is printed alone, and saved anywhere but beside the vault', async ({
  app,
}, testInfo) => {
  const gate = new GatePage(app);
  const { page } = app;
  await gate.beginVault(PASSPHRASE);
  const groups = await gate.recoveryKey();

  await test.step('the printed sheet holds all groups and what they are for, and nothing of the screen', async () => {
    await page.evaluate(() => {
      Object.assign(window, { printed: 0, print: () => Object.assign(window, { printed: 1 }) });
    });
    await gate.button('Print').click();
    expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    const sheet = await page.evaluate(() => document.body.innerText);
    for (const group of groups) expect(sheet).toContain(group);
    expect(sheet).toContain('VoiceSync recovery key');
    expect(sheet).toContain(app.vaultFolder);
    expect(sheet).not.toContain('I have it in a safe place');
    await page.emulateMedia({ media: null });
  });

  const saved = join(testInfo.outputPath('.'), 'key.txt');
  await test.step('beside the vault it is refused, and the button leads to another place', async () => {
    await saveTo(app, join(dirname(app.vaultFolder), 'key.txt'));
    await gate.button('Save as a file…').click();
    await expect(gate.error).toContainText('Nothing was written.');
    await expect(readFile(join(dirname(app.vaultFolder), 'key.txt'))).rejects.toThrow();
    await saveTo(app, saved);
    await gate.error.getByRole('button', { name: 'Choose another place' }).click();
    await expect(page.getByText('Saved. Keep the file away from this computer.')).toBeVisible();
    expect(await readFile(saved, 'utf8')).toContain(groups.join('-'));
    await expect(gate.error).toHaveCount(0);
  });
});

test.describe('with a keychain', () => {
  test.use({ start: { env: { VOICESYNC_STAND_IN_KEYRING: '1' } } });

  test('the vault can be opened by the system’s keychain from the next start on', async ({ app }) => {
    test.skip(app.runtime === 'electron', 'a keychain of its own is only had on the stand-in');
    const gate = new GatePage(app);
    await app.page.getByRole('checkbox', { name: 'Unlock with the system’s keychain' }).check();
    await gate.makeVault(PASSPHRASE);
    await app.relaunch();
    await gate.button('Unlock with the system’s keychain').click();
    await gate.expectOpen();
  });
});

/** Makes the system's save dialog return this path. */
async function saveTo(app: RunningApp, filePath: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}
