import type { OfficeUpload } from '../database/office-uploads.db.ts';
import type { AttemptRows } from '../queue/job-taker.ts';
import type { AnsweredRequest, GatewayMetrics } from './gateway-metrics.ts';
import type { OfficeLog } from './office-log.ts';
import { pastSpan } from './spans.ts';
import { atTrace, contextOf, traceParentOf, traceParentOfJob } from './trace-parent.ts';

/** What the gateway's parts tell of what happens there. */
export interface GatewayWatch {
  /** An upload is whole, and there is a job of it. */
  uploaded(upload: Pick<OfficeUpload, 'id' | 'sizeBytes' | 'createdAtMs' | 'traceParent'>): void;
  answered(request: AnsweredRequest): void;
}

/** Tells of it by metrics, spans and lines of the log. */
export function watchGateway(metrics: GatewayMetrics, log: OfficeLog): GatewayWatch {
  return {
    uploaded: ({ id, sizeBytes, createdAtMs, traceParent }) => {
      metrics.uploaded(sizeBytes);
      const facts = { 'voicesync.job_id': id, 'voicesync.size_bytes': sizeBytes };
      const parent = contextOf(traceParent ?? traceParentOf(id));
      pastSpan('upload', { parent, facts }, { fromMs: createdAtMs, toMs: Date.now() });
      atTrace(traceParent ?? traceParentOf(id), () => log.info('uploaded', { jobId: id, sizeBytes }));
    },
    answered: (request) => metrics.answered(request),
  };
}

/** The rows of jobs, with all that workers tell of them counted, told as spans and written into the log. */
export function watchedRows(rows: AttemptRows, metrics: GatewayMetrics, log: OfficeLog): AttemptRows {
  const counted = metrics.counted(rows);
  return {
    begin: async (ticket) => {
      const job = await counted.begin(ticket);
      const jobId = job.id;
      const trace = traceParentOfJob(job);
      const [parent, facts] = [contextOf(trace), { 'voicesync.job_id': jobId }];
      const time = { fromMs: job.queuedAtMs ?? job.createdAtMs, toMs: Date.now() };
      pastSpan('wait', { parent, facts }, time);
      atTrace(trace, () => log.info('begun', { jobId, waitedMs: Math.max(0, time.toMs - time.fromMs) }));
      return job;
    },
    renew: (...attempt) => counted.renew(...attempt),
    end: async (jobId, end) => {
      const job = await counted.end(jobId, end);
      log.info('attemptEnded', { jobId, state: job.state, code: end.failureCode });
      return job;
    },
  };
}
