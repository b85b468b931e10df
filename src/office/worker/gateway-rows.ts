import { AppError } from '../../contract/errors.ts';
import { GatewayRequests } from '../client/gateway-requests.ts';
import { NoAnswer, WorkJob } from '../contract/office-api.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import type { WorkerState } from '../contract/watch-api.ts';
import type { AttemptRows } from '../queue/job-taker.ts';

/** What a worker asks the gateway: the rows of jobs, and that it hears who lives. */
export interface GatewayRows extends AttemptRows {
  hello(workerId: string, state: WorkerState): Promise<void>;
}

/** The rows of jobs, asked through the gateway. Each request is made once: what repeats it is the taker. */
export function gatewayRows(gateway: string, token: string): GatewayRows {
  const requests = new GatewayRequests({ gateway, token }, []);
  // Signs of life are no part of a recording's trace.
  return {
    begin: (jobId) => asRows(requests.ask(WorkJob, 'POST', `/v1/work/${jobId}/begin`)),
    renew: async (jobId, attemptId, progress) => {
      const sign = { attemptId, ...(progress !== null && { progress }) };
      await asRows(requests.ask(NoAnswer, 'POST', `/v1/work/${jobId}/renew`, sign, null));
    },
    hello: async (workerId, state) => {
      await requests.ask(NoAnswer, 'POST', '/v1/work/hello', { workerId, state }, null);
    },
    end: (jobId, end) => asRows(requests.ask(WorkJob, 'POST', `/v1/work/${jobId}/end`, end)),
  };
}

/** The errors that the rows themselves throw. */
async function asRows<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isOfficeError(error, 'job.notFound')) throw new AppError('job.notFound', { id: '' });
    if (isOfficeError(error, 'job.wrongState')) {
      throw new AppError('job.wrongState', { state: '', action: 'finish' });
    }
    throw error;
  }
}
