import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { CoreEvent } from '../contract/events.ts';
import type { DialogTexts } from './dialogs.ts';

/** What of the surroundings is used to reach the user. */
export interface AttentionParts {
  readonly window: () => BrowserWindow | null;
  readonly texts: () => DialogTexts;
  /** Brings the window to the front. */
  readonly show: () => void;
}

/** Keeps the machine awake while work is done, shows its progress on the taskbar, and says when it has ended. */
export class Attention {
  readonly #parts: AttentionParts;
  readonly #running = new Set<string>();
  #blocker: number | null = null;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  /** Follows what happens in the core. */
  take(event: CoreEvent): void {
    switch (event.type) {
      case 'jobStarted':
        this.#running.add(event.jobId);
        this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
        break;
      case 'jobProgress': {
        const { percent } = event.progress;
        // Above 1 means working without telling how far.
        this.#showProgress(percent === null ? 2 : percent / 100);
        break;
      }
      case 'jobEnded':
        this.#running.delete(event.jobId);
        if (this.#running.size === 0) this.rest();
        if (event.state === 'done') this.#notify(this.#parts.texts()('ready'));
        if (event.state === 'failed') this.#notify(this.#parts.texts()('failed'));
        break;
      default:
    }
  }

  /** Work has ended or was stopped. */
  rest(): void {
    this.#running.clear();
    this.#showProgress(-1);
    if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
  }

  #showProgress(progress: number): void {
    this.#parts.window()?.setProgressBar(progress);
  }

  /** Says something, without a name, to a user who is looking elsewhere. */
  #notify(body: string): void {
    if (this.#parts.window()?.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification({ title: 'VoiceSync', body });
    notification.on('click', this.#parts.show);
    notification.show();
  }
}
