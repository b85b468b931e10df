import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Locale } from '../../src/contract/locale.ts';
import { atRest, layoutFaults } from '../layout-faults.ts';
import type { RunningApp } from '../running-app.ts';

/** A size of the window's content in pixels, and its zoom factor. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

const USUAL: Frame = { width: 1280, height: 800, zoom: 1 };
const SMALL: Frame = { width: 900, height: 600, zoom: 1 };
const FRAMES: readonly Frame[] = [
  { width: 900, height: 600, zoom: 2 },
  { width: 1280, height: 800, zoom: 2 },
  SMALL,
  USUAL,
];

/** How each screen is photographed in one size. */
interface Look {
  readonly frame: Frame;
  readonly languages: readonly Locale[];
  readonly themes: readonly ('dark' | 'light')[];
}

const EVERY_LOOK: readonly Look[] = FRAMES.map((frame) => ({
  frame,
  languages: ['es', 'en'],
  themes: ['dark', 'light'],
}));
const QUICK_LOOKS: readonly Look[] = [
  { frame: SMALL, languages: ['en'], themes: ['light'] },
  { frame: USUAL, languages: ['en'], themes: ['dark'] },
];

/** Sets the window's size and zoom, and waits until the page has them. */
export async function setFrame(app: RunningApp, { width, height, zoom }: Frame): Promise<void> {
  const window = await app.electron.browserWindow(app.page);
  const settled = (wanted: number) =>
    app.page.waitForFunction((one) => Math.abs(innerWidth - one) <= 1, wanted);
  await window.evaluate((shown) => shown.webContents.setZoomFactor(1));
  await window.evaluate((shown, size) => shown.setContentSize(size.width, size.height), { width, height });
  await settled(width);
  await window.evaluate((shown, factor) => shown.webContents.setZoomFactor(factor), zoom);
  await settled(width / zoom);
}

/** Sets the app's language, as its settings do. */
export async function setLanguage(app: RunningApp, language: Locale): Promise<void> {
  await app.page.evaluate((wanted) => window.voicesync['app.change']({ language: wanted }), language);
  await app.page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

/** A page of a browser scrolls as a whole; the app's window never does. */
const PAGE_SCROLLS = 'second scrollbar: the page';

/** Chooses the language of the office's page, by its menu. */
async function speakOfficePage(page: Page, language: Locale): Promise<void> {
  await page.locator('header').getByRole('button').click();
  await page.getByRole('menuitemcheckbox', { name: language === 'es' ? 'Español' : 'English' }).click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  await page.mouse.move(0, 0);
}

/** Photographs screens in every size, text size, language and theme, and records their layout faults. */
export class Camera {
  /** Faults, one sentence for each picture. */
  readonly faults = new Set<string>();
  /** Names of the pictures that were taken. */
  readonly pictures = new Set<string>();
  private readonly folder: string;
  private readonly wanted: RegExp;
  private readonly looks: readonly Look[];

  /**
   * Writes pictures into the folder, of screens whose names match the pattern. If quick, takes each screen twice, in English
   * and with text of normal size: small and light, and in the usual size and dark.
   */
  constructor(folder: string, wanted: RegExp, isQuick: boolean) {
    this.folder = folder;
    this.wanted = wanted;
    this.looks = isQuick ? QUICK_LOOKS : EVERY_LOOK;
  }

  /**
   * Photographs what the window shows.
   * @param show reopens it in each size, for what closes or is not updated when the window changes. Called in English.
   */
  async take(app: RunningApp, screen: string, show?: () => Promise<unknown>): Promise<void> {
    if (!this.wanted.test(screen)) return;
    for (const { frame, languages, themes } of this.looks) {
      await setLanguage(app, 'en');
      await setFrame(app, frame);
      await show?.();
      for (const language of languages) {
        await setLanguage(app, language);
        const { width, height, zoom } = frame;
        const text = zoom === 1 ? '' : `-${zoom * 100}%`;
        const name = (theme: string) => `${screen}-${width}x${height}${text}-${theme}-${language}`;
        for (const theme of themes) await this.shoot(app, name(theme), theme);
        // The theme does not change the layout.
        await this.findFaults(app, name(themes.at(-1) ?? 'light'), language);
      }
    }
  }

  /**
   * Photographs a page of the office.
   * @param show opens again what choosing a language closes, in whatever language.
   */
  async takePage(page: Page, screen: string, show?: () => Promise<unknown>): Promise<void> {
    if (!this.wanted.test(screen)) return;
    for (const { frame, languages, themes } of this.looks) {
      const { width, height, zoom } = frame;
      await page.setViewportSize({ width: width / zoom, height: height / zoom });
      for (const language of languages) {
        await speakOfficePage(page, language);
        await show?.();
        const text = zoom === 1 ? '' : `-${zoom * 100}%`;
        const name = (theme: string) => `${screen}-${width}x${height}${text}-${theme}-${language}`;
        for (const theme of themes) await this.shoot({ page }, name(theme), theme);
        await this.findFaults({ page }, name(themes.at(-1) ?? 'light'), language, PAGE_SCROLLS);
        if (show !== undefined) await page.keyboard.press('Escape');
      }
    }
  }

  private async shoot(app: Pick<RunningApp, 'page'>, name: string, theme: 'dark' | 'light'): Promise<void> {
    await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await atRest(app.page);
    await app.page.screenshot({ path: join(this.folder, `${name}.png`), timeout: 120_000 });
    this.pictures.add(name);
  }

  private async findFaults(
    app: Pick<RunningApp, 'page'>,
    name: string,
    language: Locale,
    allowed = '',
  ): Promise<void> {
    for (const fault of await layoutFaults(app.page, language)) {
      if (fault === allowed) continue;
      this.faults.add(`${name}: ${fault}`);
      process.stdout.write(`${name}: ${fault}\n`);
    }
  }
}
