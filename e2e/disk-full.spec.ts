import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../src/contract/errors.ts';
import { describeError } from '../src/messages/describe-error.ts';
import { whileEngineWaits } from './engine-process.ts';
import { MessageBoxes } from './message-boxes.ts';
import { GatePage } from './pages/gate-page.ts';
import type { LibraryPage } from './pages/library-page.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import { RunningApp } from './running-app.ts';
import { SmallDisk } from './small-disk.ts';
import { test as base, expect, fixtureFile, PASSPHRASE } from './vault-fixture.ts';

/** The free space that an import requires, and a little more. */
const DISK_MEGABYTES = 160;

const FULL = describeError(new AppError('disk.full', { neededBytes: null, freeBytes: null }), 'en');

/** The vault is on a disk of its own. */
const test = base.extend<{ disk: SmallDisk }>({
  disk: async ({ copiedVault }, use, testInfo) => {
    const disk = await SmallDisk.under(`${copiedVault.home}/vault`, DISK_MEGABYTES);
    testInfo.skip(disk === null, 'Only root may mount a small disk, which is to be filled.');
    if (disk !== null) await use(disk);
  },
  app: async ({ start, copiedVault, disk }, use) => {
    const app = await RunningApp.start(start, copiedVault.home);
    try {
      await new GatePage(app).unlock(PASSPHRASE);
      await use(app);
    } finally {
      await app.quit();
      disk.unmount();
      await app.dispose();
    }
  },
});

test.describe.configure({ timeout: 240_000 });

test('a job that meets a full disk says so, waits, and goes on by itself', async ({
  app,
  disk,
  library,
}, testInfo) => {
  const recording = cutRecording('hearing-12min.opus', 70, testInfo.outputPath('.'));
  const [name = ''] = await library.drop(recording);
  const safe = library.row(name).getByText('Safe in the vault.');
  await whileEngineWaits(
    app,
    async () => {
      await expect(safe).toBeVisible({ timeout: 30_000 });
      disk.fill();
    },
    () => library.button(name, 'Language: English').isVisible(),
  );

  await expect(library.row(name).getByText(FULL.what.replace(/\.$/, ''))).toBeVisible({ timeout: 60_000 });
  await expect(library.row(name)).toContainText(FULL.todo);

  disk.empty();
  await library.expectDone(name);
  await expect(library.row(name)).not.toContainText(FULL.todo);
  await library.open(name);
  const text = await new TranscriptPage(app).text(name).innerText();
  expect(shareHeard('hearing-12min.opus', text, 70)).toBeGreaterThan(0.9);
});

