import { Counter, Gauge, Histogram } from 'prom-client';
import { ERROR_CODES } from '../../contract/errors.ts';
import { AttemptEndRequest } from '../contract/office-api.ts';
import { OFFICE_ERROR_CODES } from '../contract/office-errors.ts';
import type { WorkFigures } from '../contract/watch-api.ts';
import type { OfficeAttemptEnd, OfficeJob } from '../database/office-jobs.db.ts';
import type { QueueFigures } from '../database/queue-figures.db.ts';
import type { AttemptRows } from '../queue/job-taker.ts';
import type { LiveWorkers } from './live-workers.ts';
import { ProgramMetrics } from './program-metrics.ts';

/** From a second to six hours: a wait of one recording up to that behind a morning's flood. */
const LONG_BUCKETS_S = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600];
/** A request is to be answered within 200 ms. */
const REQUEST_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10];
/** Processing time for a second of sound; over 1 is slower than it was spoken. */
const REAL_TIME_BUCKETS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5];

/** What is looked up when somebody asks for the metrics. */
export interface GatewaySources {
  readonly figures: () => QueueFigures;
  readonly workers: LiveWorkers;
  readonly isRedisUp: () => boolean;
  /** When the last token of workers expires, milliseconds since 1970; null without one. */
  readonly workersTokenExpiresAtMs: () => number | null;
  readonly now?: () => number;
}

/** A request that was answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** The pattern of its address. */
  readonly route: string;
  readonly status: number;
  /** Null for an answer that goes on for as long as its client likes. */
  readonly seconds: number | null;
}

/** What the gateway tells of queue, jobs and requests. No label is an id, and none is of a tenant. */
export class GatewayMetrics extends ProgramMetrics {
  readonly #now: () => number;
  readonly #uploads: Counter;
  readonly #uploadBytes: Counter;
  readonly #requests: Counter;
  readonly #requestSeconds: Histogram;
  readonly #storeUp: Gauge;
  readonly #leasesLost: Counter;
  readonly #jobs: ReturnType<typeof jobMetrics>;

  constructor(sources: GatewaySources) {
    super('gateway');
    this.#now = sources.now ?? Date.now;
    const registers = [this.registry];
    addGauges(this, sources, this.#now);
    this.#jobs = jobMetrics(registers);
    beginAtZero(this.#jobs);
    this.#uploads = new Counter({
      ...{ registers, name: 'voicesync_uploads_total' },
      help: 'Recordings that came whole and became a job.',
    });
    this.#uploadBytes = new Counter({
      ...{ registers, name: 'voicesync_upload_bytes_total' },
      help: 'Sealed bytes of these recordings.',
    });
    this.#requests = new Counter({
      ...{ registers, name: 'voicesync_http_requests_total', labelNames: ['method', 'route', 'status'] },
      help: 'Requests that were answered, by the pattern of their address.',
    });
    this.#requestSeconds = new Histogram({
      ...{ registers, name: 'voicesync_http_request_duration_seconds', labelNames: ['method', 'route'] },
      help: 'Time from a request to its whole answer.',
      buckets: REQUEST_BUCKETS_S,
    });
    this.#storeUp = new Gauge({
      ...{ registers, name: 'voicesync_store_up' },
      help: 'Whether the store answered when it was last tried.',
    });
    this.#leasesLost = new Counter({
      ...{ registers, name: 'voicesync_leases_lost_total' },
      help: 'Jobs whose worker gave no sign of life any more, and went back into the queue.',
    });
  }

  uploaded(sizeBytes: number): void {
    this.#uploads.inc();
    this.#uploadBytes.inc(sizeBytes);
  }

  answered(request: AnsweredRequest): void {
    const { method, route, status, seconds } = request;
    this.#requests.inc({ method, route, status });
    if (seconds !== null) this.#requestSeconds.observe({ method, route }, seconds);
  }

  storeTried(isUp: boolean): void {
    this.#storeUp.set(Number(isUp));
  }

  leasesLost(count: number): void {
    this.#leasesLost.inc(count);
  }

  /** The rows, and what happens there counted: an attempt that the rows refuse is none. */
  counted(rows: AttemptRows): AttemptRows {
    return {
      begin: async (ticket) => {
        const job = await rows.begin(ticket);
        this.#jobs.wait.observe(Math.max(0, this.#now() - (job.queuedAtMs ?? job.createdAtMs)) / 1000);
        return job;
      },
      renew: (...attempt) => rows.renew(...attempt),
      end: async (jobId, end) => {
        const job = await rows.end(jobId, end);
        this.#ended(job, end);
        return job;
      },
    };
  }

  #ended(job: OfficeJob, end: Omit<OfficeAttemptEnd, 'atMs'>): void {
    const { attempts, run, failures, retries, ended } = this.#jobs;
    const { outcome, failureCode } = end;
    attempts.inc({ outcome });
    run.observe({ outcome }, Math.max(0, this.#now() - begunAtMs(end.attemptId)) / 1000);
    if (failureCode !== null) failures.inc({ code: failureCode });
    if (job.state === 'waiting') retries.inc();
    // A window's end is not that of its recording.
    const isWhole = job.parentId === null;
    if (isWhole && (job.state === 'done' || job.state === 'failed')) ended.inc({ state: job.state });
    if (end.figures) this.#worked(end.figures, job.windows > 0);
  }

  /** A divided recording's processing is told window by window, and its length at the end: they make no ratio there. */
  #worked({ audioMs, processingMs, words }: WorkFigures, isDivided: boolean): void {
    const { audio, processing, realTimeFactor } = this.#jobs;
    audio.inc(audioMs / 1000);
    processing.inc(processingMs / 1000);
    this.#jobs.words.inc(words);
    if (audioMs > 0 && !isDivided) realTimeFactor.observe(processingMs / audioMs);
  }
}

