import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { _electron, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import type { Locale } from '../src/contract/locale.ts';
import { bringFixtureModel } from './fixture-model.ts';
import { chooseRuntime, pointPlaywrightTo, REPOSITORY, type Runtime } from './runtime.ts';

/** How the app is started. */
export interface StartOptions {
  /** The user's language; English by default. */
  readonly language?: Locale;
  /** The default model of a new data folder: the small one of the fixtures, or the bundled one. */
  readonly model?: 'fixture' | 'bundled';
  /** More arguments: switches of Chromium, or files to open. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The built app, running with a data folder of its own. It can be ended, killed and restarted on the same folder. */
export class RunningApp {
  readonly runtime: Runtime = chooseRuntime();
  /** The app's data folder; the vault is in `vault`. */
  readonly home: string;
  private options: StartOptions = {};
  private started: { readonly electron: ElectronApplication; readonly page: Page } | undefined;

  private constructor(home: string) {
    this.home = home;
  }

  /** Starts the app with a new data folder, without a vault, or with an existing one. */
  static async start(options: StartOptions = {}, home?: string): Promise<RunningApp> {
    // It contains sockets, whose paths must be short.
    const app = new RunningApp(home ?? (await mkdtemp(join(tmpdir(), 'vs-'))));
    if (home === undefined && options.model !== 'bundled') await bringFixtureModel(app.home);
    await app.open(options);
    return app;
  }

  /** The window's page. */
  get page(): Page {
    return this.running.page;
  }

  /** The main process. */
  get electron(): ElectronApplication {
    return this.running.electron;
  }

  get vaultFolder(): string {
    return join(this.home, 'vault');
  }

  private get running() {
    if (this.started === undefined) throw new Error('The app is not running.');
    return this.started;
  }

  private async open(options: StartOptions): Promise<void> {
    this.options = options;
    const { language = 'en', args = [], env = {} } = options;
    pointPlaywrightTo(this.runtime);
    const locale = language === 'es' ? 'es_ES.UTF-8' : 'en_US.UTF-8';
    const electron = await _electron.launch({
      args: [REPOSITORY, `--lang=${language}`, ...args],
      // The app chooses the colour scheme, not the test runner.
      colorScheme: null,
      env: {
        ...(process.env as Record<string, string>),
        LANG: locale,
        LC_ALL: locale,
        VOICESYNC_HOME: this.home,
        ...env,
      },
    });
    this.started = { electron, page: await shownPage(electron) };
  }

  /** Waits for the window that replaces the current one, as when the curtain appears. */
  async followWindow(): Promise<Page> {
    const { electron, page } = this.running;
    this.started = { electron, page: await shownPage(electron, page) };
    return this.page;
  }

  /** Runs an expression in the window's page via the main process: Playwright abandons a crashed page. */
  async inPage(expression: string): Promise<unknown> {
    return await this.electron.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
      expression,
    );
  }

  /** Sets the size of the window's page, in pixels. */
  async setSize(width: number, height: number): Promise<void> {
    const window = await this.electron.browserWindow(this.page);
    await window.evaluate((shown, size) => shown.setContentSize(size.width, size.height), { width, height });
    await this.page.waitForFunction((wanted) => innerWidth === wanted, width);
  }

  /** Reloads the page, as main does. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reload(),
    );
    await loaded;
  }

  /** Quits the app as a user would, and confirms any question. The folder stays. */
  async quit(): Promise<void> {
    // An app that has ended does not answer.
    await this.started?.electron.evaluate(answerWithQuitting).catch(() => undefined);
    await this.started?.electron.close();
    this.started = undefined;
  }

  /** Closes the window as a user would: the app may ask, and may end. */
  async closeWindow(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  }

  /** Runs `end`, which ends the app, and waits until it has ended. */
  async untilEnded(end: () => Promise<unknown>): Promise<void> {
    const ended = new Promise((resolve) => this.electron.process().once('exit', resolve));
    await end();
    await ended;
  }

  /** Kills the main process, as a power cut would. */
  async kill(): Promise<void> {
    const process = this.electron.process();
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await ended;
    this.started = undefined;
  }

  /** Starts the app again on the same folder, ending it first if it runs. */
  async relaunch(options: StartOptions = this.options): Promise<Page> {
    await this.quit();
    await this.open(options);
    return this.page;
  }

  /** Ends the app and deletes its folder. */
  async dispose(): Promise<void> {
    await this.quit();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Drops files or folders on the middle of the window, or of `target`, by drag events that the page trusts. */
  async dropFiles(paths: readonly string[], target?: Locator): Promise<void> {
    await this.introduceFiles(paths);
    const box = await (target ?? this.page.locator('body')).boundingBox();
    const { width, height } = await this.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const { x, y } =
      box && target
        ? { x: box.x + box.width / 2, y: box.y + box.height / 2 }
        : { x: width / 2, y: height / 2 };
    const devTools = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devTools.send('Input.dispatchDragEvent', { type, x, y, data });
    }
    await devTools.detach();
  }

  /**
   * Electron knows the paths of a page's files; its stand-in must get them first. Needed for files that are
   * put into a file field.
   */
  async introduceFiles(paths: readonly string[]): Promise<void> {
    if (this.runtime === 'electron') return;
    const known: Record<string, string> = {};
    for (const path of paths) {
      const { size, mtimeMs } = await stat(path);
      known[`${basename(path)}|${size}|${Math.floor(mtimeMs)}`] = path;
    }
    await this.electron.evaluate(({ BrowserWindow }, files) => {
      type StandIn = { webContents: { link: { knowPaths(paths: Record<string, string>): void } } };
      for (const window of BrowserWindow.getAllWindows())
        (window as unknown as StandIn).webContents.link.knowPaths(files);
    }, known);
  }
}

/** Answers the system's message boxes by the button that quits, from then on. */
function answerWithQuitting({ dialog }: typeof import('electron')): void {
  dialog.showMessageBox = async (...args: unknown[]) => {
    const { buttons = [] } = args.at(-1) as { buttons?: string[] };
    const response = buttons.findIndex((label) => /^(Quit|Salir)/.test(label));
    return { response: Math.max(0, response), checkboxChecked: false };
  };
}

/** The page of a window other than `before`, once the app's own document is loaded. */
async function shownPage(electron: ElectronApplication, before?: Page): Promise<Page> {
  const isShown = (page: Page) => page !== before && !page.isClosed() && !isCapturePage(page.url());
  const page = electron.windows().findLast(isShown) ?? (await electron.waitForEvent('window'));
  await page.waitForURL((url) => !/^(about|data):/.test(url.href));
  await page.waitForLoadState('domcontentloaded');
  return page;
}

/** Whether a URL is that of the page that holds the microphones, in a window that is never shown. */
function isCapturePage(url: string): boolean {
  return url.endsWith('/capture/index.html');
}
