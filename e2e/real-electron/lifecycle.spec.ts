import { spawn } from 'node:child_process';
import { executableOf, REPOSITORY } from '../runtime.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { expect, test } from './only-electron.ts';

test('quitting asks once, then closes the window, and seals before the end', async ({ app }) => {
  await app.electron.evaluate(({ app: electron, BrowserWindow }) => {
    const order: string[] = [];
    Object.assign(globalThis, { order });
    electron.on('before-quit', (event) => order.push(`before-quit ${event.defaultPrevented}`));
    electron.on('window-all-closed', () => order.push('window-all-closed'));
    electron.on('will-quit', () => {
      order.push('will-quit');
      process.stdout.write(`ORDER ${JSON.stringify(order)}\n`);
    });
    BrowserWindow.getAllWindows()[0]?.on('closed', () => order.push('closed'));
  });
  let said = '';
  app.electron.process().stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await app.untilEnded(() => app.electron.evaluate(({ app: electron }) => electron.quit()));
  const order: string[] = JSON.parse(/^ORDER (.*)$/m.exec(said)?.[1] ?? '[]');
  // The app refuses the first request while it seals, and asks itself again.
  expect(order.filter((one) => one.startsWith('before-quit'))).toEqual([
    'before-quit true',
    'before-quit false',
  ]);
  expect(order.indexOf('closed')).toBeLessThan(order.indexOf('will-quit'));
  expect(order.at(-1)).toBe('will-quit');
});

test('a second start hands its file to the first, and ends', async ({ app, library }) => {
  const second = spawn(executableOf('electron'), [REPOSITORY, fixtureFile('memo-en.mp3')], {
    env: { ...process.env, VOICESYNC_HOME: app.home },
    stdio: 'ignore',
  });
  const status = await new Promise((resolve) => second.once('exit', resolve));
  expect(status).toBe(0);
  await expect(library.row('memo-en.mp3')).toBeVisible();
});

test('a page that crashes is loaded again, and its end has a reason', async ({ app }) => {
  const reason = app.electron.evaluate(
    ({ app: electron }) =>
      new Promise<string>((resolve) => {
        electron.once('render-process-gone', (_event, _contents, details) => resolve(details.reason));
      }),
  );
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  expect(['crashed', 'killed']).toContain(await reason);
  await expect.poll(() => app.inPage("document.querySelector('h1') !== null").catch(() => false)).toBe(true);
});
