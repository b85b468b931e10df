import {
  MadeToken,
  TenantView,
  TokenList,
  TokenParams,
  TokenRequest,
} from '../contract/administration-api.ts';
import { NoAnswer } from '../contract/office-api.ts';
import { AuditPage, AuditQuery } from '../contract/office-audit.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { idOfToken, makeToken } from './access-tokens.ts';
import { nowOf } from './office-services.ts';
import { type Route, route } from './routes.ts';

const DAY_MS = 86_400_000;

/** What a tenant's administrators and auditors ask, about their own tenant alone. Its quotas are changed by the office's command. */
export const ADMINISTRATION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/tenant',
    summary: 'Ask what the tenant may use, and what it uses',
    scope: 'read',
    answer: TenantView,
    handle: async ({ services, tenantId }) => ({
      id: tenantId,
      settings: services.tenants.settings(tenantId),
      usage: services.tenants.usage(tenantId, nowOf(services)),
    }),
  }),
  route({
    method: 'GET',
    url: '/v1/audit',
    summary: 'Read the tenant’s audit log',
    scope: 'audit',
    query: AuditQuery,
    answer: AuditPage,
    handle: async ({ services, tenantId, query }) => ({
      entries: services.audit.page(tenantId, query.after, query.limit),
    }),
  }),
  route({
    method: 'GET',
    url: '/v1/tokens',
    summary: 'List the tenant’s access tokens',
    scope: 'admin',
    answer: TokenList,
    handle: async ({ services, tenantId }) => ({
      tokens: services.tokens.list(tenantId).map(({ id, scopes, expiresAtMs, createdAtMs }) => ({
        id,
        scopes: [...scopes],
        expiresAtMs,
        createdAtMs,
      })),
    }),
  }),
  route({
    method: 'POST',
    url: '/v1/tokens',
    summary: 'Make an access token, which is told this once',
    scope: 'admin',
    body: TokenRequest,
    answer: MadeToken,
    handle: async ({ services, tenantId, actor, body: { scopes, days } }) => {
      const atMs = nowOf(services);
      const expiresAtMs = atMs + days * DAY_MS;
      return services.transaction(() => {
        const token = makeToken(services.tokens, { tenantId, scopes, expiresAtMs }, atMs);
        const id = idOfToken(token);
        const detail = { actor, scopes, expiresAtMs };
        services.audit.append({ tenantId, atMs, action: 'token.made', subjectId: id, detail });
        return { id, token, expiresAtMs };
      });
    },
  }),
  route({
    method: 'POST',
    url: '/v1/tokens/:id/revoke',
    summary: 'Revoke an access token',
    scope: 'admin',
    params: TokenParams,
    answer: NoAnswer,
    handle: async ({ services, tenantId, actor, params: { id } }) => {
      const { tokens, audit } = services;
      services.transaction(() => {
        if (tokens.get(id)?.tenantId !== tenantId) throw new OfficeError('token.notFound');
        tokens.remove(id);
        const atMs = nowOf(services);
        audit.append({ tenantId, atMs, action: 'token.revoked', subjectId: id, detail: { actor } });
      });
      return {};
    },
  }),
];
