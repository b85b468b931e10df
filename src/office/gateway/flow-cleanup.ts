import { windowIds } from '../contract/flow.ts';
import { flowKey, windowKey, windowTextKey } from '../store/object-keys.ts';
import type { OfficeServices } from './office-services.ts';

/**
 * Takes what finished recordings do not need any more out of the store: their windows, and these windows' texts. The rows of the
 * windows go last, so that what is interrupted is done later.
 */
export class FlowCleanup {
  readonly #services: Pick<OfficeServices, 'store' | 'jobs' | 'commits'>;
  readonly #onError: (error: unknown) => void;
  #running: Promise<void> | null = null;

  /** `onError` is told why something was left for the next time. */
  constructor(
    services: Pick<OfficeServices, 'store' | 'jobs' | 'commits'>,
    onError: (error: unknown) => void,
  ) {
    this.#services = services;
    this.#onError = onError;
  }

  /** Begins to clean up, unless that is going on. */
  begin(): void {
    this.#running ??= this.#clean()
      .catch(this.#onError)
      .finally(() => {
        this.#running = null;
      });
  }

  /** Waits until nothing is going on. */
  async close(): Promise<void> {
    await this.#running;
  }

  async #clean(): Promise<void> {
    const { store, jobs, commits } = this.#services;
    const finished = jobs.withLeftoverWindows();
    // A recording that is not finished any more after a power cut needs its windows.
    await commits.durable();
    for (const { id, tenantId, windows } of finished) {
      for (const windowId of windowIds(id, windows)) {
        await store.delete(windowKey(tenantId, id, windowId));
        await store.delete(windowTextKey(tenantId, id, windowId));
      }
      await store.delete(flowKey(tenantId, id));
      jobs.removeWindows(id);
    }
  }
}
