import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import {
  BROWSER_WAYS,
  DECODER_WAYS,
  type EgressEnd,
  type EgressTarget,
  PAGE_WAYS,
  type PageWay,
  PROCESS_WAYS,
} from '../src/contract/egress.ts';
import { Listener } from '../src/offline/listener.ts';
import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import type { RunningApp } from './running-app.ts';
import { REPOSITORY } from './runtime.ts';
import { findChromium } from './stand-in/chromium.ts';
import { expect, test } from './vault-fixture.ts';

/** Answers the system's dialog for a file by this one. */
async function chooseFile(app: RunningApp, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

test('the self-test tries every way out, shows each refused, and is saved with the audit log', async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  await new SettingsPage(app).open('Privacy');
  const before = page.url();
  await page.getByRole('button', { name: 'Run the self-test' }).click();
  const table = page.getByRole('table', { name: 'Self-test' });
  await expect(table).toBeVisible({ timeout: 120_000 });
  const rows = await table.getByRole('row').allInnerTexts();
  const tried = [...PAGE_WAYS, ...BROWSER_WAYS, ...PROCESS_WAYS, ...PROCESS_WAYS, ...DECODER_WAYS];
  expect(rows).toHaveLength(1 + tried.length);
  expect(rows.filter((row) => row.includes('REACHED'))).toEqual([]);
  const untried = rows.filter((row) => row.includes('Not tried'));
  // The stand-in has no network service of Electron's.
  expect(untried.every((row) => row.startsWith('The program, through Chromium'))).toBe(true);
  expect(untried).toHaveLength(app.runtime === 'electron' ? 0 : BROWSER_WAYS.length);
  for (const how of ['connect-src', 'img-src', 'by the program’s own block', 'protocol_whitelist']) {
    expect(
      rows.some((row) => row.includes(how)),
      how,
    ).toBe(true);
  }
  expect(page.url()).toBe(before);
  const ofDisk = () =>
    fetch('file:///etc/passwd').then(
      () => 'read',
      () => 'refused',
    );
  expect(await page.evaluate(ofDisk)).toBe('refused');
  await expect(page.getByRole('region', { name: 'In short' })).toContainText('Every one was refused.');
  await expectAccessible(app, 'privacy');

  await test.step('as text, as a page and as a PDF, with the checked log', async () => {
    const saved = async (name: string) => {
      const file = join(app.home, name);
      await chooseFile(app, file);
      await page.getByRole('button', { name: 'Save the report…' }).click();
      await expect(page.getByText('The privacy report has been saved.').first()).toBeVisible();
      await expect
        .poll(() =>
          readFile(file).then(
            (data) => data.length,
            () => 0,
          ),
        )
        .toBeGreaterThan(1000);
      return await readFile(file);
    };
    const text = (await saved('report.txt')).toString();
    expect(text).toContain('nothing in it was altered, dropped or rolled back');
    expect(text).toMatch(/vault\.created {2,}done/);
    expect(text).toContain(app.vaultFolder);
    const html = (await saved('report.html')).toString();
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('vault.created');
    expect((await saved('report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

test('each way of a page would reach the listener, if the page were an ordinary one', async () => {
  test.setTimeout(120_000);
  const listener = await Listener.open();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Ordinary</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const source = await readFile(join(REPOSITORY, 'renderer/features/settings/page-attempts.ts'), 'utf8');
  const code = `${stripTypeScriptTypes(source)}\nwindow.attemptFromPage = attemptFromPage;`;
  const browser = await chromium.launch({
    executablePath: findChromium(false) ?? '',
    args: ['--no-sandbox'],
  });
  const reached: PageWay[] = [];
  try {
    for (const way of PAGE_WAYS) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.addScriptTag({ content: code, type: 'module' });
      await page.waitForFunction(() => 'attemptFromPage' in window);
      const before = listener.arrived;
      type Attempting = { attemptFromPage(way: PageWay, target: EgressTarget): Promise<EgressEnd> };
      await page
        .evaluate(([one, target]) => (window as unknown as Attempting).attemptFromPage(one, target), [
          way,
          listener.target,
        ] as const)
        // The page that navigates is gone.
        .catch(() => undefined);
      if (listener.arrived > before) reached.push(way);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
    listener.close();
  }
  expect(PAGE_WAYS.filter((way) => !reached.includes(way))).toEqual([]);
});
