import type { Job } from '../../database/jobs/jobs.db.ts';
import type { StepProgress } from '../progress/progress-reporter.ts';
import type { JobContext } from './job-context.ts';

/**
 * One stage of a job. A new one is a file with its step, a line in `job-steps.ts`, and a message with its name for those
 * who watch progress.
 */
export interface JobStep {
  /** Unique among the steps; the `stage` of progress events, and in the catalogues the key of its name. */
  readonly name: string;
  /**
   * Steps in a row that stream start together, and each consumes what those before it produce while they run (see
   * `JobContext`). Any other step starts when all before it are done.
   */
  readonly streams: boolean;
  /** Not reported, since it only runs beside other steps: it calls no `enter` and needs no message. */
  readonly silent?: true;
  /** Its share of the work in a job, for the percentage reported; the shares need no particular sum. */
  weight(job: Job): number;
  /**
   * How long it takes once all windows are transcribed, in milliseconds, for the ETA; without it, next to nothing.
   * `durationMs`: the length of the recording as far as it is known.
   */
  expectedMs?(job: Job, durationMs: number | null): number;
  /** Whether it has nothing left to do, since an earlier attempt did it or the job does not need it. It is then not run. */
  isDone(context: JobContext): Promise<boolean>;
  /** Prepares, in the background, to be run soon: called while the last of the steps that stream still runs. */
  prepare?(context: JobContext): void;
  /**
   * Does the step's work, resuming where an earlier attempt was stopped. All that it has made durable stays when it throws:
   * what stops the job, or the signal's reason.
   */
  run(context: JobContext, progress: StepProgress, signal: AbortSignal): Promise<void>;
}