/** The ids of attempts are UUIDs of version 7, whose first 48 bits are the milliseconds since 1970 when they were made (RFC 9562, 5.7). */
function begunAtMs(attemptId: string): number {
  return Number.parseInt(attemptId.replaceAll('-', '').slice(0, 12), 16);
}

/** Prometheus sees how much a counter grows, and not that there is a new one: what has not happened yet is told as 0. */
function beginAtZero({ attempts, ended, failures }: ReturnType<typeof jobMetrics>): void {
  for (const outcome of AttemptEndRequest.shape.outcome.options) attempts.inc({ outcome }, 0);
  for (const state of ['done', 'failed']) ended.inc({ state }, 0);
  for (const code of [...ERROR_CODES, ...OFFICE_ERROR_CODES]) failures.inc({ code }, 0);
}

function jobMetrics(registers: ProgramMetrics['registry'][]) {
  return {
    wait: new Histogram({
      ...{ registers, name: 'voicesync_job_wait_seconds', buckets: LONG_BUCKETS_S },
      help: 'Time from when a job came into the queue until a worker began it.',
    }),
    run: new Histogram({
      ...{ registers, name: 'voicesync_job_run_seconds', labelNames: ['outcome'], buckets: LONG_BUCKETS_S },
      help: 'Time that an attempt took.',
    }),
    attempts: new Counter({
      ...{ registers, name: 'voicesync_job_attempts_total', labelNames: ['outcome'] },
      help: 'Attempts that ended.',
    }),
    ended: new Counter({
      ...{ registers, name: 'voicesync_jobs_ended_total', labelNames: ['state'] },
      help: 'Jobs that ended, done or failed for good.',
    }),
    failures: new Counter({
      ...{ registers, name: 'voicesync_job_failures_total', labelNames: ['code'] },
      help: 'Attempts that failed, by why.',
    }),
    retries: new Counter({
      ...{ registers, name: 'voicesync_job_retries_total' },
      help: 'Failed attempts after which the job waits for another.',
    }),
    audio: new Counter({
      ...{ registers, name: 'voicesync_audio_seconds_total' },
      help: 'Length of the recordings that were transcribed.',
    }),
    processing: new Counter({
      ...{ registers, name: 'voicesync_processing_seconds_total' },
      help: 'Time that workers took for them, from the opened recording to its text.',
    }),
    realTimeFactor: new Histogram({
      ...{ registers, name: 'voicesync_real_time_factor_ratio', buckets: REAL_TIME_BUCKETS },
      help: 'Processing time of a recording divided by its length.',
    }),
    words: new Counter({
      ...{ registers, name: 'voicesync_words_total' },
      help: 'Words that were transcribed, of all recordings together.',
    }),
  };
}

/** What is looked up when somebody asks. */
function addGauges({ registry }: ProgramMetrics, sources: GatewaySources, now: () => number): void {
  const { figures, workers } = sources;
  const registers = [registry];
  const depth = () => figures().jobs.queued ?? 0;
  new Gauge({
    ...{ registers, name: 'voicesync_jobs', labelNames: ['state'] },
    help: 'Jobs in each state; failed ones are kept until somebody looks after them. Done and cancelled ones are not counted here.',
    collect() {
      for (const [state, count] of Object.entries(figures().jobs)) this.set({ state }, count);
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_queue_depth' },
    help: 'Jobs that a worker could begin now.',
    collect() {
      this.set(depth());
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_queue_depth_per_worker' },
    help: 'These jobs for each worker that takes jobs; all of them where there is none.',
    collect() {
      this.set(depth() / Math.max(1, workers.taking));
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_oldest_queued_job_age_seconds' },
    help: 'How long the job waits that came into the queue first; 0 if none waits.',
    collect() {
      const { oldestQueuedAtMs } = figures();
      this.set(oldestQueuedAtMs === null ? 0 : Math.max(0, now() - oldestQueuedAtMs) / 1000);
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_workers', labelNames: ['state'] },
    help: 'Workers that gave a sign of life within a lease.',
    collect() {
      for (const [state, count] of Object.entries(workers.count())) this.set({ state }, count);
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_redis_up' },
    help: 'Whether the gateway has a connection to Redis.',
    collect() {
      this.set(Number(sources.isRedisUp()));
    },
  });
  new Gauge({
    ...{ registers, name: 'voicesync_workers_token_expiry_timestamp_seconds' },
    help: 'When the token of workers expires that lasts longest, since 1970; 0 without one.',
    collect() {
      this.set((sources.workersTokenExpiresAtMs() ?? 0) / 1000);
    },
  });
}
