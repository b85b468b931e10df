import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutRecording } from './recordings.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test('many files that cannot be taken keep their place, and are put away at once', async ({
  app,
  library,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('notes');
  await mkdir(folder);
  const files = Array.from({ length: 30 }, (_, i) => join(folder, `note ${i + 1}.txt`));
  for (const file of files) await writeFile(file, 'These are notes, not sound.');
  const [name = ''] = await library.drop(cutRecording('phone-8k.wav', 3, folder));
  await app.dropFiles(files);
  const told = page.getByRole('region', { name: '30 files could not be added' });
  await expect(told.getByRole('alert')).toHaveCount(30);
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(await overflow()).toBe(0);
  await expect(library.row(name)).toBeInViewport();
  await told.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(told).toHaveCount(0);
});

test('what a folder holds besides recordings is one quiet line that can be opened', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('day 1');
  await mkdir(join(folder, 'letters'), { recursive: true });
  for (let i = 1; i <= 60; i += 1) await writeFile(join(folder, 'letters', `letter ${i}.txt`), 'words');
  cutRecording('phone-8k.wav', 2, folder, 'call.wav');
  await symlink('call.wav', join(folder, 'latest.wav'));
  await app.dropFiles([folder]);
  await expect(library.row('call.wav')).toBeVisible();
  await expect(library.list.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('alert')).toHaveCount(0);

  const told = () => app.page.getByRole('region', { name: 'What was not added' });
  await expect(told().getByRole('status')).toHaveText([
    '1 file is here under a second name and was not added twice: latest.wav (the same as call.wav)',
    '60 other files do not look like recordings and were not added: letter 1.txt, letter 2.txt, letter 3.txt and 57 more',
  ]);
  const names = told().getByText(join('day 1', 'letters', 'letter 60.txt'));
  await expect(names).toHaveCount(0);
  await told().getByRole('button', { name: 'Show all' }).last().press('Enter');
  await expect(names).toBeAttached();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(await overflow()).toBe(0);
  await expect(library.row('call.wav')).toBeInViewport();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(told().getByRole('status')).toHaveCount(2);
  await told().getByRole('button', { name: 'Dismiss all' }).click();
  await expect(told()).toHaveCount(0);
});

test('numbered files are offered as one when all of them are there, and not again once declined', async ({
  app,
  library,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('hearing');
  await mkdir(folder);
  const first = cutRecording('phone-8k.wav', 2, folder, 'hearing_01.wav');
  const count = 24;
  for (let part = 2; part <= count; part += 1) {
    await copyFile(first, join(folder, `hearing_${String(part).padStart(2, '0')}.wav`));
  }
  await page.evaluate(() => {
    const offers = new Set<string>();
    Object.assign(window, { offers });
    new MutationObserver(() => {
      const offer = /These (\d+) recordings look like/.exec(document.body.innerText)?.[1];
      if (offer !== undefined) offers.add(offer);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await app.dropFiles([folder]);
  const offer = page.getByRole('status').filter({ hasText: `These ${count} recordings look like` });
  await expect(offer).toBeVisible({ timeout: 60_000 });
  // Fewer would have left some out.
  expect(await page.evaluate(() => [...(window as unknown as { offers: Set<string> }).offers])).toEqual([
    String(count),
  ]);
  await offer.getByRole('button', { name: 'Dismiss' }).click();
  await expect(offer).toHaveCount(0);
  await library.goTo('Settings');
  await library.goTo('All recordings');
  await expect(library.row('hearing_24.wav')).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('what is dropped from another program, and lies in no folder, is told of', async ({ app, library }) => {
  const { page } = app;
  await page.evaluate(() => {
    const dropped = new DataTransfer();
    for (const name of ['attachment.wav', '/etc/hostname']) dropped.items.add(new File(['sound'], name));
    const target = document.querySelector('main') ?? document.body;
    target.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
  });
  for (const name of ['attachment.wav', 'hostname']) {
    const told = page.getByRole('alert').filter({ hasText: `“${name}” comes from another program` });
    await expect(told).toContainText('Save it in a folder first');
    await expect(told.getByRole('button', { name: 'Choose another file' })).toBeVisible();
  }
  await expect(library.list).toHaveCount(0);
});