test.describe('in a transcript', () => {
  test.use({ vault: 'transcribed' });

  test('what is typed on a full disk is stored as soon as there is room', async ({
    app,
    disk,
    gate,
    library,
  }) => {
    const transcript = new TranscriptPage(app);
    await library.open('phone-8k.wav');
    await transcript.putCaretBehind('My name is Laura');
    disk.fill();
    await app.page.keyboard.type(' Villanueva');
    await expect(app.page.getByRole('status').filter({ hasText: 'Not saved yet' })).toBeVisible();
    await expect(app.page.getByRole('alert').filter({ hasText: FULL.what })).toContainText(FULL.todo);
    await expect(transcript.text('phone-8k.wav')).toContainText('Laura Villanueva');

    disk.empty();
    await transcript.expectSaved();
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await library.open('phone-8k.wav');
    await expect(transcript.text('phone-8k.wav')).toContainText('Laura Villanueva');
  });

  test('what is typed on a full disk outlives the text’s page, a crash and the curtain, until there is room', async ({
    app,
    disk,
    gate,
    library,
  }) => {
    const transcript = new TranscriptPage(app);
    const { notSaved } = await typeOnFullDisk(app, disk, library);

    await test.step('going to the library and back', async () => {
      await library.goTo('All recordings');
      await library.open(NAME);
      await expect(transcript.text(NAME)).toContainText('Laura Villanueva');
      await expect(notSaved()).toBeVisible();
    });

    await test.step('the curtain, which says that it waits', async () => {
      await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
      await app.followWindow();
      await gate.expectLocked();
      await expect(app.page.getByText(/^11 letters you typed are not saved yet/)).toBeVisible();
      await expect(app.page.getByText('Villanueva')).toHaveCount(0);
      await gate.unlock(PASSPHRASE);
      // The view state is unchanged.
      await expect(transcript.text(NAME)).toContainText('Laura Villanueva');
      await expect(notSaved()).toBeVisible();
    });

    await test.step('locking by hand: what waits is stored behind the curtain, which then seals the vault', async () => {
      await app.page.keyboard.press('ControlOrMeta+l');
      await app.followWindow();
      await gate.expectLocked();
      const waiting = app.page.getByText(/^11 letters you typed are not saved yet/);
      await expect(waiting).toBeVisible();
      disk.empty();
      await expect(waiting).toHaveCount(0, { timeout: 30_000 });
      await gate.unlock(PASSPHRASE);
      await expect(transcript.text(NAME)).toContainText('Laura Villanueva');
      await transcript.expectSaved();
    });

    await test.step('a page that crashes', async () => {
      await transcript.putCaretBehind('Laura Villanueva');
      disk.fill();
      await app.page.keyboard.type(' Ruiz');
      await expect(notSaved()).toBeVisible();
      await app.electron.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const gone = new Promise<void>((resolve) => contents?.once('render-process-gone', () => resolve()));
        contents?.forcefullyCrashRenderer();
        return gone;
      });
      const shown = () => app.inPage('document.body.innerText').catch(() => '');
      await expect.poll(shown, { timeout: 30_000 }).toMatch(/Not saved yet.*Laura Villanueva Ruiz/s);
      disk.empty();
      await expect.poll(shown, { timeout: 30_000 }).not.toContain('Not saved yet');
      await openAfterRestart(app, gate, library);
      await expect(transcript.text(NAME)).toContainText('Laura Villanueva Ruiz');
    });
  });

  test('quitting with something unsaved asks first: stay, save it elsewhere, or lose it', async ({
    app,
    disk,
    gate,
    library,
  }, testInfo) => {
    const transcript = new TranscriptPage(app);
    let boxes = await MessageBoxes.of(app);
    const { notSaved } = await typeOnFullDisk(app, disk, library);
    await app.closeWindow();
    const { detail, buttons } = await boxes.expectAsked('11 letters in 1 passage could not be saved.');
    expect(detail).toContain('without encryption');
    expect(buttons).toEqual(['Try again', 'Save elsewhere…', 'Quit and lose them', 'Cancel']);
    await boxes.answer('Try again');
    await boxes.expectAsked('11 letters in 1 passage could not be saved.');
    await boxes.answer('Cancel');
    await expect(transcript.text(NAME)).toContainText('Laura Villanueva');
    await expect(notSaved()).toBeVisible();

    const file = testInfo.outputPath('passages.txt');
    await answerSaveDialog(app, join(app.vaultFolder, 'passages.txt'));
    await app.closeWindow();
    await boxes.expectAsked(/^11 letters/);
    await boxes.answer('Save elsewhere…');
    // That disk is full too.
    expect((await boxes.expectAsked(/^11 letters/)).detail).toContain(FULL.what);
    await answerSaveDialog(app, file);
    await app.untilEnded(() => boxes.answer('Save elsewhere…'));
    const written = await readFile(file, 'utf8');
    expect(written).toContain('not encrypted');
    expect(written).toContain(NAME);
    expect(written).toContain('Laura Villanueva');

    disk.empty();
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    boxes = await MessageBoxes.of(app);
    await typeOnFullDisk(app, disk, library);
    await app.electron.evaluate(({ app: electron }) => electron.quit());
    await boxes.expectAsked(/^11 letters/);
    await app.untilEnded(() => boxes.answer('Quit and lose them'));
    disk.empty();
    await openAfterRestart(app, gate, library);
    await expect(transcript.text(NAME)).toContainText('My name is Laura');
    await expect(transcript.text(NAME)).not.toContainText('Villanueva');
  });

  test('a vault that is always sealed is not sealed over what is unsaved without a word', async ({
    app,
    disk,
    gate,
    library,
  }) => {
    const transcript = new TranscriptPage(app);
    const boxes = await MessageBoxes.of(app);
    await app.page.evaluate(() => window.voicesync['app.change']({ alwaysSeal: true }));
    const { notSaved } = await typeOnFullDisk(app, disk, library);
    await app.page.keyboard.press('ControlOrMeta+l');
    const { buttons } = await boxes.expectAsked(/^11 letters/);
    expect(buttons).toEqual(['Try again', 'Save elsewhere…', 'Lock and lose them', 'Cancel']);
    await boxes.answer('Cancel');
    await expect(notSaved()).toBeVisible();
    disk.empty();
    await app.page.keyboard.press('ControlOrMeta+l');
    await app.followWindow();
    await gate.expectLocked();
    await gate.unlock(PASSPHRASE);
    await expect(transcript.text(NAME)).toContainText('Laura Villanueva');
  });

  test('what is unsaved is stored, if it can be, when the computer is shut down', async ({
    app,
    disk,
    gate,
    library,
  }) => {
    await typeOnFullDisk(app, disk, library);
    disk.empty();
    await app.untilEnded(() =>
      app.electron.evaluate(({ powerMonitor }) => {
        setImmediate(() => powerMonitor.emit('shutdown', { preventDefault: () => undefined }));
      }),
    );
    await openAfterRestart(app, gate, library);
    await expect(new TranscriptPage(app).text(NAME)).toContainText('Laura Villanueva');
  });

  test('a drop on a full disk is told before anything is copied, and tried again', async ({
    app,
    disk,
    library,
  }) => {
    disk.fill();
    await app.dropFiles([fixtureFile('video-interview.mp4')]);
    const told = app.page.getByRole('alert').filter({ hasText: 'The disk is full' });
    await expect(told).toContainText(FULL.todo);
    await expect(library.row('video-interview.mp4')).toHaveCount(0);
    disk.empty();
    await told.getByRole('button', { name: 'Try again' }).click();
    await expect(library.row('video-interview.mp4').getByText('Safe in the vault.')).toBeVisible();
  });
});

const NAME = 'phone-8k.wav';

/** Opens a transcript, fills the disk and types 11 characters; returns the notice that they are not saved. */
async function typeOnFullDisk(app: RunningApp, disk: SmallDisk, library: LibraryPage) {
  const transcript = new TranscriptPage(app);
  await library.open(NAME);
  await transcript.putCaretBehind('My name is Laura');
  disk.fill();
  await app.page.keyboard.type(' Villanueva');
  const notSaved = () => app.page.getByRole('status').filter({ hasText: 'Not saved yet' });
  await expect(notSaved()).toBeVisible();
  return { notSaved };
}

/** Restarts, so that stored text is read from the disk. */
async function openAfterRestart(app: RunningApp, gate: GatePage, library: LibraryPage): Promise<void> {
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await library.open(NAME);
}

async function answerSaveDialog(app: RunningApp, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}
