import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { atRest } from '../layout-faults.ts';
import { hasRedis, OfficeBrowser, startProvider } from '../office-browser.ts';
import { cutRecording } from '../recordings.ts';
import type { Camera } from './camera.ts';
import { expect } from './expect.ts';

/** The office's page for browsers: signing in, what to know, the list with recordings in many states, a text, keys. */
export async function photographOffice(camera: Camera): Promise<void> {
  if (!hasRedis()) {
    process.stdout.write('office: not photographed, for want of redis-server\n');
    return;
  }
  const provider = await startProvider();
  await using browser = await OfficeBrowser.start(provider.settings);
  const folder = await mkdtemp(join(tmpdir(), 'vs-office-'));
  try {
    const page = await browser.open();
    await camera.takePage(page, 'office-sign-in');
    await page.goto(`${browser.office.address}/?code=another&state=another`);
    await page.getByText('not begun in this tab').waitFor();
    await camera.takePage(page, 'office-sign-in-again');
    await page.getByRole('button', { name: 'Use an access token instead' }).click();
    await camera.takePage(page, 'office-sign-in-token');
    await page.getByLabel('Access token').fill(browser.office.token);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'I have read this' }).waitFor();
    await camera.takePage(page, 'office-before-sending');
    await page.getByRole('button', { name: 'I have read this' }).click();
    await camera.takePage(page, 'office-empty');
    const [hearing, broken] = await addRecordings(page, folder);
    await expect(row(page, hearing)).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
    await expect(row(page, broken)).toHaveAttribute('data-state', 'failed', { timeout: 120_000 });
    await camera.takePage(page, 'office-list');
    await page.getByRole('button', { name: `Read the text of ${basename(hearing)}` }).click();
    await page.getByRole('button', { name: /for Word/ }).waitFor();
    await camera.takePage(page, 'office-text');
    await page.goBack();
    await camera.takePage(page, 'office-keys', async () => {
      await page.locator('header').getByRole('button').click();
      await page.getByRole('menuitem').first().click();
      await page.getByRole('dialog').waitFor();
    });
  } finally {
    await provider.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Remakes the picture of the list in docs. */
export async function photographOfficeForDocs(target: string): Promise<void> {
  await using browser = await OfficeBrowser.start();
  const folder = await mkdtemp(join(tmpdir(), 'vs-office-'));
  try {
    const page = await browser.open({ width: 960, height: 690 });
    await browser.signIn(page);
    const [hearing, broken] = await addRecordings(page, folder);
    await expect(row(page, hearing)).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
    await expect(row(page, broken)).toHaveAttribute('data-state', 'failed', { timeout: 120_000 });
    await page.mouse.move(0, 0);
    await atRest(page);
    await page.screenshot({ path: target });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One that is done, one that cannot be read, one whose upload stands still, one that waits. */
async function addRecordings(page: Page, folder: string): Promise<[string, string]> {
  const hearing = cutRecording('dictado-es.ogg', 20, folder, 'Vista 12, declaración de la testigo.wav');
  const broken = join(
    folder,
    'Interview with a very long name that somebody gave it on a Friday afternoon, second part.mp3',
  );
  await writeFile(broken, 'no sound at all');
  await page.locator('input[type=file]').setInputFiles([hearing, broken]);
  await expect(row(page, broken)).toHaveAttribute('data-state', /queued|running|failed/, { timeout: 60_000 });
  await page.context().route(
    (url) => url.searchParams.has('partNumber'),
    // Never answered.
    () => undefined,
  );
  const others = ['Dictation 3.wav', 'Dictation 4.wav'].map((name) =>
    cutRecording('memo-en.mp3', 4, folder, name),
  );
  await page.locator('input[type=file]').setInputFiles(others);
  return [hearing, broken];
}

function row(page: Page, file: string) {
  return page.getByRole('listitem').filter({ hasText: basename(file) });
}
