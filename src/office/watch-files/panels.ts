/** One line of a panel. */
export interface PanelQuery {
  /** PromQL; `$__rate_interval` is Grafana's. */
  readonly expr: string;
  /** What the line is called; `{{label}}` is the label's value. */
  readonly legend: string;
}

/** A panel of the dashboard. */
export interface Panel {
  readonly title: string;
  /** What it tells and what to do about it, for whoever looks after the office. */
  readonly description: string;
  /** A unit as Grafana names it. */
  readonly unit: 'short' | 's' | 'bytes' | 'Bps' | 'reqps' | 'percentunit' | 'bool_on_off';
  readonly kind: 'number' | 'lines';
  readonly queries: readonly PanelQuery[];
  /** The colour of a number, and another from a value on. */
  readonly colours?: Colours;
}

type Colour = 'green' | 'orange' | 'red';
type Colours = { readonly below: Colour; readonly at: number; readonly above: Colour };

/** Panels that stand together under a title. */
export interface PanelRow {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Fine when it is 1 or more. */
const WANTED: Colours = { below: 'red', at: 1, above: 'green' };

const QUANTILES = [0.5, 0.95] as const;

/** How often something happens within a second, by these labels. */
function rateOf(metric: string, by: readonly string[] = []): string {
  return `sum${by.length > 0 ? ` by (${by.join(', ')})` : ''} (rate(${metric}[$__rate_interval]))`;
}

function quantile(q: number, histogram: string, by: readonly string[] = []): string {
  return `histogram_quantile(${q}, ${rateOf(`${histogram}_bucket`, ['le', ...by])})`;
}

function quantiles(histogram: string): PanelQuery[] {
  return QUANTILES.map((q) => ({ expr: quantile(q, histogram), legend: `${q * 100} % within` }));
}

function number(
  title: string,
  description: string,
  expr: string,
  { unit = 'short', colours }: { unit?: Panel['unit']; colours?: Colours } = {},
): Panel {
  const queries = [{ expr, legend: '' }];
  return { title, description, unit, kind: 'number', queries, ...(colours && { colours }) };
}

function lines(
  title: string,
  description: string,
  unit: Panel['unit'],
  ...queries: readonly (readonly [expr: string, legend: string])[]
): Panel {
  return {
    ...{ title, description, unit, kind: 'lines' as const },
    queries: queries.map(([expr, legend]) => ({ expr, legend })),
  };
}

/** Everything that the dashboard shows, from what matters at once to what explains it. */
export const PANEL_ROWS: readonly PanelRow[] = [
  {
    title: 'Now',
    panels: [
      number('Waiting', 'Jobs that a worker could begin now.', 'voicesync_queue_depth'),
      number(
        'Longest wait',
        'How long the job waits that came into the queue first.',
        'voicesync_oldest_queued_job_age_seconds',
        { unit: 's', colours: { below: 'green', at: 3600, above: 'red' } },
      ),
      number(
        'Waiting per worker',
        'What the number of workers is set by.',
        'voicesync_queue_depth_per_worker',
      ),
      number('Workers', 'Workers that take jobs.', 'sum(voicesync_workers{state=~"idle|working"})', {
        colours: WANTED,
      }),
      number(
        'Given up',
        'Jobs that failed for good and are kept until somebody tries them again or cancels them.',
        'voicesync_jobs{state="failed"}',
        { colours: { below: 'green', at: 1, above: 'orange' } },
      ),
      number('Store', 'Whether the store answers.', 'voicesync_store_up', {
        unit: 'bool_on_off',
        colours: WANTED,
      }),
      number('Redis', 'Whether the gateway has a connection to Redis.', 'voicesync_redis_up', {
        unit: 'bool_on_off',
        colours: WANTED,
      }),
    ],
  },
  {
    title: 'Queue',
    panels: [
      lines('Jobs by state', 'Done and cancelled jobs are left out: they only grow.', 'short', [
        'voicesync_jobs',
        '{{state}}',
      ]),
      lines('Workers by state', 'A draining one finishes its job and takes no other.', 'short', [
        'voicesync_workers',
        '{{state}}',
      ]),
      {
        ...{ title: 'Time in the queue', unit: 's', kind: 'lines' },
        description: 'From when a job came into the queue until a worker began it.',
        queries: quantiles('voicesync_job_wait_seconds'),
      },
      {
        ...{ title: 'Time of an attempt', unit: 's', kind: 'lines' },
        description: 'From when a worker began a job until it told how it ended.',
        queries: quantiles('voicesync_job_run_seconds'),
      },
    ],
  },
  {
    title: 'Work',
    panels: [
      lines(
        'Real-time factor',
        'Processing time for a second of sound. It grows when workers share processors, and with a bigger model.',
        'short',
        [
          `${rateOf('voicesync_processing_seconds_total')} / ${rateOf('voicesync_audio_seconds_total')}`,
          'mean',
        ],
        [quantile(0.95, 'voicesync_real_time_factor_ratio'), '95 % of recordings below'],
      ),
      lines(
        'Sound per second',
        'Seconds of recordings that are done within a second, by all workers.',
        'short',
        [rateOf('voicesync_audio_seconds_total'), 'seconds'],
      ),
      lines('Words per hour', 'Over the last hour, of all recordings together.', 'short', [
        'sum(increase(voicesync_words_total[1h]))',
        'words',
      ]),
      lines('Recordings per hour', 'Over the last hour.', 'short', [
        'sum by (state) (increase(voicesync_jobs_ended_total[1h]))',
        '{{state}}',
      ]),
      lines(
        'Stages of the work',
        'Half of the recordings took no longer; decoding and transcribing overlap.',
        's',
        [quantile(0.5, 'voicesync_worker_stage_seconds', ['stage']), '{{stage}}'],
      ),
      lines('Busy workers', 'The share of workers that have a recording.', 'percentunit', [
        'avg(voicesync_worker_busy)',
        'busy',
      ]),
    ],
  },
  {
    title: 'Errors',
    panels: [
      lines(
        'Failed attempts',
        'By why they failed; docs/office.md and the errors’ own sentences tell more.',
        'short',
        ['sum by (code) (increase(voicesync_job_failures_total[1h])) > 0', '{{code}}'],
      ),
      lines(
        'Second tries',
        'Failed attempts that are tried again, and jobs whose worker died.',
        'short',
        ['sum(increase(voicesync_job_retries_total[1h]))', 'tried again'],
        ['sum(increase(voicesync_leases_lost_total[1h]))', 'lost their worker'],
      ),
      lines(
        'Store, Redis and gateway',
        'Errors in a second, of all programs.',
        'short',
        [rateOf('voicesync_store_errors_total', ['code']), '{{code}}'],
        [rateOf('voicesync_redis_errors_total'), 'Redis'],
        [rateOf('voicesync_gateway_errors_total'), 'gateway, from workers'],
      ),
    ],
  },
  {
    title: 'Requests',
    panels: [
      lines('Answers', 'In a second, by status.', 'reqps', [
        rateOf('voicesync_http_requests_total', ['status']),
        '{{status}}',
      ]),
      lines('Slowest requests', '99 of 100 are answered within this time.', 's', [
        quantile(0.99, 'voicesync_http_request_duration_seconds', ['route']),
        '{{route}}',
      ]),
      lines('Uploads', 'Sealed bytes that came whole, in a second.', 'Bps', [
        rateOf('voicesync_upload_bytes_total'),
        'bytes',
      ]),
      lines('Uploads per hour', 'Recordings that became a job, over the last hour.', 'short', [
        'sum(increase(voicesync_uploads_total[1h]))',
        'recordings',
      ]),
    ],
  },
  {
    title: 'Programs',
    panels: [
      lines('Event loop', 'A gateway that answers late is seen here first.', 's', [
        'nodejs_eventloop_lag_p99_seconds',
        '{{instance}}',
      ]),
      lines(
        'Memory',
        'Resident memory; a worker’s model is in a process of its own and is not counted.',
        'bytes',
        ['process_resident_memory_bytes', '{{instance}}'],
      ),
      lines('Processor', 'Cores in use, by the program itself.', 'short', [
        'rate(process_cpu_seconds_total[$__rate_interval])',
        '{{instance}}',
      ]),
      lines('Versions', 'How many of each run.', 'short', [
        'count by (program, version) (voicesync_build_info)',
        '{{program}} {{version}}',
      ]),
      lines('Token of the workers', 'Time until the one expires that lasts longest.', 's', [
        'voicesync_workers_token_expiry_timestamp_seconds - time()',
        'left',
      ]),
    ],
  },
];
