import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from './accessible.ts';
import { addOldRecordings, leaveUnused, loggedActions } from './old-recordings.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

const MATTER = 'Ríos v. Soto';

test('a matter’s recordings go when their time is over: asked first, then by themselves, unless they are held', async ({
  app,
  library,
  gate,
}, testInfo) => {
  test.setTimeout(300_000);
  const dialog = () => app.page.getByRole('dialog');
  const button = (name: string) => dialog().getByRole('button', { name, exact: true });
  const due = () => app.page.getByRole('dialog', { name: 'Recordings whose time is over' });
  const file = testInfo.outputPath('certificate.txt');
  const restart = async (recordings: Parameters<typeof addOldRecordings>[3]) => {
    await app.quit();
    await addOldRecordings(app.vaultFolder, PASSPHRASE, MATTER, recordings);
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
  };
  const openForm = async () => {
    await app.page
      .getByRole('navigation')
      .getByRole('button', { name: new RegExp(`^${MATTER}`) })
      .click();
    await library.editMatter(MATTER);
    await dialog().getByText('How long recordings are kept').click();
  };

  await test.step('days are set in the form of a matter, by keyboard', async () => {
    await app.page.keyboard.press('ControlOrMeta+n');
    await dialog().getByLabel('Name', { exact: true }).fill(MATTER);
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('heading', { name: MATTER, level: 1 })).toBeVisible();
    await openForm();
    await dialog().getByLabel('Days', { exact: true }).fill('0');
    await expect(button('Apply')).toBeDisabled();
    await dialog().getByLabel('Days', { exact: true }).fill('30');
    await dialog().getByLabel('Erase without asking, after the first time').check();
    await dialog().getByLabel('Days', { exact: true }).press('Enter');
    await expect(dialog().getByText('(30 days)')).toBeVisible();
    await expectAccessible(app, 'how long recordings are kept');
    await button('Cancel').click();
  });

  await test.step('before the day the library tells what will go', async () => {
    await restart([{ name: 'third day.wav', daysAgo: 20 }]);
    await expect(app.page.getByText(/^1 recording will be erased on /)).toBeVisible();
    await expect(dialog()).toHaveCount(0);
    await openForm();
    await expect(dialog().getByRole('list', { name: '1 recording will go' })).toContainText('third day.wav');
    await app.page.keyboard.press('Escape');
  });

  await test.step('on the day it is asked with the list; nothing goes by “Not now”', async () => {
    await restart([
      { name: 'first day.wav', daysAgo: 45 },
      { name: 'second day.wav', daysAgo: 31 },
    ]);
    await expect(due().getByRole('list', { name: 'Recordings whose time is over' })).toContainText(
      'first day.wav',
    );
    await expectAccessible(app, 'what is due');
    await due().getByRole('button', { name: 'Not now' }).click();
    await expect(library.row('first day.wav')).toBeVisible();
    await expect(app.page.getByText('The time of 2 recordings is over.')).toBeVisible();
  });

  await test.step('confirmed, it is erased without the bin, and a certificate can be read', async () => {
    await app.page.getByRole('button', { name: 'Show…' }).click();
    await due().getByLabel('Type the number of recordings whose time is over: 2').fill('1');
    await expect(button('Erase for good')).toBeDisabled();
    await due().getByLabel('Type the number of recordings whose time is over: 2').fill('2');
    await due().getByLabel('Name the recordings in the certificate').check();
    await button('Erase for good').click();
    await app.electron.evaluate(({ dialog: system }, filePath) => {
      system.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await dialog()
      .getByRole('button', { name: /^Save the certificate of / })
      .click();
    await expect(app.page.getByText('The certificate was saved.')).toBeVisible();
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^Certificate of erasing\n/);
    expect(text).toContain('The matter keeps its recordings for 30 days after their import.');
    for (const name of ['first day.wav', 'second day.wav', MATTER]) expect(text).toContain(`Name: ${name}`);
    expect(text).not.toContain('third day.wav');
    expect(text).toMatch(/SHA-256: [0-9a-f]{64}/);
    await button('Close').last().click();
    await expect(library.row('third day.wav')).toBeVisible();
    await expect(library.row('first day.wav')).toHaveCount(0);
    await app.page.getByRole('navigation').getByRole('button', { name: 'Bin' }).click();
    await expect(app.page.getByText('The bin is empty')).toBeVisible();
  });

  await test.step('from then on it goes by itself, and is told', async () => {
    await restart([{ name: 'fourth day.wav', daysAgo: 33 }]);
    await expect(app.page.getByText(/^1 recording was erased, because its time was over\./)).toBeVisible();
    await expect(library.row('fourth day.wav')).toHaveCount(0);
    await expect(library.row('third day.wav')).toBeVisible();
  });

  await test.step('a hold stops it, and erasing by hand too', async () => {
    await openForm();
    await button('Hold').click();
    await expect(dialog().getByText(/^Held since /)).toBeVisible();
    await button('Cancel').click();
    await restart([{ name: 'fifth day.wav', daysAgo: 300 }]);
    await expect(library.row('fifth day.wav')).toBeVisible();
    await expect(dialog()).toHaveCount(0);
    const answer = await app.page.evaluate(async () => {
      const list = await window.voicesync['library.list']();
      const ids = list.ok ? list.value.map(({ id }) => id) : [];
      return await window.voicesync['library.erase']({ ids, count: ids.length });
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'matter.held' } });
    await openForm();
    await button('Release the hold').click();
    await expect(button('Hold')).toBeVisible();
    await button('Cancel').click();
  });

  await test.step('erasing by hand is certified where it is wished', async () => {
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await due().getByRole('button', { name: 'Not now' }).click();
    await library.row('third day.wav').click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Put into the bin' }).click();
    await app.page.getByRole('navigation').getByRole('button', { name: 'Bin' }).click();
    await app.page.getByRole('button', { name: 'Empty the bin…' }).click();
    await dialog().getByLabel('Type the number of recordings: 1').fill('1');
    await dialog().getByLabel('Write a certificate of the erasing').check();
    await button('Erase for good').click();
    await expect(dialog().getByRole('list', { name: 'Certificates of erasing' })).toContainText('by hand');
    await app.page.keyboard.press('Escape');
    await new SettingsPage(app).open('Certificates of erasing');
    await expect(
      app.page.getByRole('list', { name: 'Certificates of erasing' }).getByRole('listitem'),
    ).toHaveCount(3);
    await expectAccessible(app, 'certificates of erasing');
    const printed = testInfo.outputPath('certificate.pdf');
    await app.electron.evaluate(({ dialog: system }, filePath) => {
      system.showSaveDialog = async () => ({ canceled: false, filePath });
    }, printed);
    await app.page
      .getByRole('button', { name: /^Save the certificate of / })
      .last()
      .click();
    await expect(app.page.getByText('The certificate was saved.')).toBeVisible();
    const text = execFileSync('pdftotext', ['-layout', printed, '-'], { encoding: 'utf8' });
    expect(text).toContain('Certificate of erasing');
    for (const name of ['first day.wav', 'second day.wav']) expect(text).toContain(`Name: ${name}`);
  });

  await test.step('after a jump of the clock its date is to be confirmed, before anything is due', async () => {
    await app.quit();
    await leaveUnused(app.vaultFolder, PASSPHRASE, 400);
    for (const answer of ['Not now', 'The date is right']) {
      await app.relaunch();
      await gate.unlock(PASSPHRASE);
      const asked = app.page.getByRole('dialog', { name: 'Is the date right?' });
      await expect(asked).toContainText('This computer says that today is');
      await expectAccessible(app, 'is the date right');
      await asked.getByRole('button', { name: answer }).click();
      await expect(asked).toHaveCount(0);
      await expect(due()).toHaveCount(answer === 'Not now' ? 0 : 1);
    }
    await expect(due()).toContainText('fifth day.wav');
  });

  await app.quit();
  const actions = await loggedActions(app.vaultFolder, PASSPHRASE);
  expect(actions.filter((action) => /^(retention|erasure)\.|recording\.erased/.test(action))).toEqual([
    'retention.set',
    ...['recording.erased', 'recording.erased', 'erasure.certified'],
    ...['recording.erased', 'erasure.certified'],
    ...['retention.held', 'retention.released'],
    ...['recording.erased', 'erasure.certified'],
  ]);
});
