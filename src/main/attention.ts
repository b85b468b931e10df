import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { AttentionShell } from '../app/window/attention.ts';
import type { DialogTexts } from './dialogs.ts';

/** Notifications, taskbar progress, and the power save blocker. */
export class SystemAttention implements AttentionShell {
  readonly #window: () => BrowserWindow | null;
  readonly #texts: () => DialogTexts;
  readonly #show: () => void;
  #blocker: number | null = null;

  /** @param show brings the window to the front. */
  constructor(window: () => BrowserWindow | null, texts: () => DialogTexts, show: () => void) {
    this.#window = window;
    this.#texts = texts;
    this.#show = show;
  }

  keepAwake(isNeeded: boolean): void {
    if (isNeeded) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    if (!isNeeded) this.#blocker = null;
  }

  showProgress(progress: number | 'working' | null): void {
    // Above 1: indeterminate progress; below 0: none.
    this.#window()?.setProgressBar(progress === 'working' ? 2 : (progress ?? -1));
  }

  notify(what: 'ready' | 'failed'): void {
    if (this.#window()?.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification({ title: 'VoiceSync', body: this.#texts()(what) });
    notification.on('click', this.#show);
    notification.show();
  }
}
