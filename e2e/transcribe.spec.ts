import { whileEngineWaits } from './engine-process.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

test('three kinds of files are dropped, transcribed while one looks on, opened and played', async ({
  app,
  library,
}) => {
  test.setTimeout(240_000);
  const files = ['memo-en.mp3', 'phone-8k.wav', 'video-interview.mp4'];
  const names = await library.drop(...files.map(fixtureFile));

  await test.step('each is safe in the vault, and its row shows how far it is', async () => {
    await whileEngineWaits(app, async () => {
      for (const name of names) {
        const row = library.row(name);
        await expect(row.getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
        await expect(row.getByText(`The original is still readable at ${fixtureFile(name)}`)).toBeVisible();
      }
      const all = 'All 3 new recordings are safe in the vault. You can unplug the recorder.';
      await expect(app.page.getByRole('status').getByText(all)).toBeVisible();
      await expect(library.progress('memo-en.mp3')).toBeVisible();
    });
    for (const name of names) await library.expectDone(name);
  });

  const transcript = new TranscriptPage(app);
  await test.step('each text is what is spoken', async () => {
    for (const name of names) {
      await library.open(name);
      const text = transcript.text(name);
      await expect(text).toBeVisible();
      expect(shareHeard(name, await text.innerText()), name).toBeGreaterThan(0.9);
      await transcript.button('Back').click();
      await expect(library.list).toBeVisible();
    }
  });

  await test.step('sound plays, stops and goes where it is told', async () => {
    await library.open('memo-en.mp3');
    await transcript.button('Play').click();
    await expect(transcript.button('Pause')).toBeVisible();
    await expect.poll(() => transcript.playheadMs()).toBeGreaterThan(1000);
    await app.page.keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
    await transcript.playhead.fill('8000');
    await expect(transcript.clock('00:08.0')).toBeVisible();
    await app.page.keyboard.press('F2');
    await expect(transcript.clock('00:09.5')).toBeVisible();
    await transcript.playhead.press('ArrowRight');
    await expect(transcript.clock('00:10.5')).toBeVisible();
    await transcript.playhead.press('PageDown');
    await expect(transcript.clock('00:00.5')).toBeVisible();
  });
});
