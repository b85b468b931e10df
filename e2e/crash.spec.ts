import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('a page that crashes in the middle of work comes back, and nothing is lost', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.type(' Villanueva');
  await transcript.expectSaved();
  await app.inPage('window.isTheFirst = true');
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });

  // No passphrase is asked: the vault was open, and it was not the user who left.
  const rows = "'isTheFirst' in window ? 0 : document.querySelectorAll('[data-recording-id]').length";
  await expect.poll(() => inFreshPage(app, rows), { timeout: 30_000 }).toBe(2);
  const opened =
    "[...document.querySelectorAll('button')].find((one) => one.textContent === 'phone-8k.wav').click()";
  await app.inPage(opened);
  const text = "document.querySelector('.cm-content')?.textContent ?? ''";
  await expect.poll(() => inFreshPage(app, text)).toContain('My name is Laura Villanueva');
  const caret = 'getSelection().focusNode?.textContent.slice(0, getSelection().focusOffset) ?? ""';
  await expect.poll(() => inFreshPage(app, caret)).toMatch(/My name is Laura Villanueva$/);
});

/** An expression's value in the page that has come; null while it is not there yet. */
async function inFreshPage(app: RunningApp, expression: string): Promise<unknown> {
  return await app.inPage(expression).catch(() => null);
}
