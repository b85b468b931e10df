import { GatePage } from './pages/gate-page.ts';
import { recordingWithoutSound } from './recordings.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test('a recording whose sound turns out to be missing says so, also after a restart, and can be put away', async ({
  app,
  library,
}, testInfo) => {
  // It has a recording's header; only reading on shows that nothing follows.
  const [name = ''] = await library.drop(
    recordingWithoutSound('memo-en.mp3', testInfo.outputPath('.'), 'cut-off.m4a'),
  );
  const sentence = `“${name}” is not a recording that VoiceSync can read.`;
  await expect(library.row(name).getByText(sentence)).toBeVisible({ timeout: 30_000 });

  await app.relaunch();
  await new GatePage(app).unlock(PASSPHRASE);
  await expect(library.row(name).getByText(sentence)).toBeVisible({ timeout: 30_000 });
  await library.choose(name, 'Try again');
  await expect(library.row(name).getByText(sentence)).toBeVisible({ timeout: 30_000 });

  await library.choose(name, 'Put into the bin');
  await expect(library.row(name)).toHaveCount(0);
});
