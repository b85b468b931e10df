import { type BrowserWindow, ipcMain } from 'electron';
import { type AnswerOptions, answerRequest } from '../app/window/answer-request.ts';
import { APP_ORIGIN } from '../app/window/app-scheme.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../contract/bridge.ts';
import type { Handlers, NumberedEvent } from '../contract/ipc.ts';

/**
 * Answers the window's requests. Only the main frame of the app's own page, in the current window, is answered; any
 * other sender gets Electron's error, and no handler is called.
 */
export function answerWindow(
  handlers: Handlers,
  currentWindow: () => BrowserWindow | null,
  options: AnswerOptions,
): void {
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) => {
    const { senderFrame } = event;
    const contents = currentWindow()?.webContents;
    const isOwn =
      senderFrame !== null &&
      contents !== undefined &&
      event.sender === contents &&
      senderFrame.parent === null &&
      senderFrame.url.startsWith(`${APP_ORIGIN}/`);
    if (!isOwn) throw new Error('refused');
    return answerRequest(handlers, name, input, options);
  });
}

/** Sends an event to the current window, if there is one. */
export function tellWindow(window: BrowserWindow | null, event: NumberedEvent): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event);
}
