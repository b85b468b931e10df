/** An alert, as Prometheus has it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must be so. */
  readonly for?: string;
  /** `critical`: nothing goes on until somebody does something; `warning`: somebody should look within the day. */
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const WEEK_S = 7 * 24 * 3600;

/** Failed attempts of ten or more within an hour that are worth a look. */
const FAILED_SHARE = 0.1;

function alert(
  name: string,
  severity: AlertRule['labels']['severity'],
  [expr, lasting]: readonly [expr: string, lasting?: string],
  summary: string,
  description: string,
): AlertRule {
  return {
    alert: `VoiceSync${name}`,
    expr,
    ...(lasting && { for: lasting }),
    labels: { severity },
    annotations: { summary, description },
  };
}

/** What somebody should be woken for, or look at. */
export const ALERT_RULES: readonly AlertRule[] = [
  alert(
    'GatewayGone',
    'critical',
    ['absent(voicesync_queue_depth)', '5m'],
    'No gateway tells its metrics.',
    'Look whether the gateway runs, and whether Prometheus reaches OFFICE_METRICS_PORT. Nobody can upload meanwhile; nothing is lost.',
  ),
  alert(
    'NoWorkers',
    'critical',
    ['voicesync_queue_depth > 0 and on () sum(voicesync_workers{state=~"idle|working"}) == 0', '5m'],
    '{{ $value }} recordings wait, and no worker takes any.',
    'Start workers. If they run, look into their logs for `unreachable`, and whether their token has expired.',
  ),
  alert(
    'OldestJobTooOld',
    'warning',
    ['voicesync_oldest_queued_job_age_seconds > 3600', '5m'],
    'A recording has waited for {{ $value | humanizeDuration }}.',
    'More workers than there are now are needed, or the ones that there are do not get on.',
  ),
  alert(
    'ManyFailures',
    'warning',
    [
      `sum(increase(voicesync_job_attempts_total{outcome="failed"}[1h])) / sum(increase(voicesync_job_attempts_total[1h])) > ${FAILED_SHARE} and sum(increase(voicesync_job_attempts_total[1h])) >= 10`,
      '10m',
    ],
    '{{ $value | humanizePercentage }} of the attempts of the last hour failed.',
    'The panel “Failed attempts” tells why: one code for all of them is the office’s fault, many are the recordings’.',
  ),
  alert(
    'DeadLettersGrow',
    'warning',
    ['delta(voicesync_jobs{state="failed"}[1h]) > 0'],
    'About {{ $value | printf "%.0f" }} more recordings were given up within an hour.',
    'They are kept. When the cause is gone they are tried again by POST /v1/jobs/ID/retry.',
  ),
  alert(
    'StoreUnreachable',
    'critical',
    ['voicesync_store_up == 0', '2m'],
    'The gateway cannot reach the store.',
    'Uploads and results wait. Look whether the store runs, has room, and knows the office’s key.',
  ),
  alert(
    'RedisUnreachable',
    'critical',
    ['voicesync_redis_up == 0', '2m'],
    'The gateway cannot reach Redis.',
    'Workers get no jobs. None is lost: they are rows in the gateway’s database, and are sent again when Redis is back, even if it is empty.',
  ),
  alert(
    'WorkersDie',
    'warning',
    ['increase(voicesync_leases_lost_total[1h]) > 3'],
    'Several workers died over their recordings within an hour.',
    'Look whether they have enough memory: the system ends what takes too much. Their jobs went to others.',
  ),
  alert(
    'WorkersTokenExpires',
    'warning',
    [
      `voicesync_workers_token_expiry_timestamp_seconds > 0 and voicesync_workers_token_expiry_timestamp_seconds - time() < ${WEEK_S}`,
    ],
    'The last token of the workers expires within a week.',
    'Make another (`npm run office -- token --tenant workers --scopes work`), give it to the workers, and start them anew.',
  ),
  alert(
    'SlowAnswers',
    'warning',
    [
      'histogram_quantile(0.99, sum by (le) (rate(voicesync_http_request_duration_seconds_bucket[10m]))) > 1',
      '15m',
    ],
    'One in a hundred requests takes longer than {{ $value | humanizeDuration }}.',
    'Look at the panels “Slowest requests” and “Event loop”, and at the machine’s disk.',
  ),
];
