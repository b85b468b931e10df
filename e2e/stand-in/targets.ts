import { setTimeout } from 'node:timers/promises';
import type { Chromium } from './chromium.ts';
import { PageLink } from './page-link.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Events of windows that Chromium causes by itself. */
export interface TargetListener {
  titleChanged(targetId: string, title: string): void;
  ended(targetId: string): void;
  /** A page has opened a window; it is closed again. */
  windowWished(openerId: string, url: string): void;
}

/** Opens a window. On a display, the first is the one that Chromium opened itself: without tabs and address bar. */
export async function openTarget(chromium: Chromium, size: Size, isFirst: boolean): Promise<PageLink> {
  const { headed, devTools } = chromium;
  const targetId = (headed && isFirst && (await sparePage(chromium))) || (await newPage(chromium, size));
  const { sessionId } = await devTools.browser.send('Target.attachToTarget', { targetId, flatten: true });
  if (headed) await setWindowSize(chromium, targetId, size);
  return new PageLink(targetId, devTools.session(sessionId));
}

async function sparePage({ devTools }: Chromium): Promise<string | undefined> {
  const { targetInfos } = await devTools.browser.send('Target.getTargets');
  return targetInfos.find(({ type }) => type === 'page')?.targetId;
}

async function newPage({ devTools }: Chromium, { width, height }: Size): Promise<string> {
  const page = { url: 'about:blank', width, height, newWindow: true };
  return (await devTools.browser.send('Target.createTarget', page)).targetId;
}

/** Resizes a window. */
export async function setWindowSize(
  { devTools }: Chromium,
  targetId: string,
  { width, height }: Size,
): Promise<void> {
  const { windowId } = await devTools.browser.send('Browser.getWindowForTarget', { targetId });
  await devTools.browser.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
}

/** Closes a window. One that is still loading may ignore the first request, so it is repeated until it is gone. */
export function closeTarget({ devTools }: Chromium, targetId: string): void {
  const ask = async (times: number): Promise<void> => {
    await devTools.browser.send('Target.closeTarget', { targetId });
    await setTimeout(200);
    const { targetInfos } = await devTools.browser.send('Target.getTargets');
    if (times > 1 && targetInfos.some((target) => target.targetId === targetId)) await ask(times - 1);
  };
  // It, or the browser, may be gone meanwhile.
  ask(20).catch(() => undefined);
}

/** Notifies the listener from then on. */
export async function followTargets(chromium: Chromium, listener: TargetListener): Promise<void> {
  const { browser } = chromium.devTools;
  browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
    listener.titleChanged(targetInfo.targetId, targetInfo.title);
  });
  browser.on('Target.targetDestroyed', ({ targetId }) => listener.ended(targetId));
  browser.on('Target.targetCreated', ({ targetInfo: { targetId, openerId, url } }) => {
    if (openerId === undefined) return;
    closeTarget(chromium, targetId);
    listener.windowWished(openerId, url);
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
}
