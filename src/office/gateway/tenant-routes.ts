import { ADMINISTRATION_ROUTES } from './administration-routes.ts';
import { COLLECT_ROUTES } from './collect-routes.ts';
import { COMMAND_ROUTES } from './command-routes.ts';
import { EVENTS_ROUTE } from './events-route.ts';
import { KEYS_ROUTE } from './keys-route.ts';
import { NOTICE_ROUTES } from './notice-routes.ts';
import { ROUTES, type Route } from './routes.ts';

/** Every route that a tenant's token opens: `gateway.test.ts` asks each as another tenant. */
export const TENANT_ROUTES: readonly Route[] = [
  ...ROUTES,
  ...COMMAND_ROUTES,
  ...ADMINISTRATION_ROUTES,
  KEYS_ROUTE,
  ...COLLECT_ROUTES,
  EVENTS_ROUTE,
  ...NOTICE_ROUTES,
];
