import { ScalingState } from '../contract/scaling-api.ts';
import { type Route, route } from './routes.ts';

/** What starts and ends workers asks, with a token of the scope `scale`, which allows nothing else. */
export const SCALING_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/scaling',
    summary: 'Ask how many workers there are, and how many are wanted',
    scope: 'scale',
    answer: ScalingState,
    handle: async ({ services }) => services.scaling.state(),
  }),
];
