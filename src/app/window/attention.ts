import type { CoreEvent } from '../../contract/events.ts';

/** How the user is reached outside the window. */
export interface AttentionShell {
  /** Keeps the machine from being suspended, or no longer. */
  keepAwake(isNeeded: boolean): void;
  /** Shows progress on the taskbar: a fraction; `working` where it is not known how far; null for none. */
  showProgress(progress: number | 'working' | null): void;
  /** Says, without a name, what has come of work to a user who is looking elsewhere. */
  notify(what: 'ready' | 'failed'): void;
}

/** Keeps the machine awake while work is done, shows its progress on the taskbar, and says when it has ended. */
export class Attention {
  readonly #shell: AttentionShell;
  readonly #running = new Set<string>();

  constructor(shell: AttentionShell) {
    this.#shell = shell;
  }

  /** Follows what happens in the core. */
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

  /** Work has ended or was stopped. */
  rest(): void {
    this.#running.clear();
    this.#shell.showProgress(null);
    this.#shell.keepAwake(false);
  }
}
