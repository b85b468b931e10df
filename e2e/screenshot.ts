/**
 * Photographs the built app's window:
 * `node e2e/screenshot.ts --size 1280x800 --theme dark --lang es --out x.png [--zoom 2] [--home folder] [--script file]`.
 * A script is a module whose default export gets the running app before the photograph is taken, and may take others
 * by `app.page.screenshot`.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './built-app.ts';
import { RunningApp } from './running-app.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '1280x800' },
    theme: { type: 'string', default: 'light' },
    lang: { type: 'string', default: 'en' },
    zoom: { type: 'string', default: '1' },
    out: { type: 'string', default: 'screenshot.png' },
    home: { type: 'string' },
    script: { type: 'string' },
  },
});
const [width = 1280, height = 800] = values.size.split('x').map(Number);

ensureBuilt();
const app = await RunningApp.start(
  { language: values.lang === 'es' ? 'es' : 'en', model: 'bundled' },
  values.home && resolve(values.home),
);
app.page.on('console', (message) => console.error(`[page] ${message.text()}`));
app.page.on('pageerror', (error) => console.error(`[page] ${error.stack ?? error.message}`));
try {
  const window = await app.electron.browserWindow(app.page);
  await window.evaluate(
    (shown, { size, zoom }) => {
      shown.setContentSize(size.width, size.height);
      shown.webContents.setZoomFactor(zoom);
    },
    { size: { width, height }, zoom: Number(values.zoom) },
  );
  await app.page.emulateMedia({ colorScheme: values.theme === 'dark' ? 'dark' : 'light' });
  if (values.script) {
    const { default: script } = await import(pathToFileURL(resolve(values.script)).href);
    await script(app);
  }
  await app.page.evaluate(() => document.fonts.ready);
  await app.page.screenshot({ path: values.out, animations: 'disabled' });
} finally {
  await (values.home ? app.quit() : app.dispose());
}
