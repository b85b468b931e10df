import { whileEngineWaits } from './engine-process.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording, joinedWithSilence } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

test('text is read and corrected while the rest still runs, and nothing moves', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(240_000);
  const folder = testInfo.outputPath('.');
  const parts = [
    fixtureFile('phone-8k.wav'),
    cutRecording('hearing-12min.opus', 200, folder),
    fixtureFile('memo-en.mp3'),
  ];
  const recording = joinedWithSilence(parts, 5, folder, 'long.flac');
  const [name = ''] = await library.drop(recording);
  const transcript = new TranscriptPage(app);
  const more = app.page.getByText('More text is on its way');

  await test.step('the row shows the words that are being heard', async () => {
    const heard = library
      .progress(name)
      .locator('..')
      .getByText(/recording|document|hospital/);
    await whileEngineWaits(
      app,
      () => library.open(name),
      () => heard.isVisible(),
    );
  });

  await transcript.expectOpen(name);
  const text = () => transcript.text(name).innerText();
  await whileEngineWaits(
    app,
    async () => {
      await expect(more).toBeVisible();
      await transcript.putCaretBehind('My name is Laura');
      await app.page.keyboard.type(' Villanueva');
      await transcript.expectSaved();
    },
    async () => (await text()).includes('My name is Laura'),
  );
  await whileEngineWaits(
    app,
    async () => {
      await expect(more).toBeVisible();
      await watchWords(app);
    },
    // Some of it stands behind the first silence: what is said of that must not push it down either.
    async () => wordCount(await text()) > 80,
  );

  await expect(more).toHaveCount(0, { timeout: 120_000 });

  await test.step('the words stood still, and the correction outlived the job', async () => {
    await expect(app.page.getByText(/^No speech found/).first()).toBeVisible();
    expect(await movedWords(app)).toEqual([]);
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

function wordCount(text: string): number {
  return text.split(/\s+/u).length;
}

/** Makes the page record, frame by frame, which of the present words have moved. */
async function watchWords(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const moved = new Set<string>();
    Object.assign(window, { movedWords: moved });
    const wordsNow = () => {
      const words: { text: string; place: string }[] = [];
      const walker = document.createTreeWalker(
        document.querySelector('.cm-content') ?? document.body,
        NodeFilter.SHOW_TEXT,
        (node) =>
          node.parentElement?.closest('.cm-line') && !node.parentElement.closest('.vs-label, .vs-skipped')
            ? NodeFilter.FILTER_ACCEPT
            : NodeFilter.FILTER_REJECT,
      );
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const { 0: text, index } of (node.textContent ?? '').matchAll(/\S+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + text.length);
          const { x, y } = range.getBoundingClientRect();
          words.push({ text, place: `${x.toFixed(1)}, ${y.toFixed(1)}` });
        }
      }
      return words;
    };
    const first = wordsNow();
    const look = () => {
      const now = wordsNow();
      first.forEach(({ text, place }, index) => {
        const word = now[index];
        if (word?.text !== text || word.place !== place) {
          moved.add(`${text} at ${place}: ${word?.text} at ${word?.place}`);
        }
      });
      requestAnimationFrame(look);
    };
    look();
  });
}

async function movedWords(app: RunningApp): Promise<string[]> {
  return await app.page.evaluate(() => [...(window as unknown as { movedWords: Set<string> }).movedWords]);
}
