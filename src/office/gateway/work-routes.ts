import { AttemptEndRequest, IdParams, NoAnswer, RenewRequest, WorkJob } from '../contract/office-api.ts';
import { HELLO_ROUTES } from './hello-routes.ts';
import { type Route, route } from './routes.ts';

/**
 * What workers ask: whether they may begin a job, that they live, and how it ended. A worker's token has the scope `work`, which
 * no tenant's has: workers work for all tenants, and see none of their texts' names or owners but an id.
 */
export const WORK_ROUTES: readonly Route[] = [
  ...HELLO_ROUTES,
  route({
    method: 'POST',
    url: '/v1/work/:id/begin',
    summary: 'Take the job of an id that the queue gave',
    scope: 'work',
    params: IdParams,
    answer: WorkJob,
    handle: ({ services, params }) => services.attempts.begin(params.id),
  }),
  route({
    method: 'POST',
    url: '/v1/work/:id/renew',
    summary: 'Tell that the worker lives',
    scope: 'work',
    params: IdParams,
    body: RenewRequest,
    answer: NoAnswer,
    handle: async ({ services, params, body }) => {
      await services.attempts.renew(params.id, body.attemptId, body.progress ?? null);
      return {};
    },
  }),
  route({
    method: 'POST',
    url: '/v1/work/:id/end',
    summary: 'Tell how an attempt ended',
    scope: 'work',
    params: IdParams,
    body: AttemptEndRequest,
    answer: WorkJob,
    handle: async ({ services, flows, params, body }) => {
      const job = await services.attempts.end(params.id, body);
      // The windows of a recording that was divided, or, after the last of them, the recording itself.
      if (job.phase !== 'recording') await services.queue.add(job.parentId ?? job.id);
      if (job.phase === 'stitch' && job.state === 'done') flows.begin();
      return job;
    },
  }),
];
