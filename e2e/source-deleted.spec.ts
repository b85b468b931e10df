import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportDialog } from './pages/export-dialog.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

test('once a recording is safe in the vault its source is not needed', async ({ app, library }, testInfo) => {
  test.setTimeout(180_000);
  const source = join(testInfo.outputPath('.'), 'recorder.mp3');
  await copyFile(fixtureFile('memo-en.mp3'), source);
  const [name = ''] = await library.drop(source);
  await expect(library.row(name).getByText('Safe in the vault. You can unplug the recorder.')).toBeVisible({
    timeout: 60_000,
  });
  await rm(source);

  await library.expectDone(name);
  await library.open(name);
  const transcript = new TranscriptPage(app);
  await expect(transcript.text(name)).toBeVisible();
  expect(shareHeard('memo-en.mp3', await transcript.text(name).innerText())).toBeGreaterThan(0.9);
  await transcript.button('Play').click();
  await expect.poll(() => transcript.playheadMs()).toBeGreaterThan(1000);

  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  await transcript.button('Export').click();
  const exporting = new ExportDialog(app);
  await exporting.choose('txt');
  await exporting.write(folder, 1);
  await exporting.done();
  const [file = ''] = await readdir(folder);
  expect(shareHeard('memo-en.mp3', await readFile(join(folder, file), 'utf8'))).toBeGreaterThan(0.9);
});
