import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeysPage } from './pages/keys-page.ts';
import { notePlayedSound, playedRanges, playerNow } from './pages/played-sound.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 150_000 });

/** Presses a key that Playwright's keyboards do not have. */
async function pressMediaKey(app: RunningApp, key: string, windowsVirtualKeyCode: number): Promise<void> {
  const devTools = await app.page.context().newCDPSession(app.page);
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    await devTools.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode });
  }
  await devTools.detach();
}

/** The keys in the application menu, by what they do. */
async function menuKeys(app: RunningApp): Promise<Record<string, string[]>> {
  return await app.electron.evaluate(({ Menu }) => {
    const keys: Record<string, string[]> = {};
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    for (const { role, accelerator } of items) {
      if (role) keys[role] = [...(keys[role] ?? []), String(accelerator)];
    }
    return keys;
  });
}

test.describe('with recordings', () => {
  test.use({ vault: 'transcribed' });

  test('a pedal that types F4 plays for as long as it is down, after a restart too', async ({
    app,
    gate,
    library,
  }) => {
    const keys = new KeysPage(app);
    const transcript = new TranscriptPage(app);
    const open = async () => {
      await library.open('phone-8k.wav');
      await transcript.expectOpen('phone-8k.wav');
    };

    await test.step('what has the key is told, and loses it', async () => {
      await keys.open();
      const dialog = await keys.change('Play while held down');
      await app.page.keyboard.press('p');
      await expect(dialog.getByRole('status')).toContainText('Typing needs this key.');
      await app.page.keyboard.press('ControlOrMeta+v');
      await expect(dialog.getByRole('status')).toContainText('Text editing or dialogs need this key.');
      await app.page.keyboard.press('F4');
      await expect(dialog.getByRole('status')).toHaveText(
        'Pressed: F4. F4 means “Faster” now, and would not any more.',
      );
      await app.page.keyboard.press('Enter');
      await expect(dialog.getByRole('button', { name: 'Remove F4' })).toBeVisible();
      await app.page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(keys.row('Play while held down')).toContainText('F4');
      await expect(keys.row('Faster')).toContainText('No key');
    });

    await test.step('it plays while held; its repetition, and a key that comes up unheard, change nothing', async () => {
      const { keyboard } = app.page;
      await library.goTo('All recordings');
      await notePlayedSound(app);
      await open();
      await keyboard.down('F4');
      await expect(transcript.button('Pause')).toBeVisible();
      for (let repeat = 0; repeat < 5; repeat += 1) await keyboard.down('F4');
      await expect(transcript.button('Pause')).toBeVisible();
      await keyboard.up('F4');
      await expect(transcript.button('Play')).toBeVisible();
      expect(await playedRanges(app)).toHaveLength(1);
      await keyboard.down('F4');
      await expect(transcript.button('Pause')).toBeVisible();
      await app.page.evaluate(() => window.dispatchEvent(new FocusEvent('blur')));
      await expect(transcript.button('Play')).toBeVisible();
      // The key is still down: its repeats are no new press.
      await keyboard.down('F4');
      await keyboard.up('F4');
      expect(await playedRanges(app)).toHaveLength(2);
      await expect(transcript.button('Speed: 1 times')).toBeVisible();
    });

    await test.step('a restart keeps it, and the way back gives F4 to what had it', async () => {
      await app.relaunch();
      await gate.unlock(PASSPHRASE);
      await open();
      await app.page.keyboard.down('F4');
      await expect(transcript.button('Pause')).toBeVisible();
      await app.page.keyboard.up('F4');
      await expect(transcript.button('Play')).toBeVisible();
      await keys.open();
      await app.page.getByRole('button', { name: 'All keys as delivered' }).click();
      await app.page.getByRole('button', { name: 'Forget my keys' }).click();
      await expect(keys.row('Faster')).toContainText('F4');
      await expect(keys.row('Play while held down')).toContainText('No key');
      await library.goTo('All recordings');
      await open();
      await app.page.keyboard.press('F4');
      await expect(transcript.button('Speed: 1.125 times')).toBeVisible();
    });
  });

  test('a letter can say who speaks while it plays, and is text while it is typed', async ({
    app,
    library,
  }) => {
    const keys = new KeysPage(app);
    const transcript = new TranscriptPage(app);
    const { keyboard } = app.page;
    await notePlayedSound(app);
    await keys.open();
    await keys.give('Speaker 1 speaks, while it plays', 'q');
    await expect(keys.row('Speaker 1 speaks, while it plays')).toContainText('Q');
    await library.goTo('All recordings');
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await keyboard.press('Escape');
    await expect(transcript.button('Pause')).toBeVisible();
    const [first] = await storedSegments(app, 'phone-8k.wav');
    await expect.poll(async () => (await playerNow(app)).timeMs).toBeGreaterThan(first?.startMs ?? 0);
    await keyboard.press('q');
    await expect
      .poll(async () => (await storedSegments(app, 'phone-8k.wav')).map(({ speaker }) => speaker))
      .toContain('Speaker 1');
    await keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
    await transcript.text().focus();
    await keyboard.type('qq');
    await expect(transcript.text()).toContainText('qq');
  });

  test('media keys play, whichever way the system hands them over, and name nobody', async ({
    app,
    library,
  }) => {
    const transcript = new TranscriptPage(app);
    await app.page.evaluate(() => {
      const handlers: Record<string, unknown> = {};
      Object.assign(window, { handlers });
      MediaSession.prototype.setActionHandler = (action, handler) => {
        handlers[action] = handler;
      };
    });
    const fromControls = (action: string) =>
      app.page.evaluate(
        (name) => (window as unknown as { handlers: Record<string, () => void> }).handlers[name]?.(),
        action,
      );
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await pressMediaKey(app, 'MediaPlayPause', 179);
    await expect(transcript.button('Pause')).toBeVisible();
    // The same press by the system's media controls, whose state was still paused.
    await fromControls('play');
    await expect(transcript.button('Pause')).toBeVisible();
    const published = await app.page.evaluate(() => {
      const { title, artist, album, artwork } = navigator.mediaSession.metadata as MediaMetadata;
      return { title, artist, album, pictures: artwork.length };
    });
    expect(published).toEqual({ title: 'VoiceSync', artist: '', album: '', pictures: 0 });
    await pressMediaKey(app, 'MediaStop', 178);
    await expect(transcript.button('Play')).toBeVisible();
    await expect(async () => {
      await fromControls('play');
      await expect(transcript.button('Pause')).toBeVisible({ timeout: 2000 });
    }).toPass();
    await transcript.button('Back').click();
    const left = await app.page.evaluate(() =>
      Object.values((window as unknown as { handlers: object }).handlers).filter(Boolean),
    );
    expect(left).toEqual([]);
  });

  test('a pedal’s buttons are learnt, play and wind while down, and end with the pedal', async ({
    app,
    library,
  }) => {
    const keys = new KeysPage(app);
    const transcript = new TranscriptPage(app);
    await notePlayedSound(app);
    await app.page.evaluate(plugInfinity);
    const report = (bits: number) =>
      app.page.evaluate(
        (low) => (window as unknown as { pedal: { report(low: number): void } }).pedal.report(low),
        bits,
      );
    await keys.open();
    await app.page.getByRole('button', { name: 'Connect a pedal…' }).click();
    await expect(app.page.getByText(/^Connected\. Now press “Change”/)).toBeVisible();
    for (const [action, bits, name] of [
      ['Play while held down', 2, 'Infinity pedal, middle'],
      ['Wind back while held down', 1, 'Infinity pedal, left'],
    ] as const) {
      const dialog = await keys.change(action);
      await report(bits);
      await report(0);
      await dialog.getByRole('button', { name: `Use ${name}` }).click();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await expect(keys.row(action)).toContainText(name);
    }
    await library.goTo('All recordings');
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await transcript.playhead.fill('8000');
    await report(1);
    await expect.poll(() => transcript.playheadMs()).toBeLessThan(6000);
    await expect(transcript.button('Play')).toBeVisible();
    await report(3);
    await report(2);
    await expect(transcript.button('Pause')).toBeVisible();
    const { timeMs: startedMs } = await playerNow(app);
    await expect
      .poll(async () => (await playerNow(app)).timeMs, { timeout: 30_000 })
      .toBeGreaterThan(startedMs + 1000);
    await report(0);
    await expect(transcript.button('Play')).toBeVisible();
    const rewoundMs = ((await playedRanges(app)).at(-1)?.toMs ?? 0) - (await playerNow(app)).timeMs;
    expect(rewoundMs, 'a pedal that comes up goes back as a pause does').toBeGreaterThan(700);
    expect(rewoundMs).toBeLessThan(900);
    await report(2);
    await expect(transcript.button('Pause')).toBeVisible();
    await app.page.evaluate(() => (window as unknown as { pedal: { unplug(): void } }).pedal.unplug());
    await expect(transcript.button('Play')).toBeVisible();
  });
});

