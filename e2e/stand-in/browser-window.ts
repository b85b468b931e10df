import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, BrowserWindow as ElectronWindow, Rectangle } from 'electron';
import { app } from './app.ts';
import { cancellable } from './events.ts';
import { namingMissingEvents } from './missing.ts';
import type { PageLink } from './page-link.ts';
import { closeTarget, followTargets, openTarget, setWindowSize, type TargetListener } from './targets.ts';
import { StandInWebContents } from './web-contents.ts';

type Implemented = Partial<Omit<ElectronWindow, keyof EventEmitter | 'webContents'>>;

const windows = new Map<number, BrowserWindow>();
const EVENTS = [
  ...['ready-to-show', 'close', 'closed', 'page-title-updated', 'show', 'hide'],
  ...['focus', 'blur', 'move', 'resize'],
  ...['minimize', 'restore', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'],
  // Of other systems: a spec emits them.
  ...['session-end', 'query-session-end'],
];
let lastId = 0;
let following: Promise<void> | undefined;

/** A window: a target of Chromium, with the state that a window manager would keep. */
export class BrowserWindow extends EventEmitter implements Implemented {
  readonly id: number;
  readonly webContents: StandInWebContents;
  private readonly options: BrowserWindowConstructorOptions;
  private bounds: Rectangle;
  private caption: string;
  private visible: boolean;
  private readonly target: Promise<PageLink>;
  private destroyed = false;
  private minimized = false;
  private maximized = false;
  private isFull = false;
  private minimum: [number, number] = [0, 0];

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    lastId += 1;
    this.id = lastId;
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    this.bounds = { x, y, width, height };
    this.minimum = [minWidth, minHeight];
    this.caption = options.title ?? app.getName();
    this.visible = options.show ?? true;
    const self = namingMissingEvents('BrowserWindow', this, EVENTS);
    this.target = this.openTarget();
    this.webContents = new StandInWebContents(options.webPreferences ?? {}, this.target, () => self.close());
    windows.set(this.id, self);
    app.windows.add(self);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    app.emit('browser-window-created', {}, self);
    // biome-ignore lint/correctness/noConstructorReturn: what is missing must be named for windows, too.
    return self;
  }

  private async openTarget(): Promise<PageLink> {
    const isFirst = following === undefined;
    following ??= followTargets(app.chromium, listener);
    await following;
    return await openTarget(app.chromium, this.bounds, isFirst);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  close(): void {
    if (this.destroyed) return;
    if (cancellable(this, 'close')) this.destroy();
    else app.quitRefused();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    // It may still be opening: then it is closed as soon as it is open.
    this.target.then(
      ({ targetId }) => closeTarget(app.chromium, targetId),
      () => undefined,
    );
    this.forget();
  }

  /** Chromium has closed the window. */
  forget(): void {
    this.destroyed = true;
    const self = windows.get(this.id);
    if (self === undefined) return;
    windows.delete(this.id);
    this.webContents.markDestroyed();
    this.emit('closed');
    app.windowClosed(self);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  show(): void {
    if (this.visible) return;
    this.visible = true;
    this.emit('show');
  }

  showInactive(): void {
    this.show();
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.visible;
  }

  focus(): void {
    this.emit('focus');
  }

  blur(): void {
    this.emit('blur');
  }

  isFocused(): boolean {
    return this.visible && !this.minimized;
  }

  minimize(): void {
    this.minimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.minimized = false;
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  setFullScreen(fullScreen: boolean): void {
    this.isFull = fullScreen;
    this.emit(fullScreen ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.isFull;
  }

  getBounds(): Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.bounds;
    this.bounds = { ...before, ...bounds };
    void this.applySize().catch(() => undefined);
    if (before.x !== this.bounds.x || before.y !== this.bounds.y) this.emit('move');
    if (before.width !== this.bounds.width || before.height !== this.bounds.height) this.emit('resize');
  }

  private async applySize(): Promise<void> {
    const link = await this.webContents.whenLinked;
    await setWindowSize(app.chromium, link.targetId, this.bounds);
    await link.resized();
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds);
  }

  getSize(): [number, number] {
    return [this.bounds.width, this.bounds.height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setSize(width, height);
  }

  getPosition(): [number, number] {
    return [this.bounds.x, this.bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  setMinimumSize(width: number, height: number): void {
    this.minimum = [width, height];
  }

  getMinimumSize(): [number, number] {
    return this.minimum;
  }

  getTitle(): string {
    return this.caption;
  }

  setTitle(title: string): void {
    this.caption = title;
  }

  /** The page's title has changed. */
  titleChanged(title: string): void {
    const changes = cancellable(this, 'page-title-updated', {}, title, true);
    this.webContents.titleChanged(title);
    if (changes) this.caption = title;
  }

  getBackgroundColor(): string {
    return this.options.backgroundColor ?? '#FFFFFF';
  }

  isResizable(): boolean {
    return this.options.resizable ?? true;
  }

  isMenuBarVisible(): boolean {
    return false;
  }

  setBackgroundColor(): void {}
  setProgressBar(): void {}
  flashFrame(): void {}
  setContentProtection(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setIcon(): void {}
  setSkipTaskbar(): void {}
  setTitleBarOverlay(): void {}
  setOverlayIcon(): void {}
  setRepresentedFilename(): void {}
  setDocumentEdited(): void {}
  center(): void {}
  moveTop(): void {}

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windows.values()].findLast((window) => window.isFocused()) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(contents: StandInWebContents): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents.id === contents.id) ?? null;
  }
}

const windowOf = (targetId: string) =>
  [...windows.values()].find(({ webContents }) => webContents.link?.targetId === targetId);

const listener: TargetListener = {
  titleChanged: (targetId, title) => windowOf(targetId)?.titleChanged(title),
  ended: (targetId) => windowOf(targetId)?.forget(),
  windowWished: (openerId, url) => windowOf(openerId)?.webContents.judgeWindow(url),
};
