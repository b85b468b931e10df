import { Counter, Gauge, Histogram } from 'prom-client';
import { ProgramMetrics } from './program-metrics.ts';

/** From a hundredth of a second, for what the store gives at once, to an hour of transcribing. */
const STAGE_BUCKETS_S = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600];

/** What a worker tells of itself. What became of its jobs the gateway tells, which counts each once. */
export class WorkerMetrics extends ProgramMetrics {
  readonly #gatewayErrors: Counter;
  readonly #stageSeconds: Histogram;

  constructor(isWorking: () => boolean) {
    super('worker');
    const registers = [this.registry];
    this.#gatewayErrors = new Counter({
      ...{ registers, name: 'voicesync_gateway_errors_total' },
      help: 'Times that the worker could not reach gateway or queue.',
    });
    this.#stageSeconds = new Histogram({
      ...{ registers, name: 'voicesync_worker_stage_seconds', labelNames: ['stage'] },
      help: 'Time for each stage of the work on a recording; decoding and transcribing go on side by side.',
      buckets: STAGE_BUCKETS_S,
    });
    new Gauge({
      ...{ registers, name: 'voicesync_worker_busy' },
      help: 'Whether it works on a recording.',
      collect() {
        this.set(Number(isWorking()));
      },
    });
  }

  /** A span of the worker has ended. */
  stageEnded(stage: string, seconds: number): void {
    this.#stageSeconds.observe({ stage }, seconds);
  }

  gatewayFailed(): void {
    this.#gatewayErrors.inc();
  }
}
