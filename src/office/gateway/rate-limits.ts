import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TenantScope, type TokenScope } from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeTenants } from '../database/office-tenants.db.ts';
import type { Principal } from './access-tokens.ts';

const MINUTE_MS = 60_000;

/** Tokens and users that are counted at a time; whoever asked least recently is forgotten before. */
const MOST_COUNTED = 50_000;

/** Whether a scope is a tenant's, and not one of the office's own programs. */
const isOfTenant = (scope: TokenScope) => TenantScope.options.some((option) => option === scope);

/**
 * Counts the requests of each token or user and of each tenant within a minute, in memory: there is one gateway. Returns what every
 * request passes once it is known whose it is, which throws `request.tooMany`. The office's own programs are not counted.
 */
export async function rateLimits(
  app: FastifyInstance,
  tenants: Pick<OfficeTenants, 'settings'>,
  principalOf: (request: FastifyRequest) => Principal,
): Promise<(request: FastifyRequest) => Promise<void>> {
  await app.register(rateLimit, { global: false, timeWindow: MINUTE_MS, cache: MOST_COUNTED });
  const limited = (
    key: (principal: Principal) => string,
    most: (settings: ReturnType<OfficeTenants['settings']>) => number,
  ) =>
    app.createRateLimit({
      keyGenerator: (request) => key(principalOf(request)),
      max: (request) => most(tenants.settings(principalOf(request).tenantId)),
    });
  const limits = [
    limited(
      ({ tenantId, actor }) => `${tenantId} ${actor}`,
      (settings) => settings.requestsAMinuteOfOne,
    ),
    limited(
      ({ tenantId }) => tenantId,
      (settings) => settings.requestsAMinute,
    ),
  ];
  return async (request) => {
    if (!principalOf(request).scopes.some(isOfTenant)) return;
    for (const limit of limits) {
      const counted = await limit(request);
      if (!counted.isAllowed && counted.isExceeded) {
        throw new OfficeError('request.tooMany', { retryAfterS: counted.ttlInSeconds });
      }
    }
  };
}
