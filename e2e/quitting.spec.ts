import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as bareTest } from './app-fixture.ts';
import { whileEngineWaits } from './engine-process.ts';
import { MessageBoxes } from './message-boxes.ts';
import { GatePage } from './pages/gate-page.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 120_000 });

test('files of one drop are all brought in, although the app is killed in the middle of it', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('many');
  await mkdir(folder);
  const names = Array.from({ length: 40 }, (_, index) => `memo ${index + 1}.mp3`);
  for (const name of names) await copyFile(fixtureFile('memo-en.mp3'), join(folder, name));
  const boxes = await MessageBoxes.of(app);
  await app.dropFiles([folder]);
  await expect(library.row('memo 1.mp3')).toBeVisible();

  await app.closeWindow();
  const { detail } = await boxes.expectAsked('Not every recording is safe in the vault yet.');
  expect(detail).toContain('leave their originals where they are');
  await boxes.answer('Keep VoiceSync open');
  const before = await storedNames(app);
  expect(before.length).toBeLessThan(names.length);
  await app.kill();
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect.poll(() => storedNames(app), { timeout: 60_000 }).toHaveLength(names.length);
  expect((await storedNames(app)).sort()).toEqual(names.sort());
  const areSafe = () =>
    app.page.evaluate(async () => {
      const list = await window.voicesync['library.list']();
      return list.ok && list.value.every(({ isSafe }) => isSafe);
    });
  await expect.poll(areSafe, { timeout: 60_000 }).toBe(true);
});

test('a file that could not be taken is told until it is put away, behind the curtain and after the end too', async ({
  app,
  gate,
}) => {
  const notTaken = () => app.page.getByRole('region', { name: '1 file could not be added' });
  await app.dropFiles([fixtureFile('references.json')]);
  await expect(notTaken()).toBeVisible();
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await app.followWindow();
  await gate.unlock(PASSPHRASE);
  await expect(notTaken()).toBeVisible();
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await notTaken().getByRole('button', { name: 'Dismiss' }).click();
  await expect(notTaken()).toHaveCount(0);
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await expect(app.page.getByRole('heading', { name: /^Drop a recording/ })).toBeVisible();
  await expect(notTaken()).toHaveCount(0);
});

test('files of another start that come while the app is ending are taken by the next', async ({
  app,
  library,
}, testInfo) => {
  const [name = ''] = await library.drop(cutRecording('hearing-12min.opus', 40, testInfo.outputPath('.')));
  const asked = testInfo.outputPath('relaunched.json');
  await app.electron.evaluate(({ app: electron }, file) => {
    electron.relaunch = (options) => {
      process.getBuiltinModule('node:fs').writeFileSync(file, JSON.stringify(options));
    };
  }, asked);
  await whileEngineWaits(app, async () => {
    await expect(library.progress(name)).toBeVisible();
    // While the source is still read, quitting asks first.
    await expect(library.row(name).getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
    // The running work is aborted only after a timeout.
    await app.untilEnded(() =>
      app.electron.evaluate(
        ({ app: electron }, files) => {
          setImmediate(() => {
            electron.quit();
            setImmediate(() => electron.emit('second-instance', {}, [], '', { files }));
          });
        },
        [fixtureFile('memo-en.mp3')],
      ),
    );
  });
  const { args } = JSON.parse(await readFile(asked, 'utf8')) as { args: string[] };
  expect(args.at(-1)).toBe(fixtureFile('memo-en.mp3'));
});

bareTest('leaving before the recovery key is typed back says that it opens nothing yet', async ({ app }) => {
  const gate = new GatePage(app);
  const boxes = await MessageBoxes.of(app);
  await gate.beginVault(PASSPHRASE);
  const groups = await gate.recoveryKey();
  await app.closeWindow();
  const { detail } = await boxes.expectAsked('Your vault is not made yet.');
  expect(detail).toContain('throw it away');
  await boxes.answer('Keep VoiceSync open');
  expect(await gate.recoveryKey()).toEqual(groups);
  await app.electron.evaluate(({ app: electron }) => electron.quit());
  await boxes.expectAsked('Your vault is not made yet.');
  await app.untilEnded(() => boxes.answer('Quit'));
});

/** The names of all recordings in the vault. */
async function storedNames(app: RunningApp): Promise<string[]> {
  return await app.page.evaluate(async () => {
    const list = await window.voicesync['library.list']();
    return list.ok ? list.value.map(({ name }) => name) : [];
  });
}
