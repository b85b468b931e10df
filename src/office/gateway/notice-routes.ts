import { randomUUID } from 'node:crypto';
import { LOCALES } from '../../contract/locale.ts';
import {
  Resent,
  SecretMade,
  SubscriptionList,
  SubscriptionMade,
  SubscriptionRequest,
  type SubscriptionView,
  UndeliveredList,
  UndeliveredQuery,
} from '../contract/notices-api.ts';
import { IdParams, NoAnswer } from '../contract/office-api.ts';
import type { OfficeAuditAction } from '../contract/office-audit.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { Subscription } from '../database/subscriptions.db.ts';
import { makeWebhookSecret, secretNotation } from '../notices/webhook.ts';
import { assertAllowedUrl } from '../notices/webhook-target.ts';
import { nowOf, type OfficeServices } from './office-services.ts';
import { type Route, route } from './routes.ts';

/** Subscriptions that one tenant may have. */
const MOST_SUBSCRIPTIONS = 20;

/** How long a webhook's earlier secret signs beside the new one, in milliseconds: a day. */
const EARLIER_SECRET_MS = 24 * 3600 * 1000;

/** Who is told when jobs are done, and what could not be told. */
export const NOTICE_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/subscriptions',
    summary: 'Have an address or a program told of jobs that are done or failed',
    scope: 'control',
    body: SubscriptionRequest,
    answer: SubscriptionMade,
    handle: async ({ services, tenantId, actor, body }) => {
      const secret = body.channel === 'webhook' ? makeWebhookSecret() : null;
      const target = targetOf(services, body);
      if (services.subscriptions.list(tenantId).length >= MOST_SUBSCRIPTIONS) {
        throw new OfficeError('subscription.tooMany');
      }
      const language = body.channel === 'email' ? body.language : LOCALES[0];
      const createdAtMs = nowOf(services);
      const { channel } = body;
      const types = [...new Set(body.types)];
      const made = { id: randomUUID(), tenantId, channel, target, types, language, secret, createdAtMs };
      services.transaction(() => {
        if (!services.subscriptions.add(made)) throw new OfficeError('subscription.exists');
        note(services, { tenantId, actor }, 'subscription.made', made.id);
      });
      const view = viewOf(services, ownSubscription(services, tenantId, made.id));
      return { ...view, secret: secret && secretNotation(secret) };
    },
  }),
  route({
    method: 'GET',
    url: '/v1/subscriptions',
    summary: 'List who is told',
    scope: 'control',
    answer: SubscriptionList,
    handle: async ({ services, tenantId }) => ({
      subscriptions: services.subscriptions.list(tenantId).map((own) => viewOf(services, own)),
    }),
  }),
  route({
    method: 'DELETE',
    url: '/v1/subscriptions/:id',
    summary: 'Tell this subscriber nothing more, and forget what it was not told',
    scope: 'control',
    params: IdParams,
    answer: NoAnswer,
    handle: async ({ services, tenantId, actor, params }) => {
      const { id } = ownSubscription(services, tenantId, params.id);
      services.transaction(() => {
        services.subscriptions.remove(tenantId, id);
        note(services, { tenantId, actor }, 'subscription.removed', id);
      });
      return {};
    },
  }),
  route({
    method: 'POST',
    url: '/v1/subscriptions/:id/secret',
    summary: 'Get a new secret for a webhook; the earlier one signs as well for a day',
    scope: 'control',
    params: IdParams,
    answer: SecretMade,
    handle: async ({ services, tenantId, actor, params }) => {
      const { id, channel } = ownSubscription(services, tenantId, params.id);
      if (channel !== 'webhook') throw new OfficeError('request.invalid');
      const secret = makeWebhookSecret();
      const earlierUntilMs = nowOf(services) + EARLIER_SECRET_MS;
      services.transaction(() => {
        services.subscriptions.changeSecret(id, secret, earlierUntilMs);
        note(services, { tenantId, actor }, 'subscription.secretChanged', id);
      });
      return { secret: secretNotation(secret), earlierUntilMs };
    },
  }),
  route({
    method: 'GET',
    url: '/v1/subscriptions/:id/undelivered',
    summary: 'List what a subscriber could not be told',
    scope: 'control',
    params: IdParams,
    query: UndeliveredQuery,
    answer: UndeliveredList,
    handle: async ({ services, tenantId, params, query }) => {
      const { id } = ownSubscription(services, tenantId, params.id);
      return { notices: services.notices.undelivered(id, query.limit) };
    },
  }),
  route({
    method: 'POST',
    url: '/v1/subscriptions/:id/resend',
    summary: 'Take a subscription up again, and send what could not be delivered',
    scope: 'control',
    params: IdParams,
    answer: Resent,
    handle: async ({ services, tenantId, actor, params }) => {
      const { id } = ownSubscription(services, tenantId, params.id);
      const notices = services.transaction(() => {
        note(services, { tenantId, actor }, 'subscription.resent', id);
        return services.notices.resend(id, nowOf(services));
      });
      return { notices };
    },
  }),
];

/** Tells a change in the tenant's audit log, in the transaction that makes it; never the target, which may be somebody's address. */
function note(
  services: OfficeServices,
  { tenantId, actor }: { readonly tenantId: string; readonly actor: string },
  action: OfficeAuditAction,
  subjectId: string,
): void {
  services.audit.append({ tenantId, atMs: nowOf(services), action, subjectId, detail: { actor } });
}

/** A tenant's subscription. Throws `subscription.notFound` for another's, too. */
function ownSubscription({ subscriptions }: OfficeServices, tenantId: string, id: string): Subscription {
  const own = subscriptions.get(tenantId, id);
  if (own === null) throw new OfficeError('subscription.notFound');
  return own;
}

/** The target in one notation. Throws `target.forbidden`, `mail.unset`. */
function targetOf({ noticeRules }: OfficeServices, { channel, target }: SubscriptionRequest): string {
  if (channel === 'webhook') {
    const url = new URL(target);
    assertAllowedUrl(url, noticeRules.webhookHosts);
    return url.href;
  }
  if (noticeRules.mayMailTo === null) throw new OfficeError('mail.unset');
  if (!noticeRules.mayMailTo(target)) throw new OfficeError('target.forbidden');
  return target;
}

function viewOf({ notices }: OfficeServices, subscription: Subscription): SubscriptionView {
  const { id, channel, target, types, language, endedBy, createdAtMs } = subscription;
  const undelivered = notices.undeliveredCount(id);
  return { id, channel, target, types: [...types], language, endedBy, undelivered, createdAtMs };
}
