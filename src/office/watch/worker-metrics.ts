import { Counter, Gauge } from 'prom-client';
import { ProgramMetrics } from './program-metrics.ts';

/** What a worker tells of itself. What became of its jobs the gateway tells, which counts each once. */
export class WorkerMetrics extends ProgramMetrics {
  readonly #gatewayErrors: Counter;

  constructor(isWorking: () => boolean) {
    super('worker');
    const registers = [this.registry];
    this.#gatewayErrors = new Counter({
      ...{ registers, name: 'voicesync_gateway_errors_total' },
      help: 'Times that the worker could not reach gateway or queue.',
    });
    new Gauge({
      ...{ registers, name: 'voicesync_worker_busy' },
      help: 'Whether it works on a recording.',
      collect() {
        this.set(Number(isWorking()));
      },
    });
  }

  gatewayFailed(): void {
    this.#gatewayErrors.inc();
  }
}
