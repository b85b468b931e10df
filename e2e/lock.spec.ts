import { whileEngineWaits } from './engine-process.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('a wrong passphrase is refused in two sentences, and the right one opens', async ({ app, gate }) => {
  await app.relaunch();
  await gate.expectLocked();
  await gate.passphrase.fill('not the passphrase');
  await gate.button('Unlock').click();
  await expect(gate.error).toContainText('passphrase', { ignoreCase: true });
  await gate.error.getByRole('button', { name: 'Type it again' }).click();
  await expect(gate.passphrase).toBeFocused();
  await expect(gate.error).toHaveCount(0);

  await test.step('each wrong one makes the next wait longer', async () => {
    await noteDelays(app);
    for (const wrong of ['not this one', 'nor this']) {
      await expect(gate.button('Unlock')).toBeEnabled({ timeout: 30_000 });
      await gate.passphrase.fill(wrong);
      await app.page.keyboard.press('Enter');
      await expect(gate.error).toBeVisible({ timeout: 30_000 });
    }
    await expect.poll(() => longestDelays(app)).toEqual([2, 4]);
    // Enter does not bypass it.
    await gate.passphrase.fill(PASSPHRASE);
    await app.page.keyboard.press('Enter');
    await expect(gate.button('Unlock')).toHaveCount(0);
    await expect(gate.passphrase).toBeFocused();
  });

  await expect(gate.button('Unlock')).toBeEnabled({ timeout: 30_000 });
  await gate.unlock(PASSPHRASE);
});

test('the system’s screen lock draws the curtain over whatever is shown', async ({ app, gate, library }) => {
  const [name = ''] = await library.drop(fixtureFile('phone-8k.wav'));
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await app.followWindow();
  await gate.expectLocked();
  await expect(app.page.getByText(name)).toHaveCount(0);
  await gate.unlock(PASSPHRASE);
  await expect(library.row(name)).toBeVisible();
});

test('the recovery key opens the vault and gives it a new passphrase and a new key', async ({
  app,
  gate,
  copiedVault,
}) => {
  const next = 'nine patient otters by the mill';
  await app.relaunch();
  await gate.button('Use the recovery key').click();
  const key = app.page.getByRole('textbox', { name: 'Recovery key' });

  await test.step('a mistyped key is pointed at', async () => {
    await key.fill(
      `${copiedVault.recoveryKey.slice(0, -1)}${copiedVault.recoveryKey.endsWith('Z') ? 'Y' : 'Z'}`,
    );
    await gate.newPassphrase.fill(next);
    await gate.repeated.fill(next);
    await gate.button('Set the new passphrase').click();
    await expect(gate.error).toContainText('13');
  });

  await key.fill(copiedVault.recoveryKey);
  await gate.button('Set the new passphrase').click();
  await expect(gate.heading('Your recovery key')).toBeVisible({ timeout: 30_000 });
  const groups = await gate.recoveryKey();
  expect(groups.join('-')).not.toBe(copiedVault.recoveryKey);
  await gate.button('I have it in a safe place').click();
  await gate.typeBack(groups);
  await gate.button('Open the vault').click();
  await gate.expectOpen();

  await app.relaunch();
  await gate.unlock(next);
});

test('behind the curtain work goes on, and then the vault seals itself', async ({ app, gate, library }) => {
  const [name = ''] = await library.drop(fixtureFile('phone-8k.wav'));
  await whileEngineWaits(app, async () => {
    await expect(library.progress(name)).toBeVisible();
    await app.page.keyboard.press('ControlOrMeta+l');
    await app.page.getByRole('button', { name: /^Finish behind the curtain/ }).click();
    await app.followWindow();
    await gate.expectLocked();
    await expect(app.page.getByText('Transcription goes on behind this curtain.')).toBeVisible();
    await expect(app.page.getByText(name)).toHaveCount(0);
  });
  // The sentence disappears when no work is left: the vault is sealed.
  await expect(app.page.getByText('Transcription goes on behind this curtain.')).toHaveCount(0, {
    timeout: 120_000,
  });
  await gate.unlock(PASSPHRASE);
  await expect(library.doneMark(name)).toBeVisible();
});

test('a vault that is sealed while a job runs goes on with it when it is unlocked', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const [name = ''] = await library.drop(cutRecording('hearing-12min.opus', 40, testInfo.outputPath('.')));
  await whileEngineWaits(app, async () => {
    await expect(library.progress(name)).toBeVisible();
    await library.goTo('Lock now');
    await app.page.getByRole('button', { name: /^Pause and seal/ }).click();
  });
  await app.followWindow();
  await gate.expectLocked();
  await expect(app.page.getByText('Transcription goes on behind this curtain.')).toHaveCount(0);
  await gate.unlock(PASSPHRASE);
  await library.expectDone(name);
});

/** Makes the page record each shown delay. */
async function noteDelays(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { delays });
    new MutationObserver(() => {
      const seconds = /Next try in (\d+)/.exec(document.body.innerText)?.[1];
      if (seconds !== undefined && delays.at(-1) !== Number(seconds)) delays.push(Number(seconds));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** The recorded delays, counted down to the last second, by the longest of each. */
async function longestDelays(app: RunningApp): Promise<number[]> {
  const delays = await app.page.evaluate(() => (window as unknown as { delays: number[] }).delays);
  return delays.filter((seconds, index) => seconds > (delays[index - 1] ?? 0));
}
