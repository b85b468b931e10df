import type { CoreEvent } from '../../contract/events.ts';

/** Signals to the user outside the window. */
export interface AttentionShell {
  /** Starts or stops preventing suspension of the machine. */
  keepAwake(isNeeded: boolean): void;
  /** Shows progress on the taskbar: a fraction; `working` if it is unknown; null for none. */
  showProgress(progress: number | 'working' | null): void;
  /** Notifies a user who is not looking at the window how work ended, without a name. */
  notify(what: 'ready' | 'failed'): void;
}

/** Keeps the machine awake during work and recordings, shows its progress on the taskbar, and notifies when it ends. */
export class Attention {
  readonly #shell: AttentionShell;
  readonly #running = new Set<string>();
  #isCapturing = false;

  constructor(shell: AttentionShell) {
    this.#shell = shell;
  }

  /** Handles the core's events. */
  take(event: CoreEvent): void {
    switch (event.type) {
      case 'jobStarted':
        this.#running.add(event.jobId);
        this.#shell.keepAwake(true);
        break;
      case 'jobProgress': {
        const { percent } = event.progress;
        this.#shell.showProgress(percent === null ? 'working' : percent / 100);
        break;
      }
      case 'jobEnded':
        this.#running.delete(event.jobId);
        if (this.#running.size === 0) this.rest();
        if (event.state === 'done') this.#shell.notify('ready');
        if (event.state === 'failed') this.#shell.notify('failed');
        break;
      default:
    }
  }

  /** A recording is running, or none any more. */
  capturing(isCapturing: boolean): void {
    if (isCapturing === this.#isCapturing) return;
    this.#isCapturing = isCapturing;
    this.#shell.keepAwake(isCapturing || this.#running.size > 0);
  }

  /** Work has ended or was stopped. */
  rest(): void {
    this.#running.clear();
    this.#shell.showProgress(null);
    this.#shell.keepAwake(this.#isCapturing);
  }
}
