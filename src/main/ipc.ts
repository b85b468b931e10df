import { type BrowserWindow, ipcMain } from 'electron';
import { type AnswerOptions, answerRequest } from '../app/window/answer-request.ts';
import { APP_ORIGIN } from '../app/window/app-scheme.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../contract/bridge.ts';
import type { Handlers, NumberedEvent } from '../contract/ipc.ts';

/**
 * Answers the window's requests. Only the main frame of the app's own page, in the window of the moment, is answered;
 * anything else gets an error that Electron makes, and no handler hears of it.
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

/** Sends an event to the window of the moment, if there is one. */
export function tellWindow(window: BrowserWindow | null, event: NumberedEvent): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event);
}
