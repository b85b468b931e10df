import { FinishedList, FinishedQuery } from '../contract/collect-api.ts';
import { IdParams, ResultRequest } from '../contract/office-api.ts';
import { finishedObject, type Route, route } from './routes.ts';

/** What the machine with a tenant's vault asks: which jobs are done, and their sealed recordings. */
export const COLLECT_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/finished',
    summary: 'List finished jobs in the order in which they ended',
    scope: 'read',
    query: FinishedQuery,
    answer: FinishedList,
    handle: async ({ services, tenantId, query: { afterMs, afterId, limit } }) => {
      const isFirst = afterMs === undefined || afterId === undefined;
      const after = isFirst ? null : { finishedAtMs: afterMs, jobId: afterId };
      return { jobs: services.finished.after(tenantId, after, limit) };
    },
  }),
  route({
    method: 'GET',
    url: '/v1/jobs/:id/recording',
    summary: 'Get the request that reads the sealed recording of a finished job from the store',
    scope: 'read',
    params: IdParams,
    answer: ResultRequest,
    handle: ({ services, tenantId, actor, params: { id } }) =>
      finishedObject(services, { tenantId, actor }, id, 'recording'),
  }),
];
