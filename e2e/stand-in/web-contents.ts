import { EventEmitter } from 'node:events';
import type {
  HandlerDetails,
  PrintToPDFOptions,
  WebContents,
  WebFrameMain,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron';
import { app } from './app.ts';
import type { DevToolsSession } from './devtools.ts';
import { cancellable } from './events.ts';
import { mainFrameOf } from './main-frame.ts';
import { namingMissing, namingMissingEvents } from './missing.ts';
import type { PageLink } from './page-link.ts';
import { printParameters } from './print-options.ts';
import { toApp, toChromium } from './scheme-mapping.ts';
import { type AppSession, session } from './session.ts';

type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

const EVENTS = [
  ...['did-start-loading', 'dom-ready', 'did-finish-load', 'did-stop-loading', 'did-fail-load'],
  ...['did-navigate', 'did-navigate-in-page', 'will-navigate', 'will-frame-navigate', 'page-title-updated'],
  ...['render-process-gone', 'console-message', 'destroyed'],
  // What cannot happen here: there are no redirects, no embedded pages and no certificates.
  ...['will-redirect', 'will-attach-webview', 'did-attach-webview', 'certificate-error', 'login'],
];
const NO_REFERRER = { policy: 'default', url: '' } as const;

const all = new Map<number, StandInWebContents>();
let lastId = 0;

/** The page that a frame belongs to, if it is one of a window's. */
export const pageOfFrame = (frameId: string): StandInWebContents | undefined =>
  [...all.values()].find((page) => page.link?.frames.has(frameId));

/** What is shown in a window: one target of Chromium. */
export class StandInWebContents
  extends EventEmitter
  implements Partial<Omit<WebContents, keyof EventEmitter | 'session' | 'mainFrame' | 'hostWebContents'>>
{
  readonly id: number;
  readonly session: AppSession;
  readonly mainFrame: WebFrameMain;
  /** Set once the target is attached. */
  link: PageLink | undefined;
  readonly whenLinked: Promise<PageLink>;
  private readonly preferences: WebPreferences;
  private url = '';
  private title = '';
  private crashed = false;
  private gone = false;
  private loading = false;
  private zoom = 1;
  private openHandler: WindowOpenHandler = () => ({ action: 'allow' });
  private readonly closeTarget: () => void;
  // URLs that the app itself loads: these are not the page's own navigations.
  private readonly asked = new Set<string>();

  constructor(preferences: WebPreferences, attach: Promise<PageLink>, close: () => void) {
    super();
    lastId += 1;
    this.id = lastId;
    this.preferences = preferences;
    this.session = preferences.session
      ? (preferences.session as unknown as AppSession)
      : session.fromPartition(preferences.partition ?? '');
    this.mainFrame = mainFrameOf(this);
    this.closeTarget = close;
    const self = namingMissingEvents('webContents', this, EVENTS);
    this.whenLinked = attach.then((link) => self.connect(link));
    this.whenLinked.catch(() => undefined);
    all.set(this.id, self);
    app.emit('web-contents-created', {}, self);
    // biome-ignore lint/correctness/noConstructorReturn: what is missing must be named.
    return self;
  }

  private async connect(link: PageLink): Promise<PageLink> {
    this.link = link;
    const { devTools } = link;
    devTools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.url = toApp(frame.url);
      this.crashed = false;
      this.emit('did-navigate', {}, this.url, 200, 'OK');
    });
    devTools.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== link.targetId) return;
      this.url = toApp(url);
      this.emit('did-navigate-in-page', {}, this.url, true);
    });
    devTools.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    devTools.on('Page.loadEventFired', () => {
      if (this.url === '' || this.url === 'about:blank') return;
      this.loading = false;
      this.emit('did-finish-load', {});
      this.emit('did-stop-loading', {});
    });
    devTools.on('Inspector.targetCrashed', () => {
      this.crashed = true;
      const details = { reason: 'crashed', exitCode: 139 };
      this.emit('render-process-gone', {}, details);
      app.emit('render-process-gone', {}, this, details);
    });
    devTools.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map(({ value, description }) => value ?? description ?? '').join(' ');
      this.emit('console-message', {
        level: type === 'warning' ? 'warning' : type,
        message,
        frame: this.mainFrame,
      });
    });
    const { preload, javascript = true } = this.preferences;
    await link.open({ page: this, preload, scripts: javascript });
    return link;
  }

  /** Whether a frame may navigate to a URL: the app is asked unless it loads it itself. */
  mayNavigate(frameId: string, url: string): boolean {
    if (this.asked.delete(url) || url === 'about:blank') return true;
    const isMainFrame = frameId === this.link?.targetId;
    const facts = { url, isMainFrame, isSameDocument: false, frame: isMainFrame ? this.mainFrame : null };
    const allowed = cancellable(this, 'will-frame-navigate', facts);
    return (!isMainFrame || cancellable(this, 'will-navigate', facts, url)) && allowed;
  }

  /** Asks the app about a page's request for a window. Only denial is supported. */
  judgeWindow(url: string): void {
    const { action } = this.openHandler({
      url: toApp(url),
      frameName: '',
      disposition: 'foreground-tab',
      features: '',
      referrer: NO_REFERRER,
    });
    if (action === 'allow') throw new Error('The stand-in for Electron opens no windows for pages.');
  }

  /** The window is destroyed. */
  markDestroyed(): void {
    if (this.gone) return;
    this.gone = true;
    all.delete(this.id);
    this.emit('destroyed');
  }

  private async devTools(): Promise<DevToolsSession> {
    return (await this.whenLinked).devTools;
  }

  async loadURL(url: string): Promise<void> {
    const devTools = await this.devTools();
    this.loading = true;
    this.asked.add(url);
    this.emit('did-start-loading', {});
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    const { errorText } = await devTools.send('Page.navigate', { url: toChromium(url) });
    if (errorText !== undefined) {
      this.loading = false;
      this.emit('did-fail-load', {}, -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    await loaded;
  }

  reload(): void {
    this.asked.add(this.url);
    void this.devTools()
      .then((devTools) => devTools.send('Page.reload', {}))
      .catch(() => undefined);
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  send(channel: string, ...args: unknown[]): void {
    this.link?.sendToPreload({ type: 'send', channel, args });
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const devTools = await this.devTools();
    const { result, exceptionDetails } = await devTools.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    const devTools = await this.devTools();
    const { data } = await devTools.send('Page.printToPDF', printParameters(options));
    return Buffer.from(data, 'base64');
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor;
    void this.whenLinked.then((link) => link.setZoom(factor)).catch(() => undefined);
  }

  getZoomFactor(): number {
    return this.zoom;
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.zoom) / Math.log(1.2);
  }

  forcefullyCrashRenderer(): void {
    void this.devTools()
      .then((devTools) => devTools.send('Page.crash'))
      .catch(() => undefined);
  }

  close(): void {
    this.closeTarget();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler;
  }

  getURL(): string {
    return this.url;
  }

  getTitle(): string {
    return this.title;
  }

  /** The page's title has changed. */
  titleChanged(title: string): void {
    if (title === this.title) return;
    this.title = title;
    this.emit('page-title-updated', {}, title, true);
  }

  isDestroyed(): boolean {
    return this.gone;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isLoading(): boolean {
    return this.loading;
  }

  isFocused(): boolean {
    return true;
  }

  getType(): 'window' {
    return 'window';
  }

  getOSProcessId(): number {
    return 0;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  isCurrentlyAudible(): boolean {
    return false;
  }

  focus(): void {}
  stop(): void {}
  closeDevTools(): void {}
  setBackgroundThrottling(): void {}
  setIgnoreMenuShortcuts(): void {}
  setWebRTCIPHandlingPolicy(): void {}
  setAudioMuted(): void {}
  async setVisualZoomLevelLimits(): Promise<void> {}
  undo(): void {
    this.edit('undo');
  }
  redo(): void {
    this.edit('redo');
  }
  cut(): void {
    this.edit('cut');
  }
  copy(): void {
    this.edit('copy');
  }
  paste(): void {
    this.edit('paste');
  }
  selectAll(): void {
    this.edit('selectAll');
  }

  private edit(command: string): void {
    this.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`).catch(() => undefined);
  }
}

/** All pages, and how the test runner finds one. */
export const webContents = namingMissing('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
  getFocusedWebContents: () => [...all.values()].at(-1) ?? null,
  fromDevToolsTargetId: (targetId: string) =>
    [...all.values()].find((page) => page.link?.targetId === targetId),
});
