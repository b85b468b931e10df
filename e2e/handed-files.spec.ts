import { RunningApp } from './running-app.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test('files of another start come to the window that is open, or wait until it is unlocked', async ({
  app,
  gate,
  library,
}) => {
  test.setTimeout(120_000);
  /** Starts the app once more with files; that start ends by itself. */
  const startAgainWith = async (...args: string[]) => {
    await expect(RunningApp.start({ args }, app.home)).rejects.toThrow();
  };

  await startAgainWith(fixtureFile('phone-8k.wav'), fixtureFile('video-interview.mp4'));
  await expect(library.row('phone-8k.wav')).toBeVisible({ timeout: 30_000 });
  await expect(library.row('video-interview.mp4')).toBeVisible();
  await expect(library.list.getByRole('row')).toHaveCount(3);

  await app.relaunch();
  await gate.expectLocked();
  await startAgainWith(fixtureFile('memo-en.mp3'));
  await expect(app.page.getByText('1 file waits: it is added when you unlock.')).toBeVisible();
  await expect(app.page.getByText('memo-en.mp3')).toHaveCount(0);
  await gate.unlock(PASSPHRASE);
  await expect(library.row('memo-en.mp3')).toBeVisible({ timeout: 30_000 });
  await expect(library.list.getByRole('row')).toHaveCount(4);
});
