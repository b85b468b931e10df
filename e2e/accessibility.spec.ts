import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../src/contract/errors.ts';
import { describeError } from '../src/messages/describe-error.ts';
import { expectAccessible, violations } from './accessible.ts';
import { expect, test as outside } from './app-fixture.ts';
import { whileEngineWaits } from './engine-process.ts';
import { GatePage } from './pages/gate-page.ts';
import { KeysPage } from './pages/keys-page.ts';
import { RetranscribeDialog } from './pages/retranscribe-dialog.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { VersionPage } from './pages/version-page.ts';
import { quietenedRecording, severalTracks } from './recordings.ts';
import { fixtureFile, test as inside, PASSPHRASE } from './vault-fixture.ts';

outside('axe finds what is wrong', async ({ app }) => {
  await expect(app.page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await app.page.evaluate(() => document.body.append(document.createElement('button')));
  expect(await violations(app)).toContainEqual(expect.stringMatching(/^button-name: /));
});

outside('axe finds nothing before the vault', async ({ app }) => {
  outside.setTimeout(240_000);
  const gate = new GatePage(app);
  await gate.newPassphrase.fill(PASSPHRASE);
  await expectAccessible(app, 'first run');
  await gate.repeated.fill('something else');
  await gate.button('Continue').click();
  await expect(gate.error).toBeVisible();
  await expectAccessible(app, 'first run with an error');
  await gate.beginVault(PASSPHRASE);
  const groups = await gate.recoveryKey();
  await expectAccessible(app, 'recovery key');
  await gate.button('I have it in a safe place').click();
  await gate.typeBack(groups);
  await expectAccessible(app, 'recovery key typed back');
  await gate.button('Make the vault').click();
  await gate.expectOpen();
  await expectAccessible(app, 'empty library');
  await app.relaunch();
  await gate.expectLocked();
  await expectAccessible(app, 'unlock');
  await gate.button('Use the recovery key').click();
  await expect(gate.heading('Open with the recovery key')).toBeVisible();
  await expectAccessible(app, 'recovery');
});

inside('axe finds nothing where something is transcribed again', async ({ app, library }, testInfo) => {
  inside.setTimeout(240_000);
  const rerun = new RetranscribeDialog(app);
  const recording = quietenedRecording('memo-en.mp3', { fromS: 6, toS: 15 }, testInfo.outputPath('.'));
  const [name = ''] = await library.transcribe(recording);
  await library.open(name);
  await expect(app.page.getByRole('button', { name: 'Transcribe this stretch' })).toBeVisible();
  await expectAccessible(app, 'skipped stretch');
  await app.page.getByRole('button', { name: 'Transcribe this stretch' }).click();
  await expect(rerun.dialog).toBeVisible();
  await expectAccessible(app, 'transcribing again');
  await whileEngineWaits(app, async () => {
    await rerun.begin();
    await expect(app.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await expectAccessible(app, 'stretch being transcribed');
  });
  await rerun.expectDone();
});

inside.describe('inside the vault', () => {
  inside.use({ vault: 'transcribed' });

  inside('axe finds nothing in any section of the settings', async ({ app }) => {
    inside.setTimeout(240_000);
    const settings = new SettingsPage(app);
    await settings.open();
    for (const section of await settings.sections()) {
      await settings.choose(section);
      await expectAccessible(app, `settings: ${section}`);
    }
  });

  inside('axe finds nothing on the versions of a transcript', async ({ app, library }) => {
    const version = new VersionPage(app);
    const transcript = new TranscriptPage(app);
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await transcript.putCaretBehind('My name is Laura');
    await app.page.keyboard.type(' Villanueva');
    await transcript.expectSaved();
    await app.page.keyboard.press('ControlOrMeta+Shift+h');
    await expect(version.rows).toHaveCount(2);
    await expectAccessible(app, 'versions');
    await version.rows.last().click();
    await expect(version.marks).toHaveCount(1);
    await expectAccessible(app, 'version');
  });

  inside('axe finds nothing', async ({ app, library }, testInfo) => {
    inside.setTimeout(240_000);
    const { page } = app;
    await expect(library.row('phone-8k.wav')).toBeVisible();
    await expectAccessible(app, 'library');
    await library.button('phone-8k.wav', 'Actions').click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(app, 'menu of a row');
    await page.keyboard.press('Escape');
    await library.list.getByRole('checkbox', { name: 'Select all' }).click();
    await expect(page.getByText('2 selected')).toBeVisible();
    await expectAccessible(app, 'selection');
    await page.getByRole('button', { name: 'Join as one recording…' }).click();
    await expect(page.getByRole('dialog', { name: 'Join 2 recordings as one' })).toBeVisible();
    await expectAccessible(app, 'joining');
    await page.keyboard.press('Escape');
    await library.search.fill('recording');
    await expect(library.hits.first()).toBeVisible();
    await expectAccessible(app, 'search');
    await library.search.fill('');

    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(app, 'command palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+n');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(app, 'matter');
    await page.keyboard.press('Escape');

    await page.keyboard.press('ControlOrMeta+n');
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Miller');
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByRole('button', { name: 'Edit Miller' }).click();
    await page.getByRole('button', { name: 'Delete this matter…' }).click();
    await expect(page.getByRole('dialog', { name: /^Delete the matter/ })).toBeVisible();
    await expectAccessible(app, 'deleting a matter');
    await page.keyboard.press('Escape');

    for (const screen of ['Speech models', 'Bin']) {
      await library.goTo(screen);
      await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
      await expectAccessible(app, screen);
    }
    const keys = new KeysPage(app);
    await keys.open();
    const dialog = await keys.change('Play or pause');
    await page.keyboard.press('ControlOrMeta+k');
    await expect(dialog.getByRole('status')).toContainText('“Commands”');
    await expectAccessible(app, 'the keys of an action');
    await page.keyboard.press('Escape');

    await library.goTo('All recordings');
    await library.open('phone-8k.wav');
    const transcript = new TranscriptPage(app);
    await expect(transcript.text('phone-8k.wav')).toBeVisible();
    await expectAccessible(app, 'transcript');
    await page.keyboard.press('ControlOrMeta+f');
    await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeVisible();
    await expectAccessible(app, 'find and replace');
    await transcript.button('Who speaks here?').click();
    await expect(page.getByRole('dialog', { name: 'Who speaks here?' })).toBeVisible();
    await expectAccessible(app, 'speakers');
    await page.keyboard.press('Escape');
    await transcript.button('Export').click();
    await expect(page.getByRole('tabpanel')).toContainText('Laura');
    await expectAccessible(app, 'export');
    await page.getByRole('button', { name: 'More formats' }).click();
    await page.getByRole('checkbox', { name: 'Table (CSV)' }).click();
    await page.getByRole('checkbox', { name: 'Word (DOCX)' }).click();
    await expect(page.getByRole('checkbox', { name: 'Times' })).toBeDisabled();
    await expectAccessible(app, 'export of more formats');
    await page.keyboard.press('Escape');
    await transcript.button('Back').click();

    const empty = testInfo.outputPath('empty.mp3');
    await writeFile(empty, '');
    await app.dropFiles([empty]);
    await expect(page.getByRole('alert').filter({ hasText: 'empty.mp3' })).toBeVisible();
    await library.drop(fixtureFile('video-interview.mp4'));
    await expect(library.row('video-interview.mp4').getByText('Safe in the vault.')).toBeVisible({
      timeout: 30_000,
    });
    await expectAccessible(app, 'library with a rejected file and a recording without a model');
    await library.choose('video-interview.mp4', 'Put into the bin');
    await library.goTo('Bin');
    await library.button('video-interview.mp4', 'Actions').waitFor();
    await page.getByRole('button', { name: 'Empty the bin…' }).click();
    await expect(page.getByRole('dialog', { name: 'Erase 1 recording?' })).toBeVisible();
    await expectAccessible(app, 'erasing');
  });

  inside(
    'axe finds nothing where something is asked, hindered or has failed',
    async ({ app, library }, testInfo) => {
      inside.setTimeout(240_000);
      const { page } = app;
      const folder = testInfo.outputPath('.');
      const transcript = new TranscriptPage(app);

      await inside.step('a corrected name, a review of it, a transcript that plays', async () => {
        await library.open('phone-8k.wav');
        await transcript.putCaretBehind('Did Sarah');
        await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
        await page.keyboard.type('Susanna');
        await expect(page.getByRole('button', { name: '1 more – review' })).toBeVisible();
        await expectAccessible(app, 'the offer of a review');
        await page.getByRole('button', { name: '1 more – review' }).click();
        await expect(page.getByRole('region', { name: 'Review' })).toBeVisible();
        await expectAccessible(app, 'the review of a name');
        await page.keyboard.press('Escape');
        await transcript.button('Play').click();
        await transcript.button('More').click();
        await expect(page.getByRole('menu')).toBeVisible();
        await expectAccessible(app, 'a transcript that plays, and its menu');
        await page.keyboard.press('Escape');
        await transcript.button('Back').click();
        await library.search.fill('xylophone');
        await expect(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible();
        await expectAccessible(app, 'a search without hits');
        await library.search.fill('');
      });

      await inside.step('which sound track', async () => {
        await app.dropFiles([severalTracks(['phone-8k.wav', 'memo-en.mp3'], 5, folder, 'court.mka')]);
        await page.getByRole('button', { name: 'Choose the sound track' }).click();
        const dialog = page.getByRole('dialog', { name: 'Which sound track?' });
        await expect(dialog.getByRole('button', { name: /^Track 2/ })).toBeVisible();
        await expectAccessible(app, 'sound tracks');
        await dialog.getByRole('button', { name: /^Track 2/ }).click();
        await expect(library.row('court.mka').getByText('Safe in the vault.')).toBeVisible();
      });

      await inside.step('a row that has failed', async () => {
        await library.expectDone('court.mka');
        await rm(join(app.vaultFolder, 'objects'), { recursive: true });
        await library.choose('court.mka', 'Transcribe again');
        const { what, todo } = describeError(new AppError('object.missing', {}), 'en');
        await expect(library.row('court.mka').getByText(what)).toBeVisible({ timeout: 60_000 });
        await expect(library.row('court.mka')).toContainText(todo);
        await expectAccessible(app, 'a failed row');
      });

      await inside.step('locking while a job runs, and the curtain', async () => {
        await library.drop(fixtureFile('video-interview.mp4'));
        const lock = async () => {
          await page.keyboard.press('ControlOrMeta+l');
          await expect(page.getByRole('dialog', { name: 'Lock now' })).toBeVisible();
          await expectAccessible(app, 'locking');
          await page.getByRole('button', { name: /^Finish behind the curtain/ }).click();
          await app.followWindow();
          await expect(app.page.getByText('Transcription goes on behind this curtain.')).toBeVisible();
          await expectAccessible(app, 'curtain');
        };
        // The window must have received the job's state to ask about it.
        const isKnown = () => library.progress('video-interview.mp4').isVisible();
        await whileEngineWaits(app, lock, isKnown);
      });
    },
  );
});
