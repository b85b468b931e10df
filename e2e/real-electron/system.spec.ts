import { readFile } from 'node:fs/promises';
import { PASSPHRASE } from '../vault-fixture.ts';
import { expect, test } from './only-electron.ts';

test('every page is sandboxed, and Chromium draws', async ({ app }) => {
  const { metrics, gpu, pids } = await app.electron.evaluate(({ app: electron, BrowserWindow }) => ({
    metrics: electron.getAppMetrics().map(({ type, sandboxed }) => ({ type, sandboxed })),
    gpu: electron.getGPUFeatureStatus(),
    pids: BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
  }));
  if (process.platform === 'linux') {
    for (const pid of pids) expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
  }
  // Electron tells of a process's sandbox on macOS and Windows only.
  const pages = metrics.filter(({ type, sandboxed }) => type === 'Tab' && sandboxed !== undefined);
  expect(pages.filter(({ sandboxed }) => !sandboxed)).toEqual([]);
  expect(gpu['2d_canvas']).toBeDefined();
  expect((await app.page.screenshot()).length).toBeGreaterThan(5000);
});

test('Chromium’s own switches are those of the hardening', async ({ app }) => {
  const switches = await app.electron.evaluate(({ app: electron }) => ({
    resolver: electron.commandLine.getSwitchValue('host-resolver-rules'),
    proxy: electron.commandLine.getSwitchValue('proxy-server'),
    webRtc: electron.commandLine.getSwitchValue('force-webrtc-ip-handling-policy'),
    hasNoUpdates: electron.commandLine.hasSwitch('disable-component-update'),
  }));
  expect(switches).toEqual({
    resolver: 'MAP * ~NOTFOUND',
    proxy: 'http://127.0.0.1:9',
    webRtc: 'disable_non_proxied_udp',
    hasNoUpdates: true,
  });
});

test('the keychain is offered only where it is a real one, and then opens the vault', async ({ app }) => {
  const backend = await app.electron.evaluate(({ safeStorage }) =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system',
  );
  const state = await app.page.evaluate(() => window.voicesync['app.state']());
  const isOffered = state.ok && state.value.keychainOffered;
  expect(isOffered).toBe(!['basic_text', 'unknown'].includes(backend));
  test.skip(!isOffered, 'This machine has no keyring.');
  const set = await app.page.evaluate(
    (passphrase) => window.voicesync['vault.setKeychain']({ enabled: true, passphrase }),
    PASSPHRASE,
  );
  expect(set.ok).toBe(true);
  await app.relaunch();
  const opened = await app.page.evaluate(() => window.voicesync['vault.unlockWithKeychain']());
  expect(opened).toMatchObject({ ok: true, value: { phase: 'open' } });
});

test('sleep, wake and idle time are told by the system', async ({ app }) => {
  const told = await app.electron.evaluate(({ powerMonitor, powerSaveBlocker }) => {
    const id = powerSaveBlocker.start('prevent-app-suspension');
    const isHeld = powerSaveBlocker.isStarted(id);
    powerSaveBlocker.stop(id);
    return {
      isHeld,
      idleSeconds: powerMonitor.getSystemIdleTime(),
      listeners: ['suspend', 'resume', 'shutdown'].map((name) => powerMonitor.listenerCount(name) > 0),
    };
  });
  expect(told.isHeld).toBe(true);
  expect(told.idleSeconds).toBeGreaterThanOrEqual(0);
  expect(told.listeners).toEqual([true, true, true]);
});

test('tray, notifications, keys of the system and themes can be had', async ({ app }) => {
  const had = await app.electron.evaluate(
    ({ Notification, Tray, nativeImage, globalShortcut, nativeTheme, screen }) => {
      const tray = new Tray(nativeImage.createEmpty());
      const bounds = tray.getBounds();
      tray.destroy();
      const isRegistered = globalShortcut.register('F24', () => undefined);
      globalShortcut.unregister('F24');
      return {
        bounds: typeof bounds.width,
        notifies: Notification.isSupported(),
        isRegistered,
        isDark: typeof nativeTheme.shouldUseDarkColors,
        displays: screen.getAllDisplays().length,
      };
    },
  );
  expect(had).toMatchObject({ bounds: 'number', notifies: true, isDark: 'boolean' });
  expect(had.displays).toBeGreaterThan(0);
  // Wayland gives no keys of the system.
  if (process.env.XDG_SESSION_TYPE !== 'wayland') expect(had.isRegistered).toBe(true);
});
