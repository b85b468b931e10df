import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { PART_BYTES } from '../src/office/contract/office-api.ts';
import { hasRedis, OfficeBrowser, startProvider } from './office-browser.ts';
import { cutRecording } from './recordings.ts';

test.skip(!hasRedis(), 'needs Debian’s redis-server: apt-get install redis-server');
test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

/** In names of files: they may be nowhere at the office. */
const PLANTED = 'Thornfieldsecret';
const WORDS = /blue folder/;

let browser: OfficeBrowser;
let provider: Awaited<ReturnType<typeof startProvider>>;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vs-page-'));
  provider = await startProvider();
  browser = await OfficeBrowser.start(provider.settings);
});

test.afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await provider?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Expects that axe finds nothing, in either theme. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
    expect.soft(told, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** Drops files on the page by drag events that the browser trusts. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devTools.send('Input.dispatchDragEvent', { type, x: 400, y: 500, data });
  }
  await devTools.detach();
}

async function savedBy(page: Page, button: RegExp): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}

const row = (page: Page, file: string) => page.getByRole('listitem').filter({ hasText: basename(file) });

test('a clerk drops two recordings, sees them become done, and saves a text for Word and as plain text', async () => {
  const files = [
    cutRecording('memo-en.mp3', 4, folder, `${PLANTED} 1.wav`),
    cutRecording('interview-en.m4a', 3, folder, `${PLANTED} 2.wav`),
  ];
  const page = await browser.open();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && failures.push(message.text()));
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));

  await expectAccessible(page, 'sign in');
  await page.getByRole('button', { name: 'Use an access token instead' }).press('Enter');
  await expectAccessible(page, 'sign in by a token');
  await page.getByLabel('Access token').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The access token is wrong or has expired');
  // The refusal, which is what was to be seen.
  await expect.poll(() => failures.splice(0).length).toBe(1);
  await page.getByLabel('Access token').fill(browser.office.token);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Before you send anything' })).toBeVisible();
  await expect(page.getByText(/^([0-9a-f]{4} ?){8}$/)).toBeVisible();
  await expectAccessible(page, 'before sending');
  await page.getByRole('button', { name: 'I have read this' }).press('Enter');

  await page.getByLabel('Spoken language').selectOption('en');
  await drop(page, files);
  for (const file of files) {
    await expect(row(page, file)).toHaveAttribute('data-state', 'done', { timeout: 90_000 });
  }
  await expectAccessible(page, 'the list');
  // The same file again is the same job.
  await drop(page, files.slice(0, 1));
  await expect(page.getByText(/was sent before from this browser/)).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(2);

  await page.getByRole('button', { name: `Read the text of ${PLANTED} 1.wav` }).press('Enter');
  await expect(page.getByRole('article')).toContainText(WORDS);
  await expect(page.getByRole('heading', { name: `${PLANTED} 1.wav` })).toBeFocused();
  await expectAccessible(page, 'the text');
  const text = await savedBy(page, /as plain text/);
  expect(text.name).toBe(`${PLANTED} 1.txt`);
  expect(new TextDecoder().decode(text.bytes)).toMatch(WORDS);
  const word = await savedBy(page, /for Word/);
  expect(word.name).toBe(`${PLANTED} 1.docx`);
  expect(new TextDecoder().decode(unzipSync(word.bytes)['word/document.xml'])).toMatch(WORDS);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Your recordings' })).toBeVisible();

  expect(failures).toEqual([]);
  const { office } = browser;
  expect([...asked].sort()).toEqual([office.address, new URL(office.store.place.endpoint).origin].sort());
  const told = await bytesUnder(office.folder, office.store.folder, office.redis.folder);
  for (const secret of [PLANTED, 'blue folder']) expect(told.includes(secret)).toBe(false);
  await page.context().close();
});

test('an upload goes on after the page was closed in the middle, and sends no part twice', async () => {
  const file = await inTwoParts(
    cutRecording('memo-en.mp3', 3, folder, 'short.wav'),
    join(folder, 'long.wav'),
  );
  const page = await browser.open();
  const put: string[] = [];
  let isCut = true;
  await page.context().route(
    (url) => url.searchParams.has('partNumber'),
    async (route) => {
      const number = new URL(route.request().url()).searchParams.get('partNumber') ?? '';
      if (route.request().method() === 'PUT' && number === '2' && isCut) return await route.abort();
      if (route.request().method() === 'PUT') put.push(number);
      await route.continue();
    },
  );
  await browser.signIn(page);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(row(page, file)).toContainText('Sending · 50%', { timeout: 30_000 });
  expect(put).toEqual(['1']);
  await page.reload();
  isCut = false;
  await expect(row(page, file)).toHaveAttribute('data-state', /queued|running|done/, { timeout: 60_000 });
  expect(put).toEqual(['1', '2']);
  await page.getByRole('button', { name: 'Language, colours and more' }).press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Español' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Sus grabaciones' })).toBeVisible();
  await expect(row(page, file)).toHaveAttribute('data-state', 'done', { timeout: 60_000 });

  // Another browser has another key, and no list.
  const other = await browser.open();
  await browser.signIn(other);
  await expect(other.getByText('Nothing here yet.')).toBeVisible();
  await Promise.all([page.context().close(), other.context().close()]);
});

test('a clerk signs in at the house’s identity provider, again when that has expired, and loses nothing that waits', async () => {
  const file = cutRecording('memo-en.mp3', 4, folder, 'signed in.wav');
  const page = await browser.open();
  const home = `${browser.office.address}/`;
  const alert = page.getByRole('alert');
  await page.getByRole('button', { name: 'Sign in', exact: true }).press('Enter');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(alert).toContainText('refused or cancelled');
  expect(page.url()).toBe(home);
  // An answer that this tab has not asked for, as an attacker would have it opened.
  await page.goto(`${home}?code=another&state=another`);
  await expect(alert).toContainText('not begun in this tab');
  expect(page.url()).toBe(home);

  await browser.signInAtProvider(page, 'clerk');
  await expect(page.getByRole('heading', { name: 'Before you send anything' })).toBeVisible();
  await page.getByRole('button', { name: 'I have read this' }).click();
  expect(page.url()).toBe(home);
  // From now on the gateway gets a token that it refuses, as an expired one.
  const gateway = (url: URL) => url.pathname.startsWith('/v1/') && url.origin === browser.office.address;
  await page.route(gateway, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer expired.to.day' } }),
  );
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(alert).toContainText('Your sign-in has ended');
  await expectAccessible(page, 'sign in again');
  await page.unroute(gateway);
  // The provider knows the user still, and only asks whether he agrees.
  await page.getByRole('button', { name: 'Sign in', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(row(page, file)).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  expect(page.url()).toBe(home);
  await page.context().close();
});

/** The same sound, with a chunk that players skip, so that it is sealed in two parts. */
async function inTwoParts(wav: string, target: string): Promise<string> {
  const bytes = await readFile(wav);
  const chunk = Buffer.alloc(8 + PART_BYTES);
  chunk.write('JUNK');
  chunk.writeUInt32LE(PART_BYTES, 4);
  const long = Buffer.concat([bytes, chunk]);
  long.writeUInt32LE(long.length - 8, 4);
  await writeFile(target, long);
  return target;
}

/** Every file below these folders. */
async function bytesUnder(...folders: string[]): Promise<Buffer> {
  const files = await Promise.all(
    folders.map(async (under) => {
      const entries = await readdir(under, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    }),
  );
  return Buffer.concat(await Promise.all(files.flat().map((file) => readFile(file))));
}
