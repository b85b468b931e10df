import { EventEmitter } from 'node:events';
import type { DatabasePort } from '../database-thread.ts';
import type { WorkerReply, WorkerRequest } from '../thread-messages.ts';

/** As it was before a test could put another clock in its place. */
const later = setImmediate;

/**
 * A database in the thread that asks: what a test starts in a few milliseconds instead of a quarter of a second. Requests
 * and answers are cloned and delivered in later turns of the event loop, in the order they were sent, as between threads.
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
    // Read only where a test opens a database.
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
