import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { VersionPage } from './pages/version-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

const NEVER_SAID = 'Nobody in here expected anything unusual whatsoever today.';
const OTHER = 'Profits of the company rose last year although fewer machines were sold abroad than planned.';

test('an existing text is dropped onto a transcript, gets its times, and can be put aside again', async ({
  app,
  library,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'vs-text-'));
  const transcript = new TranscriptPage(app);
  const version = new VersionPage(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const heard = (await transcript.text().innerText()).replace(/\s+/gu, ' ').trim();
  await writeFile(join(folder, 'minutes.txt'), `MS ORTEGA: ${heard}\n\nCLERK: ${NEVER_SAID}`);
  await writeFile(join(folder, 'other.txt'), OTHER);

  await test.step('what was not heard is marked, and speakers are named', async () => {
    await app.dropFiles([join(folder, 'minutes.txt')]);
    await expect(app.page.getByText(/Version 2 is “minutes\.txt”/)).toBeVisible({ timeout: 30_000 });
    await expect(transcript.text()).toContainText(NEVER_SAID);
    await expect(app.page.locator('.vs-flag-notHeard').first()).toBeVisible();
    expect(await app.page.locator('.vs-flag-notHeard').allInnerTexts()).toEqual([NEVER_SAID]);
    await expect(app.page.getByText('MS ORTEGA').first()).toBeVisible();
  });

  await test.step('it is a version of its own', async () => {
    await app.page.keyboard.press('ControlOrMeta+Shift+h');
    await expect(version.rows).toHaveCount(2);
    await expect(version.rows.first()).toContainText('Existing text');
    await expect(version.rows.first()).toContainText('minutes.txt');
    await version.rows.last().click();
    await expect(version.banner).toContainText('Machine draft');
    await expect(version.marks.first()).toBeVisible();
    await version.button('Make this the current text').click();
    await transcript.expectOpen('phone-8k.wav');
    await expect(transcript.text()).not.toContainText(NEVER_SAID);
  });

  await test.step('a text of another recording is not taken unasked', async () => {
    await app.dropFiles([join(folder, 'other.txt')]);
    const dialog = app.page.getByRole('dialog', { name: /Is this the text of/ });
    await expect(dialog).toContainText('of the words of “other.txt” were found in the sound', {
      timeout: 30_000,
    });
    await expectAccessible(app, 'a text that does not fit');
    await dialog.getByRole('button', { name: 'Do not add it' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(transcript.text()).not.toContainText('Profits of the company');
  });
  await rm(folder, { recursive: true });
});
