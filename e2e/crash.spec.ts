import { MessageBoxes } from './message-boxes.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

const NAME = 'phone-8k.wav';
const NOTICE = 'The window failed and was opened again. What was saved is all here.';

test('a page that crashes in the middle of work comes back where it was, and nothing is lost', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  await app.setSize(640, 480);
  await library.open(NAME);
  await transcript.expectOpen(NAME);
  await app.page.keyboard.press('Escape');
  await expect.poll(async () => (await transcript.place()).playheadMs).toBeGreaterThan(1000);
  await app.page.keyboard.press('Escape');
  await expect(transcript.button('Play')).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+End');
  // More than the window can show.
  await app.page.keyboard.insertText(' and so on'.repeat(150));
  await app.page.keyboard.type(' Villanueva');
  await transcript.expectSaved();
  const before = await transcript.place();
  expect(before.scrollTop).toBeGreaterThan(0);
  expect(await inFreshPage(app, PLACE)).toEqual(before);
  await crash(app);

  // No passphrase is asked: the vault was open, and the user did not lock it.
  const place = async () => (await inFreshPage(app, PLACE)) as typeof before | null;
  await expect.poll(async () => (await place())?.beforeCaret, { timeout: 30_000 }).toBe(before.beforeCaret);
  expect(before.beforeCaret).toMatch(/ Villanueva$/);
  const scrolledBy = async () => Math.abs(((await place())?.scrollTop ?? 0) - before.scrollTop);
  await expect.poll(scrolledBy).toBeLessThanOrEqual(2);
  const after = await place();
  expect(Math.abs((after?.playheadMs ?? 0) - before.playheadMs)).toBeLessThanOrEqual(100);
  await expect.poll(() => inFreshPage(app, 'document.body.innerText')).toContain(NOTICE);
});

test('a page that crashes again and again is not loaded without end, and leads to the library', async ({
  app,
  library,
}) => {
  const boxes = await MessageBoxes.of(app);
  await library.open(NAME);
  await new TranscriptPage(app).expectOpen(NAME);
  const isInTranscript = "document.querySelector('.cm-content') !== null";
  for (const _ of [1, 2]) {
    await crash(app);
    await expect.poll(() => inFreshPage(app, isInTranscript), { timeout: 30_000 }).toBe(true);
  }
  await crash(app);
  await boxes.expectAsked(/failed several times/);
  const isCrashed = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed());
  expect(await isCrashed()).toBe(true);

  await boxes.answer('Open the library');
  const rows = "document.querySelectorAll('[data-recording-id]').length";
  await expect.poll(() => inFreshPage(app, rows), { timeout: 30_000 }).toBe(2);
});

/** The view state, as `TranscriptPage.place` returns it. */
const PLACE = `(() => {
  const text = document.querySelector('.cm-content');
  const [minutes, seconds] = [...document.querySelectorAll('section, [role=region]')]
    .flatMap((region) => region.innerText.match(/\\d+:\\d\\d\\.\\d/) ?? [])[0].split(':').map(Number);
  const { focusNode, focusOffset } = getSelection();
  const line = (focusNode instanceof Element ? focusNode : focusNode.parentElement).closest('.cm-line');
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(focusNode, focusOffset);
  return {
    beforeCaret: range.toString(),
    scrollTop: text.closest('.cm-scroller').scrollTop,
    playheadMs: Math.round((minutes * 60 + seconds) * 1000),
  };
})()`;

/** Makes the page crash, and waits until it is gone. */
async function crash(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const gone = new Promise<void>((resolve) => contents?.once('render-process-gone', () => resolve()));
    contents?.forcefullyCrashRenderer();
    return gone;
  });
}

/** An expression's value in the new page; null until it is loaded. */
async function inFreshPage(app: RunningApp, expression: string): Promise<unknown> {
  return await app.inPage(expression).catch(() => null);
}
