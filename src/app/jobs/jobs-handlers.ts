import type { Handlers } from '../../contract/ipc.ts';
import type { Jobs } from './jobs.ts';

/** Dependencies of the job requests. */
export interface JobsApp {
  readonly jobs: Jobs;
  readonly library: {
    /** Sends the rows of these recordings to the window. */
    touch(recordingIds: readonly string[]): void;
  };
  /** Sends a job's row to the window again. */
  touchJob(jobId: string): Promise<void>;
}

/**
 * Request handlers of jobs.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function jobsHandlers(open: () => JobsApp): Pick<Handlers, Extract<keyof Handlers, `jobs.${string}`>> {
  const queueStep = async (jobId: string, take: (queue: Jobs['queue']) => Promise<void>) => {
    await take(open().jobs.queue);
    await open().touchJob(jobId);
  };
  return {
    'jobs.start': async ({ recordingId, choice }) => {
      await open().jobs.transcribe(recordingId, choice);
      open().library.touch([recordingId]);
    },
    'jobs.retranscribe': async ({ recordingId, range, choice }) => ({
      jobId: await open().jobs.retranscribe(recordingId, range, choice),
    }),
    'jobs.pause': ({ jobId }) => queueStep(jobId, (queue) => queue.pause(jobId)),
    'jobs.resume': ({ jobId }) => queueStep(jobId, (queue) => queue.resume(jobId)),
    'jobs.cancel': ({ jobId }) => queueStep(jobId, (queue) => queue.cancel(jobId)),
    'jobs.retry': ({ jobId }) => queueStep(jobId, (queue) => queue.retry(jobId)),
    'jobs.first': ({ jobId }) => queueStep(jobId, (queue) => queue.putFirst(jobId)),
    'jobs.move': ({ jobId, beforeJobId }) =>
      queueStep(jobId, (queue) => queue.moveBefore(jobId, beforeJobId)),
  };
}
