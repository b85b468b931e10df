import { describeError } from '../src/contract/error-messages.ts';
import { AppError } from '../src/contract/errors.ts';
import { whileEngineWaits } from './engine-process.ts';
import { GatePage } from './pages/gate-page.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import { RunningApp } from './running-app.ts';
import { SmallDisk } from './small-disk.ts';
import { test as base, expect, fixtureFile, PASSPHRASE } from './vault-fixture.ts';

/** Room for what an import wants to be left free, and a little more. */
const DISK_MEGABYTES = 160;

const FULL = describeError(new AppError('disk.full', { neededBytes: null, freeBytes: null }), 'en');

/** The vault lies on a disk of its own. */
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
  await expect(library.row(name).getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
  await library.startWithSample(name);
  await whileEngineWaits(
    app,
    async () => disk.fill(),
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
