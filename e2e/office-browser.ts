import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { DICTATION_MODEL } from '../src/core/models/testing/dictation-model.ts';
import { LocalOffice } from '../src/office/demo/local-office.ts';
import { startOidcServer } from '../src/office/gateway/testing/oidc-server.ts';
import { ensureOfficePageBuilt } from './built-app.ts';
import { findChromium } from './stand-in/chromium.ts';

/** Whether Debian's `redis-server` is on this machine: without it no office can be started. */
export function hasRedis(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, 'redis-server')));
}

/** An identity provider on this computer, whose clerk is one of the office's tenant, and the office's settings for it. */
export async function startProvider() {
  const server = await startOidcServer('https://office.example/gateway', {
    clerk: { tenant: 'demo', roles: ['clerk'] },
  });
  const { issuer, audience, clientId, scope, rolesClaim } = server.settings;
  const settings = {
    OFFICE_OIDC_ISSUER: issuer,
    OFFICE_OIDC_AUDIENCE: audience,
    OFFICE_OIDC_CLIENT_ID: clientId,
    OFFICE_OIDC_SCOPE: scope,
    OFFICE_OIDC_ROLES_CLAIM: rolesClaim,
  };
  return { settings, close: server.close };
}

/** An office on this machine with one worker and the fixtures' model, and a browser that can open its page. */
export class OfficeBrowser implements AsyncDisposable {
  readonly office: LocalOffice;
  readonly #browser: Browser;

  private constructor(office: LocalOffice, browser: Browser) {
    this.office = office;
    this.#browser = browser;
  }

  /** Builds the page if need be, and starts everything, with further settings of the gateway. Throws where Redis or Chromium is missing. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<OfficeBrowser> {
    ensureOfficePageBuilt();
    const executablePath = findChromium(false);
    if (executablePath === null)
      throw new Error('chromium-headless-shell is missing: install it with apt-get');
    const office = await LocalOffice.start({
      ...{ model: DICTATION_MODEL.path, workers: 1, leaseMs: 30_000, settings },
    });
    try {
      // Chromium reads names of files as the locale says: without one, "ó" is none of its letters.
      const env = { ...process.env, LC_ALL: 'C.UTF-8' };
      return new OfficeBrowser(office, await chromium.launch({ executablePath, env }));
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

  /** Leaves for the identity provider, whose own pages ask who it is and whether he agrees. */
  async signInAtProvider(page: Page, user: string): Promise<void> {
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByPlaceholder('Enter any login').fill(user);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  /** Signs in with the office's token, and says that what is to be known was read. */
  async signIn(page: Page): Promise<void> {
    const token = page.getByLabel('Access token');
    const instead = page.getByRole('button', { name: 'Use an access token instead' });
    await token.or(instead).waitFor();
    if (await instead.isVisible()) await instead.click();
    await token.fill(this.office.token);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
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
