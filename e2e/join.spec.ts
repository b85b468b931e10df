import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { ExportDialog } from './pages/export-dialog.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { numberedParts } from './recordings.ts';
import { expect, test } from './vault-fixture.ts';

/** Where the memo is cut in two, in silence. */
const CUT_S = 9.5003;
const CUT_MS = 9501;

/** The used part of an exported transcript. */
interface Exported {
  readonly recording: {
    readonly sources: readonly { readonly name: string; readonly sha256: string; readonly startMs: number }[];
  };
  readonly segments: readonly { readonly startMs: number; readonly text: string }[];
}

test('files that a recorder numbered are joined, transcribed as one and played across the seam', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(240_000);
  const parts = numberedParts('memo-en.mp3', CUT_S, testInfo.outputPath('.'));
  const names = await library.drop(...parts);

  await test.step('the drop asks nothing: joining is offered', async () => {
    const offer = app.page.getByRole('status').filter({ hasText: 'look like the parts of one' });
    await expect(offer).toContainText('In this order: memo-en_01.wav, memo-en_02.wav');
    await offer.getByRole('button', { name: 'Join as one recording' }).click();
    await expect(offer).toHaveCount(0);
  });

  await test.step('one recording stands there, and says what it was joined of', async () => {
    const files = 'Joined of 2 files: memo-en_01.wav (0:00), memo-en_02.wav (0:10)';
    await expect(library.row('memo-en.wav').getByText(files)).toBeVisible();
  });

  await library.expectDone('memo-en.wav');
  await library.open('memo-en.wav');
  const transcript = new TranscriptPage(app);
  await expect(transcript.text('memo-en.wav')).toBeVisible();
  expect(shareHeard('memo-en.mp3', await transcript.text().innerText())).toBeGreaterThan(0.9);

  await test.step('it plays on across the seam', async () => {
    await transcript.playhead.fill(String(CUT_MS - 1500));
    await transcript.button('Play').click();
    await expect.poll(() => transcript.playheadMs(), { timeout: 20_000 }).toBeGreaterThan(CUT_MS + 1000);
    await transcript.button('Pause').click();
  });

  await test.step('an export names both files, and has the times of the whole', async () => {
    const folder = testInfo.outputPath('exports');
    await mkdir(folder);
    await transcript.button('Export').click();
    const exporting = new ExportDialog(app);
    await exporting.choose('json');
    await exporting.write(folder, 1);
    const [file = ''] = await readdir(folder);
    const { recording, segments } = JSON.parse(await readFile(join(folder, file), 'utf8')) as Exported;
    const sources = await Promise.all(
      parts.map(async (path, index) => ({
        name: names[index],
        startMs: index * CUT_MS,
        sha256: createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      })),
    );
    expect(recording.sources).toMatchObject(sources);
    // The first sentence after the seam begins at its time in the memo.
    const behind = segments.find(({ startMs }) => startMs >= CUT_MS - 500);
    expect(behind?.text).toContain('Case Mike');
    expect(Math.abs((behind?.startMs ?? 0) - 10_060)).toBeLessThan(500);
  });
});

test.describe('of finished recordings', () => {
  test.use({ vault: 'transcribed' });

  test('the texts are joined in the order chosen by keyboard, and the separate ones come back', async ({
    app,
    library,
  }) => {
    const { page } = app;
    const { keyboard } = page;
    await library.list.getByRole('checkbox', { name: 'Select all' }).focus();
    await keyboard.press('Space');
    await page.getByRole('button', { name: 'Join as one recording…' }).focus();
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Join 2 recordings as one' });
    const order = dialog.getByRole('list').getByRole('listitem');
    await expect(order).toContainText(['memo-en.mp3', 'phone-8k.wav']);

    await test.step('the order is changed and seen', async () => {
      await dialog.getByRole('button', { name: 'Move phone-8k.wav up' }).focus();
      await keyboard.press('Enter');
      await expect(order).toContainText(['phone-8k.wav', 'memo-en.mp3']);
      await expect(dialog.getByText('phone-8k.wav is number 1 of 2 now')).toBeAttached();
      await press(dialog.getByRole('button', { name: 'By name' }), 'Enter');
      await expect(order).toContainText(['memo-en.mp3', 'phone-8k.wav']);
      await press(dialog.getByRole('button', { name: 'Move memo-en.mp3 down' }), 'Space');
      await expect(order).toContainText(['phone-8k.wav', 'memo-en.mp3']);
    });

    await dialog.getByRole('textbox', { name: 'Name of the whole' }).fill('Both of them');
    await keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('“Both of them” is one recording now, with its text.')).toBeVisible();
    await library.expectDone('Both of them');
    await expect(library.row('memo-en.mp3').filter({ hasNotText: 'Both of them' })).toHaveCount(0);

    await library.open('Both of them');
    const text = await new TranscriptPage(app).text('Both of them').innerText();
    expect(shareHeard('phone-8k.wav', text)).toBeGreaterThan(0.9);
    expect(shareHeard('memo-en.mp3', text)).toBeGreaterThan(0.9);
    expect(text.indexOf('Laura')).toBeLessThan(text.indexOf('blue folder'));

    await test.step('restoring from the bin takes them apart again', async () => {
      await library.goTo('Bin');
      await library.choose('phone-8k.wav', 'Restore');
      await library.choose('memo-en.mp3', 'Restore');
      await library.goTo('All recordings');
      for (const name of ['phone-8k.wav', 'memo-en.mp3']) {
        await expect(library.list.getByRole('button', { name, exact: true })).toBeVisible();
      }
      await expect(library.list.getByRole('button', { name: 'Both of them', exact: true })).toBeVisible();
    });
  });
});

async function press(button: Locator, key: string): Promise<void> {
  await button.focus();
  await button.press(key);
}
