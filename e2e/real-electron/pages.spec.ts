import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportDialog } from '../pages/export-dialog.ts';
import { expect, test } from './only-electron.ts';

test.use({ vault: 'transcribed' });

test('the page has an origin of its own scheme, is secure, and stores nothing', async ({ app }) => {
  const facts = await app.page.evaluate(async () => ({
    origin: location.origin,
    isSecure: isSecureContext,
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
    stored: localStorage.length,
  }));
  expect(facts).toEqual({ origin: 'app://bundle', isSecure: true, databases: 0, cookies: '', stored: 0 });
  const isPersistent = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.session.isPersistent(),
  );
  expect(isPersistent).toBe(false);
});

test('sound streams by ranges, and playing seeks', async ({ app, library }) => {
  await library.open('memo-en.mp3');
  const answers = await app.page.evaluate(async () => {
    const list = await window.voicesync['library.list']();
    const [first] = list.ok ? list.value : [];
    const get = async (range: string) => {
      const answer = await fetch(`/media/${first?.id}`, { headers: { Range: range } });
      return { status: answer.status, length: (await answer.arrayBuffer()).byteLength };
    };
    return [await get('bytes=0-99'), await get('bytes=100-199'), await get('bytes=999999999-')];
  });
  expect(answers.slice(0, 2)).toEqual([
    { status: 206, length: 100 },
    { status: 206, length: 100 },
  ]);
  expect(answers[2]?.status).toBe(416);
});

test('Chromium’s own network functions are refused by their proxy and their resolver', async ({ app }) => {
  const refused = await app.electron.evaluate(async ({ net, session }) => {
    const code = (error: unknown) =>
      /ERR_[A-Z_]+/.exec(String((error as Error).message))?.[0] ?? String(error);
    const reached = () => 'reached';
    return [
      await net.fetch('http://127.0.0.1:9/').then(reached, code),
      await net.fetch('https://example.org/').then(reached, code),
      await session.defaultSession.resolveHost('example.org').then(reached, code),
    ];
  });
  for (const one of refused)
    expect(one).toMatch(/^ERR_(PROXY_CONNECTION_FAILED|NAME_NOT_RESOLVED|BLOCKED_BY_CLIENT)$/);
});

test('a transcript is printed to PDF', async ({ app, library }) => {
  const folder = join(app.home, 'out');
  await mkdir(folder);
  await library.open('memo-en.mp3');
  await app.page.keyboard.press('ControlOrMeta+e');
  const exporting = new ExportDialog(app);
  await expect(exporting.dialog).toBeVisible();
  await exporting.choose('pdf');
  await exporting.write(folder, 1);
  expect(await readdir(folder)).toEqual(['memo-en.pdf']);
  expect((await readFile(join(folder, 'memo-en.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
});
