import { readdir } from 'node:fs/promises';
import { test as outside } from './app-fixture.ts';
import { ExportDialog } from './pages/export-dialog.ts';
import { GatePage } from './pages/gate-page.ts';
import { Keyboard } from './pages/keyboard.ts';
import { LibraryPage } from './pages/library-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test as inside, PASSPHRASE } from './vault-fixture.ts';

/** Sets the answers of the system's dialogs. */
async function answerDialogs(app: RunningApp, ...filePaths: string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: chosen });
  }, filePaths);
}

outside('without a mouse: from the first run to words on the screen', async ({ app }, testInfo) => {
  outside.setTimeout(240_000);
  const { page } = app;
  const [gate, library] = [new GatePage(app), new LibraryPage(app)];
  const keyboard = new Keyboard(app);

  await outside.step('a vault is made', async () => {
    await keyboard.tabTo(gate.newPassphrase);
    await keyboard.type(PASSPHRASE);
    await keyboard.tabTo(gate.repeated);
    await keyboard.type(PASSPHRASE);
    await keyboard.press('Enter');
    await expect(gate.heading('Your recovery key')).toBeVisible();
    await keyboard.expectHeld();
    const groups = await gate.recoveryKey();
    await keyboard.use(gate.button('I have it in a safe place'));
    const fields = page.getByRole('textbox', { name: /^Group \d+$/ });
    await expect(fields).toHaveCount(2);
    for (const field of await fields.all()) {
      await keyboard.tabTo(field);
      const label = await field.evaluate((one: HTMLInputElement) => one.labels?.[0]?.textContent ?? '');
      await keyboard.type(groups[Number(label.replace(/\D/g, '')) - 1] ?? '');
    }
    await keyboard.press('Enter');
    await gate.expectOpen();
    await keyboard.expectHeld();
  });

  await outside.step('a recording is chosen in the system’s dialog and transcribed', async () => {
    await answerDialogs(app, cutRecording('phone-8k.wav', 9, testInfo.outputPath('.'), 'call.wav'));
    await keyboard.press('ControlOrMeta+o');
    await expect(library.row('call.wav')).toBeVisible();
    await keyboard.expectHeld();
    await keyboard.tabTo(library.row('call.wav'));
    await library.expectDone('call.wav');
    await keyboard.expectHeld();
  });

  await outside.step('it is opened and read', async () => {
    await keyboard.tabTo(library.row('call.wav'), 'Shift+Tab');
    await keyboard.press('Enter');
    await new TranscriptPage(app).expectOpen('call.wav');
  });
});

