import { readFile } from 'node:fs/promises';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { DevToolsSession } from './devtools.ts';
import { codec, createCodec } from './ipc-codec.ts';
import { ipcMain } from './ipc-main.ts';
import { type MainMessage, PAGE_NAMES, type PreloadMessage, pageWorld, preloadWorld } from './page-bridge.ts';
import { type AskingPage, judgePermission } from './permissions.ts';

/** A page as its link sees it. */
export interface LinkedPage extends AskingPage {
  readonly id: number;
  send(channel: string, ...args: unknown[]): void;
  judgeWindow(url: string): void;
}

/** A target's settings. */
interface PageWishes {
  readonly page: LinkedPage;
  readonly preload: string | undefined;
  /** Whether its documents may run scripts. */
  readonly scripts: boolean;
}

/** The connection to a page's target: protocol, preload script, and messages between that and the main process. */
export class PageLink {
  readonly targetId: string;
  readonly devTools: DevToolsSession;
  /** The frames in the page. */
  readonly frames = new Set<string>();
  private page: LinkedPage | undefined;
  private preloadContext: number | undefined;
  private zoom = 1;
  private border: { width: number; height: number } | undefined;
  private zooming: Promise<void> = Promise.resolve();
  private paths: Record<string, string> = {};

  constructor(targetId: string, devTools: DevToolsSession) {
    this.targetId = targetId;
    this.devTools = devTools;
    this.frames.add(targetId);
  }

  /** Prepares the target for its first document. */
  async open({ page, preload, scripts }: PageWishes): Promise<void> {
    this.page = page;
    const { devTools } = this;
    devTools.on('Page.frameAttached', ({ frameId }) => void this.frames.add(frameId));
    devTools.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.frames.delete(frameId);
    });
    devTools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== PAGE_NAMES.world || context.auxData?.frameId !== this.targetId) return;
      this.preloadContext = context.id;
      this.sendToPreload({ type: 'paths', paths: this.paths });
    });
    devTools.on('Runtime.executionContextsCleared', () => {
      this.preloadContext = undefined;
    });
    devTools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === PAGE_NAMES.toMain)
        this.receive(codec.decode(payload) as PreloadMessage, executionContextId);
    });
    await Promise.all([
      devTools.send('Page.enable'),
      devTools.send('Runtime.enable'),
      devTools.send('Inspector.enable'),
      devTools.send('Runtime.addBinding', {
        name: PAGE_NAMES.toMain,
        executionContextName: PAGE_NAMES.world,
      }),
    ]);
    if (!scripts) await devTools.send('Emulation.setScriptExecutionDisabled', { value: true });
    if (preload === undefined) return;
    const script = await readFile(preload, 'utf8');
    await devTools.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${pageWorld})(${process.env.VOICESYNC_STAND_IN_LOOPBACK === '1'});`,
    });
    await devTools.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: PAGE_NAMES.world,
      source: `(${preloadWorld})(${createCodec}, ${JSON.stringify(PAGE_NAMES)}, ${JSON.stringify(process.platform)},
        function (require, process, module, exports) {${script}\n});`,
    });
  }

  private receive(message: PreloadMessage, context: number): void {
    const { page } = this;
    if (page === undefined) return;
    if (message.type === 'openWindow') {
      page.judgeWindow(message.url);
      return;
    }
    const event = { sender: page, senderFrame: page.mainFrame, processId: page.id, frameId: 1, ports: [] };
    if (message.type === 'send') {
      const reply = (channel: string, ...args: unknown[]) => page.send(channel, ...args);
      ipcMain.emit(message.channel, { ...event, reply } as unknown as IpcMainEvent, ...message.args);
      return;
    }
    const answer =
      message.type === 'invoke'
        ? ipcMain.answer(message.channel, event as unknown as IpcMainInvokeEvent, message.args)
        : judgePermission(page, message.question, message.permission, message.details);
    const { id } = message;
    answer
      .then(
        (value) => this.post({ type: 'answer', id, ok: true, value }, context),
        (error) => this.post({ type: 'answer', id, ok: false, value: error }, context),
      )
      // What cannot be cloned fails its own request.
      .catch((error) => this.post({ type: 'answer', id, ok: false, value: error }, context));
  }

  /** Sends a message to the preload script, if one runs. */
  sendToPreload(message: MainMessage): void {
    if (this.preloadContext !== undefined)
      void this.post(message, this.preloadContext).catch(() => undefined);
  }

  private async post(message: MainMessage, executionContextId: number): Promise<void> {
    const text = codec.encode(message);
    // The document that asked may be gone meanwhile.
    await this.devTools
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (text) { globalThis.${PAGE_NAMES.fromMain}(text); }`,
        executionContextId,
        arguments: [{ value: text }],
      })
      .catch(() => undefined);
  }

  /** Gives the page's `webUtils` the paths of files before their drop: by name, size and modification time. */
  knowPaths(paths: Record<string, string>): void {
    this.paths = { ...this.paths, ...paths };
    this.sendToPreload({ type: 'paths', paths });
  }

  /** Shows the page larger or smaller, as a browser's zoom does: its viewport shrinks as its pixels grow. */
  async setZoom(factor: number): Promise<void> {
    this.zoom = factor;
    await this.applyZoom();
  }

  /** The window's size has changed. */
  async resized(): Promise<void> {
    if (this.zoom !== 1) await this.applyZoom();
  }

  /** Shows the page in the zoom that is wanted last, one change after the other. */
  private applyZoom(): Promise<void> {
    this.zooming = this.zooming.catch(() => undefined).then(() => this.overrideMetrics());
    return this.zooming;
  }

  private async overrideMetrics(): Promise<void> {
    const { devTools, zoom } = this;
    if (zoom === 1) {
      await devTools.send('Emulation.clearDeviceMetricsOverride');
      return;
    }
    this.border ??= await this.measureBorder();
    // The window's own size, which is never late: a page goes on with its old one for a moment, overridden or not.
    const { bounds } = await devTools.send('Browser.getWindowForTarget', { targetId: this.targetId });
    await devTools.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(((bounds.width ?? 0) - this.border.width) / zoom),
      height: Math.round(((bounds.height ?? 0) - this.border.height) / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    });
  }

  /** By how much the window is larger than the page in it, measured before the first override. */
  private async measureBorder(): Promise<{ width: number; height: number }> {
    const { result } = await this.devTools.send('Runtime.evaluate', {
      expression: '({ width: outerWidth - innerWidth, height: outerHeight - innerHeight })',
      returnByValue: true,
    });
    return result.value as { width: number; height: number };
  }
}
