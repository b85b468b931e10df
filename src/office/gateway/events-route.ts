import { z } from '../../contract/schema.ts';
import { EventHeaders } from '../contract/events-api.ts';
import { EVENT_STREAM, route } from './routes.ts';

/** The route by which a tenant hears of its jobs as they change, for as long as it listens. */
export const EVENTS_ROUTE = route({
  method: 'GET',
  url: '/v1/events',
  summary: 'Hear of jobs as they change, by server-sent events',
  scope: 'read',
  answerType: EVENT_STREAM,
  answer: z.string(),
  handle: async ({ tenantId, streams, caller }) => {
    const lastEventId = EventHeaders.parse(caller.headers)['last-event-id'] ?? null;
    streams.open({ ...caller, tenantId, lastEventId }, caller.hijack);
    return '';
  },
});
