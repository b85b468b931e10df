import { expect, test } from './app-fixture.ts';
import { RunningApp } from './running-app.ts';

test('the window opens with the app’s name, and the bridge answers', async ({ app }) => {
  await expect(app.page).toHaveTitle(/VoiceSync/);
  const answer = await app.page.evaluate(() => window.voicesync['app.state']());
  expect(answer).toMatchObject({ ok: true, value: { phase: 'firstRun', vaultFolder: app.vaultFolder } });
});

test('the page has one way out: the requests of the contract, and the events', async ({ app }) => {
  const reach = await app.page.evaluate(() => ({
    frozen: Object.isFrozen(window.voicesync),
    names: Object.keys(window.voicesync),
    node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
  }));
  expect(reach.frozen).toBe(true);
  expect(reach.node).toEqual([]);
  for (const name of reach.names) expect(name).toMatch(/^([a-z][a-zA-Z]*\.[a-zA-Z]+|subscribe)$/);
});

test('what is put into the page neither runs nor shows: only the app’s own files do', async ({ app }) => {
  const got = await app.page.evaluate(async () => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      blocked.push(effectiveDirective),
    );
    const put = (tag: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      document.body.append(element);
    };
    put('script', {}, 'window.hasRun = true');
    put('script', { src: 'data:text/javascript,window.hasRun = true' });
    put('button', { onclick: 'window.hasRun = true', id: 'planted' });
    put('style', {}, '#planted { position: absolute; left: 123px }');
    put('iframe', { src: 'https://example.org/' });
    put('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' });
    document.getElementById('planted')?.click();
    const wanted = ['script-src-elem', 'script-src-attr', 'style-src-elem', 'frame-src', 'img-src'];
    while (wanted.some((one) => !blocked.includes(one))) await new Promise((next) => setTimeout(next, 10));
    const { left } = getComputedStyle(document.getElementById('planted') as HTMLElement);
    return { hasRun: 'hasRun' in window, left };
  });
  expect(got).toEqual({ hasRun: false, left: 'auto' });
});

test('a second start hands over to the first and ends', async ({ app }) => {
  await expect(RunningApp.start({}, app.home)).rejects.toThrow();
  await expect(app.page).toHaveTitle(/VoiceSync/);
});

test('the same data folder can be opened again after a kill', async ({ app }) => {
  await app.kill();
  await app.relaunch();
  await expect(app.page).toHaveTitle(/VoiceSync/);
});

test('the page can load itself anew', async ({ app }) => {
  await app.page.evaluate(() => Object.assign(window, { isTheFirst: true }));
  await app.page.evaluate(() => location.reload());
  await expect.poll(() => app.page.evaluate(() => 'isTheFirst' in window).catch(() => true)).toBe(false);
});

test('a page that crashes is loaded again', async ({ app }) => {
  await app.inPage('window.isTheFirst = true');
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  const fresh =
    "'isTheFirst' in window ? null : window.voicesync['app.state']().then(({ value }) => value.phase)";
  await expect.poll(() => app.inPage(fresh).catch(() => null)).toBe('firstRun');
});

test('the window comes back where it was, and as large as it was', async ({ app }) => {
  const place = { x: 120, y: 90, width: 1010, height: 640 };
  const bounds = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await app.electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, place);
  await app.relaunch();
  expect(await bounds()).toEqual(place);

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await app.relaunch();
  const isMaximized = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.isMaximized(),
  );
  expect(isMaximized).toBe(true);

  await test.step('a place on a screen that is gone is not taken', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.unmaximize();
      window?.setBounds({ x: 9000, y: 9000, width: 1010, height: 640 });
    });
    await app.relaunch();
    expect(await bounds()).toMatchObject({ width: 1010, height: 640 });
    expect((await bounds())?.x).toBeLessThan(9000);
  });
});