test('a key of the menu, of the library and of everywhere can be changed, and tooltips follow', async ({
  app,
}) => {
  const keys = new KeysPage(app);
  expect(await menuKeys(app)).toMatchObject({ zoomIn: ['CommandOrControl+Plus'], togglefullscreen: ['F11'] });
  await keys.open();
  await keys.give('Zoom in', 'Alt+F6');
  await keys.give('New matter', 'F6');
  await keys.give('Pause', 'Shift+F7');
  expect(await menuKeys(app)).toMatchObject({ zoomIn: ['CommandOrControl+Plus', 'Alt+F6'] });
  const dialog = await keys.change('New matter');
  await dialog.getByRole('button', { name: 'Remove Ctrl+N' }).click();
  await expect(dialog.getByRole('button', { name: 'Remove Ctrl+N' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(keys.row('New matter')).not.toContainText('Ctrl+N');
  await app.page.keyboard.press('ControlOrMeta+n');
  await app.page.keyboard.press('F6');
  const matter = app.page.getByRole('dialog', { name: 'New matter' });
  await expect(matter).toBeVisible();
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'New matter', exact: true }).hover();
  await expect(app.page.getByText('F6', { exact: true }).last()).toBeVisible();

  await test.step('one action goes back alone', async () => {
    const again = await keys.change('New matter');
    await again.getByRole('button', { name: 'As delivered: Ctrl+N' }).click();
    await again.getByRole('button', { name: 'Done' }).click();
    await expect(keys.row('New matter')).toContainText('Ctrl+N');
    await expect(keys.row('Pause')).toContainText('Shift+F7');
  });
});

test('damaged settings are put aside, and the keys are those delivered', async ({ app, gate }) => {
  const file = join(app.home, 'window', 'interface.json');
  await new KeysPage(app).open();
  await new KeysPage(app).give('Faster', 'F9');
  await app.quit();
  const stored = await readFile(file, 'utf8');
  expect(JSON.parse(stored)).toMatchObject({ settings: { shortcuts: { faster: ['F4', 'F9'] } } });
  await writeFile(file, stored.slice(0, stored.indexOf('"F9"')));
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await new KeysPage(app).open();
  await expect(new KeysPage(app).row('Faster')).not.toContainText('F9');
  expect(existsSync(`${file}.damaged`)).toBe(true);
});

/** Runs in the page: a fake Infinity pedal in `navigator.hid`. */
function plugInfinity(): void {
  const device = Object.assign(new EventTarget(), {
    vendorId: 0x05f3,
    productId: 0x00ff,
    productName: 'VEC Footpedal',
    opened: false,
    collections: [{ usagePage: 0x0c, usage: 3, inputReports: [], children: [] }],
    async open() {
      this.opened = true;
    },
    async close() {
      this.opened = false;
    },
  });
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => [device],
    requestDevice: async () => [device],
  });
  // The page adds its listeners to the browser's own at load.
  const real = (navigator as unknown as { hid: EventTarget }).hid;
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true });
  Object.assign(window, {
    pedal: {
      report(low: number) {
        const data = new DataView(Uint8Array.of(low, 0).buffer);
        device.dispatchEvent(Object.assign(new Event('inputreport'), { reportId: 0, data }));
      },
      unplug() {
        real.dispatchEvent(Object.assign(new Event('disconnect'), { device }));
      },
    },
  });
}
