import type { Locator } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording, overTelephone } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

const MATTER = 'Ríos v. Soto';

/** The row of a speaker in the open panel of speakers. */
function rowOf({ page }: RunningApp, speaker: string): Locator {
  return page
    .getByRole('list', { name: 'Speakers of this recording' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `More about ${speaker}` }) });
}

async function openSpeakers(app: RunningApp, recording: string): Promise<void> {
  await app.page.getByRole('button', { name: recording, exact: true }).click();
  await new TranscriptPage(app).expectOpen(recording);
  await app.page.keyboard.press('ControlOrMeta+Shift+a');
  await expect(app.page.getByRole('list', { name: 'Speakers of this recording' })).toBeVisible();
}

test('a voice that is remembered names its speaker in the next recording, until it is deleted', async ({
  app,
  library,
  gate,
}, testInfo) => {
  test.setTimeout(300_000);
  const { page } = app;
  const folder = testInfo.outputPath('.');
  const first = cutRecording('two-speakers.flac', 55, folder, 'first-day.wav');
  const second = overTelephone('two-speakers.flac', 55, folder, 'by-telephone.wav');

  await test.step('what is stored is told before it is', async () => {
    await page.keyboard.press('ControlOrMeta+n');
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(MATTER);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: MATTER, level: 1 })).toBeVisible();
    await library.transcribe(first);
    await openSpeakers(app, 'first-day.wav');
    await rowOf(app, 'Speaker 1').getByRole('button', { name: 'More about Speaker 1' }).click();
    await page.getByRole('menuitem', { name: 'Remember this voice…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remember the voice of Speaker 1' });
    await expect(dialog).toContainText('192 numbers');
    await expect(dialog).toContainText('biometric data');
    await expect(dialog).toContainText(MATTER);
    await expectAccessible(app, 'remembering a voice');
    await dialog.getByLabel('Whose voice is it?').fill('Ana Ríos');
    await dialog.getByRole('button', { name: 'Remember voice' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('The voice of Ana Ríos is remembered.')).toBeVisible();
    await expect(rowOf(app, 'Ana Ríos')).toBeVisible();
  });

  await test.step('a recording over the telephone names her, and nobody else', async () => {
    await library.goTo(`${MATTER} 1`);
    await library.transcribe(second);
    await openSpeakers(app, 'by-telephone.wav');
    await expect(rowOf(app, 'Ana Ríos')).toContainText(/Probably Ana Ríos – \d\d\s?%, by the voice/);
    await expect(rowOf(app, 'Speaker 1')).toBeVisible();
    await expect(page.getByText(/Probably/)).toHaveCount(1);
    await expectAccessible(app, 'a recognised speaker');
  });

  await test.step('the question stays until it is answered, also over a restart', async () => {
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await openSpeakers(app, 'by-telephone.wav');
    await rowOf(app, 'Ana Ríos').getByRole('button', { name: 'Yes, it is Ana Ríos' }).click();
    await expect(app.page.getByText(/Probably/)).toHaveCount(0);
    await expect(rowOf(app, 'Ana Ríos')).toBeVisible();
  });

  await test.step('the matter lists it, and so do the settings, where it is deleted', async () => {
    await new SettingsPage(app).open('Known voices');
    const list = app.page.getByRole('list', { name: 'Known voices' });
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await expect(list).toContainText('From “first-day.wav”');
    await expect(list).toContainText(`Matter: ${MATTER}`);
    await expectAccessible(app, 'known voices');
    await app.page.getByRole('button', { name: 'Delete the voice of Ana Ríos' }).click();
    await app.page
      .getByRole('dialog', { name: 'Delete the voice of Ana Ríos?' })
      .getByRole('button', { name: 'Delete for good' })
      .click();
    await expect(app.page.getByText('No voice is remembered.')).toBeVisible();
  });
});
