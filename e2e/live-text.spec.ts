import { whileEngineWaits } from './engine-process.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { joinedWithSilence } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test('text is read and corrected while the rest still runs, and nothing moves', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(240_000);
  const parts = ['phone-8k.wav', 'memo-en.mp3', 'phone-8k.wav', 'memo-en.mp3', 'phone-8k.wav'];
  const recording = joinedWithSilence(parts, 5, testInfo.outputPath('.'), 'long.flac');
  const [name = ''] = await library.drop(recording);
  await library.startWithSample(name);
  const transcript = new TranscriptPage(app);
  const more = app.page.getByText('More text is on its way');

  await test.step('the row shows words as they are heard, before its end', async () => {
    await expect(library.row(name).getByText(/\w+ \w+ \w+/).last()).toBeVisible({ timeout: 60_000 });
    await expect(library.button(name, name)).toBeVisible({ timeout: 60_000 });
  });

  await whileEngineWaits(app, async () => {
    await library.open(name);
    await transcript.expectOpen(name);
    await expect(transcript.text(name)).toContainText('My name is Laura');
    await expect(more).toBeVisible();
    await transcript.putCaretBehind('My name is Laura');
    await app.page.keyboard.type(' Villanueva');
    await transcript.expectSaved();
    await watchPlaceOf(app, 'Laura Villanueva');
  });

  const before = (await transcript.text(name).innerText()).length;
  await expect.poll(async () => (await transcript.text(name).innerText()).length).toBeGreaterThan(before);
  await expect(more).toHaveCount(0, { timeout: 120_000 });

  await test.step('the words stood still, and the correction outlived the job', async () => {
    await expect(app.page.getByText(/^No speech found/).first()).toBeVisible();
    expect(await placesSeen(app)).toHaveLength(1);
    await expect(transcript.text(name)).toContainText('My name is Laura Villanueva');
    await app.page.keyboard.type('-Ortiz');
    await expect(transcript.text(name)).toContainText('My name is Laura Villanueva-Ortiz');
    await transcript.expectSaved();
  });

  await test.step('what was typed while the job ran is undone and made again', async () => {
    await app.page.keyboard.press('ControlOrMeta+z');
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text(name)).not.toContainText('Villanueva');
    await transcript.button('Redo').click();
    await expect(transcript.text(name)).toContainText('Villanueva');
  });
});

/** From now on the page notes, frame by frame, where these words stand on the screen. */
async function watchPlaceOf(app: RunningApp, words: string): Promise<void> {
  await app.page.evaluate((wanted) => {
    const places = new Set<string>();
    Object.assign(window, { placesSeen: places });
    const look = () => {
      const line = [...document.querySelectorAll('.cm-line')].find((one) => one.textContent?.includes(wanted));
      const walker = document.createTreeWalker(line ?? document.createElement('p'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const start = node.textContent?.indexOf(wanted) ?? -1;
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        const { x, y } = range.getBoundingClientRect();
        places.add(`${x.toFixed(1)},${y.toFixed(1)}`);
      }
      requestAnimationFrame(look);
    };
    look();
  }, words);
}

async function placesSeen(app: RunningApp): Promise<string[]> {
  return await app.page.evaluate(() => [...(window as unknown as { placesSeen: Set<string> }).placesSeen]);
}
