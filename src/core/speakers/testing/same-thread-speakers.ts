import { EventEmitter } from 'node:events';
import type { SpeakerReply, SpeakerRequest } from '../speaker-questions.ts';
import type { SpeakersPort } from '../speakers-thread.ts';

/** The original, before a test can install fake timers. */
const later = setImmediate;

/**
 * Compares voices in the caller's thread: a job of a test spares the tenth of a second that a thread takes to start.
 * Requests and answers are cloned and delivered in later turns of the event loop, in the order they were sent, as
 * between threads.
 */
export class SameThreadSpeakers extends EventEmitter implements SpeakersPort {
  readonly #inside = new EventEmitter();
  readonly #served = this.#serve();
  #ended = false;

  postMessage(request: SpeakerRequest): void {
    const copy = structuredClone(request);
    void this.#served.then(() => later(() => !this.#ended && this.#inside.emit('message', copy)));
  }

  ref(): void {}

  unref(): void {}

  terminate(): Promise<void> {
    this.#ended = true;
    return Promise.resolve();
  }

  async #serve(): Promise<void> {
    // Loaded only if a test asks about voices.
    const { serveSpeakers } = await import('../serve-speakers.ts');
    serveSpeakers({
      on: (event, listener) => this.#inside.on(event, listener),
      postMessage: (reply: SpeakerReply) => {
        const copy = structuredClone(reply);
        later(() => !this.#ended && this.emit('message', copy));
      },
    });
  }
}