inside.describe('without a mouse, inside the vault', () => {
  inside.use({ vault: 'transcribed' });
  inside.describe.configure({ timeout: 240_000 });

  inside('a transcript is heard, corrected, searched and exported', async ({ app, library }, testInfo) => {
    const { page } = app;
    const keyboard = new Keyboard(app);
    const transcript = new TranscriptPage(app);
    await keyboard.tabTo(library.row('phone-8k.wav'));
    await keyboard.press('Enter');
    await transcript.expectOpen('phone-8k.wav');

    await inside.step('play, pause, seek', async () => {
      await keyboard.press('Escape');
      await expect(transcript.button('Pause')).toBeVisible();
      await keyboard.press('Escape');
      await expect(transcript.button('Play')).toBeVisible();
      await keyboard.tabTo(transcript.playhead);
      await keyboard.press('Home', ...Array<string>(5).fill('ArrowRight'));
      await expect(transcript.clock('00:05.0')).toBeVisible();
      await keyboard.press('F2');
      await expect(transcript.clock('00:06.5')).toBeVisible();
    });

    await inside.step('correct, name a speaker, find and replace', async () => {
      await keyboard.tabTo(transcript.text(), 'Shift+Tab');
      await keyboard.press('ControlOrMeta+Home', ...Array<string>(4).fill('ControlOrMeta+ArrowRight'));
      await keyboard.type(' Villanueva');
      await expect(transcript.text()).toContainText('My name is Laura Villanueva');
      await keyboard.press('ControlOrMeta+Shift+s');
      const who = page.getByRole('dialog', { name: 'Who speaks here?' });
      await keyboard.tabTo(who.getByLabel('Another name'));
      await keyboard.type('Witness');
      await keyboard.press('Enter');
      await expect(transcript.text()).toContainText('Witness');
      await expect(transcript.text()).toBeFocused();
      await keyboard.press('ControlOrMeta+f');
      const find = page.getByRole('search', { name: 'Find and replace' });
      await keyboard.type('Sarah');
      await keyboard.tabTo(find.getByLabel('Replace with'));
      await keyboard.type('Susanna');
      await keyboard.use(find.getByRole('button', { name: 'Replace all' }));
      await expect(transcript.text()).not.toContainText('Sarah');
      await keyboard.expectHeld();
      await keyboard.press('Escape');
      await expect(transcript.text()).toBeFocused();
      await transcript.expectSaved();
    });

    await inside.step('export', async () => {
      const folder = testInfo.outputPath('.');
      await answerDialogs(app, folder);
      await keyboard.press('ControlOrMeta+e');
      const { dialog } = new ExportDialog(app);
      await keyboard.use(dialog.getByRole('button', { name: 'Choose a folder' }));
      await expect(dialog.getByText(folder)).toBeVisible();
      await keyboard.expectHeld();
      await keyboard.use(dialog.getByRole('button', { name: /^Export \d+ files?$/ }));
      await expect(dialog.getByText(/written\.$/)).toBeVisible({ timeout: 30_000 });
      await keyboard.use(dialog.getByRole('button', { name: 'Done' }));
      await expect(dialog).toBeHidden();
      await expect(transcript.text()).toBeFocused();
      expect((await readdir(folder)).length).toBeGreaterThan(0);
    });

    await inside.step('back, search, hear a hit and open it', async () => {
      await keyboard.press('Alt+ArrowLeft');
      await expect(library.list).toBeVisible();
      await keyboard.expectHeld();
      await keyboard.press('ControlOrMeta+f');
      await keyboard.type('villanueva');
      await expect(library.hits).toHaveCount(1);
      await keyboard.press('ArrowDown');
      await expect(library.hits.first()).toBeFocused();
      await keyboard.expectVisible();
      await keyboard.press('Space');
      await expect(library.hits.getByRole('button', { name: 'Stop' })).toBeVisible();
      await keyboard.press('Space', 'Enter');
      await expect(transcript.text('phone-8k.wav')).toBeFocused();
    });
  });

  inside('the library, settings, models, bin and lock', async ({ app, gate, library }) => {
    const { page } = app;
    const keyboard = new Keyboard(app);
    const palette = async (command: string) => {
      await keyboard.press('ControlOrMeta+k');
      await expect(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
      await keyboard.type(command);
      await keyboard.press('Enter');
    };

    await inside.step('rename, make a matter, move', async () => {
      await keyboard.tabTo(library.row('phone-8k.wav'));
      await keyboard.press('F2');
      await keyboard.type('call');
      await keyboard.press('Enter');
      await expect(library.row('call.wav')).toBeFocused();
      await keyboard.press('ControlOrMeta+n');
      await keyboard.type('Miller');
      await keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Miller', level: 1 })).toBeVisible();
      await keyboard.expectHeld();
      await palette('All recordings');
      await keyboard.expectHeld();
      await keyboard.tabTo(library.row('call.wav'));
      await keyboard.tabTo(library.button('call.wav', 'Actions'));
      await keyboard.press('Enter');
      const item = page.getByRole('menuitemcheckbox', { name: 'Miller' });
      await expect(item).toBeVisible();
      await keyboard.type('Mil');
      await expect(item).toBeFocused();
      await keyboard.expectVisible();
      await keyboard.press('Enter');
      await expect(library.row('call.wav')).toContainText('Miller');
      await keyboard.expectHeld();
    });

    await inside.step('settings and models', async () => {
      await keyboard.press('ControlOrMeta+,');
      await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
      await keyboard.expectHeld();
      await keyboard.tabTo(page.getByRole('combobox', { name: 'Theme' }));
      await keyboard.type('Dark');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      const section = async (name: string) => {
        await keyboard.tabTo(page.getByRole('tab', { selected: true }), 'Shift+Tab');
        const tab = page.getByRole('tab', { name, exact: true });
        while (!(await tab.evaluate((one) => one === document.activeElement)))
          await keyboard.press('ArrowDown');
        await expect(page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
      };
      await section('Locking');
      const seals = page.getByRole('switch', { name: 'Always pause and seal' });
      await keyboard.use(seals, 'Space');
      await expect(seals).toBeChecked();
      await section('Keys and pedals');
      await keyboard.tabTo(page.getByRole('searchbox', { name: 'Find an action or a key' }));
      await keyboard.type('Lock now');
      await keyboard.use(page.getByRole('button', { name: 'Change the keys: Lock now' }));
      await keyboard.press('F8');
      await expect(page.getByRole('button', { name: 'Add F8' })).toBeFocused();
      await keyboard.expectVisible();
      await keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Done' })).toBeFocused();
      await keyboard.press('Enter');
      await expect(page.getByRole('listitem').filter({ hasText: 'Lock now' }).last()).toContainText('F8');
      await keyboard.expectHeld();
      await palette('Speech models');
      await expect(page.getByRole('heading', { name: 'Speech models', level: 1 })).toBeVisible();
      await keyboard.expectHeld();
      await keyboard.tabTo(page.getByRole('button', { name: 'Choose a model file…' }));
    });

    await inside.step('into the bin, back, and erased', async () => {
      await palette('All recordings');
      await keyboard.tabTo(library.row('call.wav'));
      await keyboard.press('Delete');
      await expect(library.row('call.wav')).toHaveCount(0);
      await keyboard.expectHeld();
      await expect(library.row('memo-en.mp3')).toBeFocused();
      await palette('Bin');
      await keyboard.tabTo(library.row('call.wav'));
      await keyboard.press('Delete');
      const erase = page.getByRole('dialog', { name: 'Erase 1 recording?' });
      await expect(erase.getByRole('textbox')).toBeFocused();
      await keyboard.press('1', 'Enter');
      await expect(erase).toBeHidden();
      await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible();
      await keyboard.expectHeld();
    });

    await inside.step('lock, and unlock', async () => {
      // The key that the settings assigned to it.
      await keyboard.press('F8');
      await app.followWindow();
      await gate.expectLocked();
      await expect(gate.passphrase).toBeFocused();
      await keyboard.type(PASSPHRASE);
      await keyboard.press('Enter');
      await gate.expectOpen();
      await keyboard.expectHeld();
    });
  });
});
