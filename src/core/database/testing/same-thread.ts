import { EventEmitter } from 'node:events';
import type { DatabasePort } from '../database-thread.ts';
import type { WorkerReply, WorkerRequest } from '../thread-messages.ts';

/** The original, before a test can install fake timers. */
const later = setImmediate;

/**
 * A database in the caller's thread: a test starts it in a few milliseconds instead of a quarter of a second. Requests
 * and answers are cloned and delivered in later turns of the event loop, in the order they were sent, as between
 * threads.
 */
export class SameThread extends EventEmitter implements DatabasePort {
  readonly #inside = new EventEmitter();
  readonly #served = this.#serve();
  #ended = false;

  postMessage(request: WorkerRequest, transfer: ArrayBuffer[]): void {
    const copy = structuredClone(request, { transfer });
    void this.#served.then(() => later(() => !this.#ended && this.#inside.emit('message', copy)));
  }

  terminate(): Promise<void> {
    this.#ended = true;
    return Promise.resolve();
  }

  async #serve(): Promise<void> {
    // Loaded only if a test opens a database.
    const { ServedDatabase } = await import('../thread.db.ts');
    new ServedDatabase({
      on: (event, listener) => this.#inside.on(event, listener),
      postMessage: (reply: WorkerReply) => {
        const copy = structuredClone(reply);
        later(() => !this.#ended && this.emit('message', copy));
      },
    });
  }
}
