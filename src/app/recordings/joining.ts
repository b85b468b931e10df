import { Mutex } from 'async-mutex';
import { type JoinOutcome, type JoinServices, joinRecordings } from './join-recordings.ts';

/** Joins recordings, one order after the other, and shows whether any is in progress. */
export class Joining {
  readonly #services: JoinServices;
  readonly #mutex = new Mutex();
  #underWay = 0;

  constructor(services: JoinServices) {
    this.#services = services;
  }

  /** Whether recordings are being joined, or queued for it. */
  get isJoining(): boolean {
    return this.#underWay > 0;
  }

  /** Makes one recording out of several, in this order: see `joinRecordings`. */
  async join(recordingIds: readonly string[], name: string): Promise<JoinOutcome> {
    this.#underWay += 1;
    try {
      return await this.#mutex.runExclusive(() => joinRecordings(this.#services, recordingIds, name));
    } finally {
      this.#underWay -= 1;
    }
  }
}
