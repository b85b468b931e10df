import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { type Chromium, startChromium } from './chromium.ts';
import { cancellable } from './events.ts';
import { namingMissingEvents } from './missing.ts';
import { SingleInstance } from './single-instance.ts';

/** Fields of an app's package.json, and its folder. */
interface AppFacts {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly isPackaged: boolean;
}

/** The app's interface to a window. */
export interface OpenWindow {
  close(): void;
  destroy(): void;
  /** It was closed from outside. */
  forget(): void;
}

type Implemented = Partial<Omit<App, keyof EventEmitter>>;

class StandInApp extends EventEmitter implements Implemented {
  isPackaged = false;
  userAgentFallback = '';
  dock = undefined;
  applicationMenu = null;
  /** The open windows. Windows add and remove themselves. */
  readonly windows = new Set<OpenWindow>();
  private facts: AppFacts = { name: '', version: '', folder: '', isPackaged: false };
  private browser: Chromium | undefined;
  private ready = false;
  private quitting = false;
  private readonly whenStarted = Promise.withResolvers<void>();
  private readonly paths = new Map<string, string>();
  private readonly switches = new Map<string, string>();
  private readonly instance = new SingleInstance();

  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => void this.switches.set(name, value ?? ''),
    removeSwitch: (name: string) => void this.switches.delete(name),
    hasSwitch: (name: string) => this.switches.has(name),
    getSwitchValue: (name: string) => this.switches.get(name) ?? '',
    appendArgument: () => undefined,
  };

  /** Sets the facts of the app that is about to be loaded. */
  prepare(facts: AppFacts): void {
    this.facts = facts;
    this.isPackaged = facts.isPackaged;
    for (const argument of process.argv.slice(1)) {
      const match = /^--([^=]+)(?:=(.*))?$/.exec(argument);
      // With these, Chromium itself would only print something and exit.
      if (match && !/^(inspect|remote-debugging|help$|version$)/.test(match[1] ?? '')) {
        this.commandLine.appendSwitch(match[1] ?? '', match[2]);
      }
    }
  }

  /** Starts Chromium, lets `connect` prepare it, then emits `ready`. */
  async start(connect: (chromium: Chromium) => Promise<void>): Promise<void> {
    const forPlaywright = '__playwright_run' in globalThis;
    const switches = [...this.switches].map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`));
    this.browser = await startChromium(switches, forPlaywright);
    this.browser.onExit(() => this.browserEnded());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // A handler that the app installs when it is ready replaces Chromium's: a signal has one.
        if (process.listenerCount(signal) === 1) this.quit();
      });
    }
    process.on('exit', () => this.browser?.kill());
    await connect(this.browser);
    this.ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.whenStarted.resolve();
  }

  /** The running Chromium. Throws before the app is ready. */
  get chromium(): Chromium {
    if (this.browser === undefined) throw new Error('This needs the app to be ready.');
    return this.browser;
  }

  isReady(): boolean {
    return this.ready;
  }

  whenReady(): Promise<void> {
    return this.whenStarted.promise;
  }

  /** On a display, Chromium exits with the last window that its user closes. */
  private browserEnded(): void {
    for (const window of [...this.windows]) window.forget();
    this.quit();
  }

  /** A window has closed: after the last, the app quits unless it handles `window-all-closed`. */
  windowClosed(window: OpenWindow): void {
    this.windows.delete(window);
    if (this.windows.size > 0) return;
    if (this.quitting) this.finishQuitting();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  quit(): void {
    if (this.quitting) return;
    if (!cancellable(this, 'before-quit')) return;
    this.quitting = true;
    if (this.windows.size === 0) this.finishQuitting();
    for (const window of [...this.windows]) window.close();
  }

  /** A window has prevented its closing. */
  quitRefused(): void {
    this.quitting = false;
  }

  private finishQuitting(): void {
    if (!cancellable(this, 'will-quit')) {
      this.quitting = false;
      return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    for (const window of [...this.windows]) window.destroy();
    this.emit('quit', {}, code);
    process.exit(code);
  }

  relaunch(): void {
    throw new Error('The stand-in for Electron cannot relaunch itself.');
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const { argv } = process;
    return this.instance.acquire(
      this.getPath('userData'),
      { argv, cwd: process.cwd(), additionalData },
      (second) => this.emit('second-instance', {}, second.argv, second.cwd, second.additionalData),
    );
  }

  hasSingleInstanceLock(): boolean {
    return this.instance.isHeld;
  }

  releaseSingleInstanceLock(): void {
    this.instance.release();
  }

  getName(): string {
    return this.facts.name;
  }

  get name(): string {
    return this.facts.name;
  }

  set name(name: string) {
    this.setName(name);
  }

  setName(name: string): void {
    this.facts = { ...this.facts, name };
  }

  getVersion(): string {
    return this.facts.version;
  }

  getAppPath(): string {
    return this.facts.folder;
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    const set = this.paths.get(name);
    if (set !== undefined) return set;
    const configuration = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'appData':
        return configuration;
      case 'userData':
      case 'sessionData':
        return join(configuration, this.facts.name);
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      case 'exe':
        return process.argv[0] ?? '';
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(homedir(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
      default:
        throw new Error(`The stand-in for Electron has no path named ${name}.`);
    }
  }

  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.setPath('logs', path ?? this.getPath('logs'));
  }

  getLocale(): string {
    return this.switches.get('lang') || this.getSystemLocale();
  }

  getSystemLocale(): string {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    const locale = (LC_ALL || LC_MESSAGES || LANG || '').split('.')[0]?.replace('_', '-');
    return locale && locale !== 'C' && locale !== 'POSIX' ? locale : 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }

  getLocaleCountryCode(): string {
    return this.getSystemLocale().split('-')[1] ?? '';
  }

  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  disableDomainBlockingFor3DAPIs(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  setAccessibilitySupportEnabled(): void {}
  focus(): void {}
  hide(): void {}
  show(): void {}
  setBadgeCount(): boolean {
    return false;
  }
}

/** The app. */
export const app = namingMissingEvents('app', new StandInApp(), [
  ...[
    'will-finish-launching',
    'ready',
    'before-quit',
    'will-quit',
    'quit',
    'window-all-closed',
    'second-instance',
  ],
  ...['browser-window-created', 'web-contents-created', 'render-process-gone'],
  // Of other systems, and of crashed utility processes: a spec emits them.
  ...['activate', 'open-file', 'child-process-gone'],
]);
