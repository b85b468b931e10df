import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import packageFacts from '../../../package.json' with { type: 'json' };
import { isOfficeError } from '../contract/office-errors.ts';

/** Metrics of Node that break Prometheus's rules for names, and tell what others tell as well. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Errors that are the store's own. */
const STORE_ERRORS = ['store.unavailable', 'store.refused'] as const;

/** What both programs of the office tell of themselves: memory, processor, event loop, and errors of what they stand on. */
export class ProgramMetrics {
  readonly registry = new Registry();
  readonly #redisErrors: Counter;
  readonly #storeErrors: Counter;

  constructor(program: 'gateway' | 'worker') {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    new Gauge({
      ...{ registers, name: 'voicesync_build_info', labelNames: ['program', 'version'] },
      help: 'Always 1; its labels tell which program this is, and its version.',
    }).set({ program, version: packageFacts.version }, 1);
    this.#redisErrors = new Counter({
      ...{ registers, name: 'voicesync_redis_errors_total' },
      help: 'Commands that Redis did not take, and lost connections.',
    });
    this.#storeErrors = new Counter({
      ...{ registers, name: 'voicesync_store_errors_total', labelNames: ['code'] },
      help: 'Requests that the store refused or did not answer; each try counts.',
    });
    for (const code of STORE_ERRORS) this.#storeErrors.inc({ code }, 0);
  }

  redisFailed(): void {
    this.#redisErrors.inc();
  }

  /** What is not in the store is no error of the store. */
  storeFailed(error: unknown): void {
    if (isOfficeError(error, ...STORE_ERRORS)) {
      this.#storeErrors.inc({ code: error.code });
    }
  }
}
