import { NoAnswer } from '../contract/office-api.ts';
import { HelloRequest } from '../contract/watch-api.ts';
import { type Route, route } from './routes.ts';

/** What workers say that have no job as well: the gateway learns how many live. */
export const HELLO_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/work/hello',
    summary: 'Tell that the worker lives, and whether it takes jobs',
    scope: 'work',
    body: HelloRequest,
    answer: NoAnswer,
    handle: async ({ services, body }) => {
      services.workers.hello(body.workerId, body.state);
      return {};
    },
  }),
];
