import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import { patiently } from './patiently.ts';

/** How a request is given up. */
export interface StoreRequestOptions {
  readonly abortSignal?: AbortSignal;
}

/** How long a store that refuses or is away is asked again. Requests throw `OfficeError`s. */
export interface StorePatience {
  ask<T>(request: (options: StoreRequestOptions) => Promise<T>): Promise<T>;
}

/** Longest that somebody who waits for an answer waits for the store, in milliseconds. */
const LONGEST_MS = 2_000;

/** Waits before each further try within that time, in milliseconds. */
const HURRIED_DELAYS_MS: readonly number[] = [150, 350];

/** Seconds that a store which was away is not asked: after so many a client may try again. */
export const STORE_RETRY_AFTER_S = 2;

/** Asks again after growing delays, for about 25 seconds. */
export function patient(delaysMs?: readonly number[]): StorePatience {
  return { ask: (request) => patiently(() => request({}), isAway, delaysMs) };
}

/**
 * For requests whose client waits: gives up after two seconds, and while the store is known to be away throws
 * `store.unavailable` at once, for two more. Then the next request tries it again.
 */
export class HurriedPatience implements StorePatience {
  readonly #nowMs: () => number;
  #awayUntilMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  async ask<T>(request: (options: StoreRequestOptions) => Promise<T>): Promise<T> {
    if (this.#nowMs() < this.#awayUntilMs) throw new OfficeError('store.unavailable');
    const abortSignal = AbortSignal.timeout(LONGEST_MS);
    try {
      const mayPass = (error: unknown) => isAway(error) && !abortSignal.aborted;
      return await patiently(() => request({ abortSignal }), mayPass, HURRIED_DELAYS_MS);
    } catch (error) {
      if (isAway(error)) this.#awayUntilMs = this.#nowMs() + STORE_RETRY_AFTER_S * 1000;
      throw error;
    }
  }
}

function isAway(error: unknown): boolean {
  return isOfficeError(error, 'store.unavailable');
}
