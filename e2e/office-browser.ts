import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { DICTATION_MODEL } from '../src/core/models/testing/dictation-model.ts';
import { LocalOffice } from '../src/office/demo/local-office.ts';
import { ensureOfficePageBuilt } from './built-app.ts';
import { findChromium } from './stand-in/chromium.ts';

/** Whether Debian's `redis-server` is on this machine: without it no office can be started. */
export function hasRedis(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, 'redis-server')));
}

/** An office on this machine with one worker and the fixtures' model, and a browser that can open its page. */
export class OfficeBrowser implements AsyncDisposable {
  readonly office: LocalOffice;
  readonly #browser: Browser;

  private constructor(office: LocalOffice, browser: Browser) {
    this.office = office;
    this.#browser = browser;
  }

  /** Builds the page if need be, and starts everything. Throws where Redis or Chromium is missing. */
  static async start(): Promise<OfficeBrowser> {
    ensureOfficePageBuilt();
    const executablePath = findChromium(false);
    if (executablePath === null)
      throw new Error('chromium-headless-shell is missing: install it with apt-get');
    const office = await LocalOffice.start({ model: DICTATION_MODEL.path, workers: 1, leaseMs: 30_000 });
    try {
      return new OfficeBrowser(office, await chromium.launch({ executablePath }));
    } catch (error) {
      await office[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The page, in a new profile of the browser. */
  async open({ language = 'en', width = 1280, height = 800 } = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: language === 'es' ? 'es-ES' : 'en-GB',
      viewport: { width, height },
      acceptDownloads: true,
    });
    const page = await context.newPage();
    await page.goto(this.office.address);
    return page;
  }

  /** Signs in with the office's token, and says that what is to be known was read. */
  async signIn(page: Page): Promise<void> {
    await page.getByLabel('Access token').fill(this.office.token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'I have read this' }).click();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.office[Symbol.asyncDispose]();
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
