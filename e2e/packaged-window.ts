/**
 * Loaded before the packaged app on Electron's stand-in. Uses the app by its window's page, as a user would who made a vault
 * and waited for the file that the start was given; prints what there was as one line of JSON, and ends the app.
 */
import { app, BrowserWindow } from 'electron';
import type { PackagedWindow } from '../checks/packaged-app.ts';

/** Runs in the page: `word` is what the transcript must hold. */
async function useWindow(passphrase: string, word: string) {
  type Answer = { ok: boolean; value: never; error: unknown };
  const bridge = (window as unknown as { voicesync: Record<string, (input?: unknown) => Promise<Answer>> })
    .voicesync;
  const ask = async <T>(name: string, input?: unknown): Promise<T> => {
    const answer = await bridge[name]?.(input);
    if (!answer?.ok) throw new Error(`${name}: ${JSON.stringify(answer?.error)}`);
    return answer.value;
  };
  const until = async <T>(look: () => T | Promise<T>) => {
    for (;;) {
      const found = await look();
      if (found) return found;
      await new Promise((next) => setTimeout(next, 100));
    }
  };
  const firstHeading = await until(() => document.querySelector('h1')?.textContent);
  const { groups } = await ask<{ groups: string[] }>('vault.begin', { passphrase, withKeychain: false });
  await ask('vault.confirm', { groups: [0, 1].map((index) => ({ index, text: groups[index] })) });
  const hits = await until(async () => {
    const found = await ask<{ snippet: string }[]>('library.search', { text: word, limit: 5 });
    return found.length > 0 ? found.map(({ snippet }) => snippet) : null;
  });
  const recordings = await ask<{ name: string }[]>('library.list');
  const names = recordings.map(({ name }) => name);
  await until(() => names.every((name) => document.body.innerText.includes(name)));
  return { firstHeading, names, hits, shown: document.body.innerText };
}

const WORD = 'driver';

async function drive(): Promise<void> {
  await app.whenReady();
  let window = BrowserWindow.getAllWindows()[0];
  while (window === undefined || !window.webContents.getURL().endsWith('/index.html')) {
    await new Promise((next) => setTimeout(next, 50));
    window = BrowserWindow.getAllWindows()[0];
  }
  const found = await window.webContents.executeJavaScript(
    `(${useWindow.toString()})('quiet lamp over seven rivers', '${WORD}')`,
  );
  const facts = { appPath: app.getAppPath(), resourcesPath: process.resourcesPath };
  process.stdout.write(`${JSON.stringify({ ...found, ...facts } satisfies PackagedWindow)}\n`);
  app.exit(0);
}

drive().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  app.exit(1);
});
