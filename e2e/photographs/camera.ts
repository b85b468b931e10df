import { join } from 'node:path';
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
const FRAMES: readonly Frame[] = [
  { width: 900, height: 600, zoom: 2 },
  { width: 1280, height: 800, zoom: 2 },
  { width: 900, height: 600, zoom: 1 },
  USUAL,
];
const LANGUAGES: readonly Locale[] = ['es', 'en'];
const QUICK_FRAMES: readonly Frame[] = [{ width: 900, height: 600, zoom: 1 }, USUAL];
const QUICK_LANGUAGES: readonly Locale[] = ['en'];
const THEMES = ['dark', 'light'] as const;

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

/** Photographs screens in every size, text size, language and theme, and records their layout faults. */
export class Camera {
  /** Faults, one sentence for each picture. */
  readonly faults: string[] = [];
  /** How many pictures were taken. */
  pictures = 0;
  private readonly folder: string;
  private readonly wanted: RegExp;
  private readonly frames: readonly Frame[];
  private readonly languages: readonly Locale[];

  /**
   * Writes pictures into the folder, of screens whose names match the pattern. If quick, takes each screen in the two
   * sizes and themes, in English and with text of normal size.
   */
  constructor(folder: string, wanted: RegExp, isQuick: boolean) {
    this.folder = folder;
    this.wanted = wanted;
    this.frames = isQuick ? QUICK_FRAMES : FRAMES;
    this.languages = isQuick ? QUICK_LANGUAGES : LANGUAGES;
  }

  /**
   * Photographs what the window shows.
   * @param show reopens it in each size, for what closes or is not updated when the window changes. Called in English.
   */
  async take(app: RunningApp, screen: string, show?: () => Promise<unknown>): Promise<void> {
    if (!this.wanted.test(screen)) return;
    for (const frame of this.frames) {
      await setLanguage(app, 'en');
      await setFrame(app, frame);
      await show?.();
      for (const language of this.languages) {
        await setLanguage(app, language);
        for (const theme of THEMES) await this.shoot(app, { screen, frame, language, theme });
      }
    }
  }

  private async shoot(
    app: RunningApp,
    what: {
      readonly screen: string;
      readonly frame: Frame;
      readonly language: Locale;
      readonly theme: 'light' | 'dark';
    },
  ): Promise<void> {
    const { screen, frame, language, theme } = what;
    const { width, height, zoom } = frame;
    const text = zoom === 1 ? '' : `-${zoom * 100}%`;
    const name = `${screen}-${width}x${height}${text}-${theme}-${language}`;
    await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await atRest(app.page);
    await app.page.screenshot({ path: join(this.folder, `${name}.png`), timeout: 120_000 });
    this.pictures += 1;
    // The theme does not change the layout.
    if (theme === 'dark') return;
    for (const fault of await layoutFaults(app.page, language)) {
      this.faults.push(`${name}: ${fault}`);
      process.stdout.write(`${name}: ${fault}\n`);
    }
  }
}
