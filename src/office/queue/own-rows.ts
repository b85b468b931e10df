import type { OfficeJobs } from '../database/office-jobs.db.ts';
import type { AttemptRows } from './job-taker.ts';

/** The rows, asked in the process that holds them: what the gateway answers its workers with. */
export function ownRows(jobs: OfficeJobs, leaseMs: number, now: () => number = Date.now): AttemptRows {
  return {
    begin: async (ticket) => jobs.beginNext({ ticket, atMs: now(), leaseUntilMs: now() + leaseMs }),
    renew: async (jobId, attemptId, progress) =>
      jobs.renew({ jobId, attemptId, leaseUntilMs: now() + leaseMs, progress }),
    end: async (jobId, end) => jobs.end(jobId, { ...end, atMs: now() }),
  };
}
