/**
 * Photographs every screen of the built app, with the bundled recordings in it: both sizes, both themes, both languages.
 * `node e2e/photograph.ts [folder]`, `out-photographs/` if none is named.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './built-app.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { RunningApp } from './running-app.ts';
import { PASSPHRASE } from './vault-fixture.ts';

const SIZES = [
  { width: 900, height: 600 },
  { width: 1280, height: 800 },
] as const;
const SAMPLES = ['call-two-channels.flac', 'dictado-es.ogg', 'interview-en.m4a'];

const folder = resolve(process.argv[2] ?? 'out-photographs');
await mkdir(folder, { recursive: true });
ensureBuilt();

/** Photographs what the window shows, in every size and theme. */
async function photograph(app: RunningApp, screen: string, language: string): Promise<void> {
  const window = await app.electron.browserWindow(app.page);
  for (const { width, height } of SIZES) {
    await window.evaluate((shown, size) => shown.setContentSize(size.width, size.height), { width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await app.page.waitForFunction((wanted) => innerWidth === wanted, width);
      const file = join(folder, `${screen}-${width}x${height}-${colorScheme}-${language}.png`);
      await app.page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
    }
  }
}

const app = await RunningApp.start();
const home = app.home;
try {
  const gate = new GatePage(app);
  await photograph(app, 'first-run', 'en');
  await gate.beginVault(PASSPHRASE);
  await photograph(app, 'recovery-key', 'en');
  const groups = await gate.recoveryKey();
  await gate.button('I have it in a safe place').click();
  await gate.typeBack(groups);
  await gate.button('Make the vault').click();
  await gate.expectOpen();
  await photograph(app, 'empty-library', 'en');
  await gate.button('Try a sample recording').click();
  const library = new LibraryPage(app);
  for (const name of SAMPLES) await library.expectDone(name);
  await app.quit();

  for (const language of ['en', 'es'] as const) {
    const inside = await RunningApp.start({ language }, home);
    try {
      await photograph(inside, 'unlock', language);
      await inside.page.locator('input[type=password]').first().fill(PASSPHRASE);
      await inside.page.keyboard.press('Enter');
      await inside.page.getByRole('search').waitFor({ timeout: 30_000 });
      await inside.page.getByRole('grid').first().waitFor();
      await photograph(inside, 'library', language);
      const [first = ''] = SAMPLES;
      await inside.page.getByRole('button', { name: first, exact: true }).click();
      await inside.page.locator('.cm-content').waitFor();
      await photograph(inside, 'transcript', language);
    } finally {
      await inside.quit();
    }
  }
} finally {
  await app.dispose();
}
