import { JobState } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { errorCode, errorPlace, isForeseen } from './error-code.ts';
import { currentSpan } from './trace-parent.ts';

/** Every event that the programs write into their logs, and what it means. A new one has its line here and in docs/office.md. */
export const OFFICE_EVENTS = {
  listening: 'The gateway answers requests at `address`, and tells its metrics at `metricsPort`.',
  uploaded: 'A recording is whole in the store, and there is a job of it.',
  begun: 'A worker began a job that had waited for `waitedMs`.',
  attemptEnded: 'A worker told how its attempt ended; `state` is the job’s since then, `code` why it failed.',
  leasesLost: '`count` jobs went back into the queue, since their workers gave no sign of life.',
  request: 'A request of this `route` failed in a way that nobody foresaw.',
  notices: 'Telling subscribers failed in a way that nobody foresaw.',
  noticeFailed: 'A subscriber could not be told, with `code`.',
  disk: 'The disk did not take what was written: the gateway ends, and nobody was told of it.',
  metrics: 'The metrics could not be told.',
  traces: 'Spans could not be sent to `OFFICE_OTLP_ENDPOINT`.',
  redis: 'Redis did not take a command, or its connection was lost.',
  ready: 'The worker takes jobs, and tells its metrics at `metricsPort`.',
  taken: 'The worker has a job.',
  ended: 'The worker’s job ended after `tookMs`.',
  failed: 'The worker’s attempt failed with `code`.',
  lost: 'The job is no longer this worker’s: it was paused, cancelled, or given to another.',
  unreachable: 'The worker could not reach gateway or queue, and asks again.',
} as const;
export type OfficeEvent = keyof typeof OFFICE_EVENTS;

const code = z.string().regex(/^[\w.-]{1,64}$/);

/** What can stand in a line besides time, level, program, event and trace: whatever has another form is left out. */
const FACTS = z.object({
  jobId: z.uuid(),
  subscriptionId: z.uuid(),
  state: JobState,
  code,
  /** An address of the program itself. */
  address: z.string().regex(/^https?:\/\/[\w.:[\]-]+$/),
  /** The pattern of an address, or the name of what is done now and then. */
  route: z.string().regex(/^(\/v1)?[/\w:.-]{0,80}$/),
  /** Of the program's own code. */
  place: z.string().regex(/^at .{1,300}$/),
  metricsPort: z.number(),
  sizeBytes: z.number(),
  waitedMs: z.number(),
  tookMs: z.number(),
  count: z.number(),
});

/** Facts of an event. */
export type Facts = Readonly<{ [key in keyof z.infer<typeof FACTS>]?: z.infer<typeof FACTS>[key] | null }>;

/** Lines of the office's programs: JSON, one for each event, without anything of a recording. */
export interface OfficeLog {
  info(event: OfficeEvent, facts?: Facts): void;
  warn(event: OfficeEvent, error: unknown, facts?: Facts): void;
  error(event: OfficeEvent, error: unknown, facts?: Facts): void;
}

/** Writes lines of one program to a stream. Within a span they have its ids. */
export function officeLog(program: string, write: (line: string) => void): OfficeLog {
  const line = (level: string, event: OfficeEvent, facts: Facts) => {
    const { traceId, spanId } = currentSpan() ?? {};
    const time = new Date().toISOString();
    write(`${JSON.stringify({ time, level, program, event, ...known(facts), traceId, spanId })}\n`);
  };
  return {
    info: (event, facts = {}) => line('info', event, facts),
    warn: (event, error, facts) => line('warn', event, { ...errorFacts(error), ...facts }),
    error: (event, error, facts) => line('error', event, { ...errorFacts(error), ...facts }),
  };
}

/** The facts that have the form of theirs. */
function known(facts: Facts): Facts {
  const kept = Object.entries(facts).filter(([name, value]) => {
    const form = FACTS.shape[name as keyof Facts] as z.ZodType | undefined;
    return form?.safeParse(value).success;
  });
  return Object.fromEntries(kept);
}

function errorFacts(error: unknown): Facts {
  return { code: errorCode(error), ...(!isForeseen(error) && { place: errorPlace(error) }) };
}
