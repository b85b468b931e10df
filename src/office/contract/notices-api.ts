import { LOCALES } from '../../contract/locale.ts';
import { z } from '../../contract/schema.ts';
import { OFFICE_ERROR_CODES } from './office-errors.ts';

/** What can be told of a job: that its result is ready, or that it failed for good. */
export const NoticeType = z.enum(['job.done', 'job.failed']);
export type NoticeType = z.infer<typeof NoticeType>;

const types = z
  .array(NoticeType)
  .min(1)
  .max(NoticeType.options.length)
  .default([...NoticeType.options]);

/** Who is to be told, of what, and how. */
export const SubscriptionRequest = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('email'),
    /** An address. */
    target: z.email().max(254),
    types,
    /** Of the mails. */
    language: z.enum(LOCALES).default(LOCALES[0]),
  }),
  z.object({
    channel: z.literal('webhook'),
    /** The URL that is sent to. */
    target: z.url({ protocol: /^https?$/ }).max(2_000),
    types,
  }),
]);
export type SubscriptionRequest = z.infer<typeof SubscriptionRequest>;

const Code = z.enum(OFFICE_ERROR_CODES);

/** A subscription as its tenant sees it. */
export const SubscriptionView = z.object({
  id: z.uuid(),
  channel: z.enum(['email', 'webhook']),
  target: z.string(),
  types: z.array(NoticeType),
  language: z.enum(LOCALES),
  /** Why nothing is sent any more; null while it is. */
  endedBy: Code.nullable(),
  /** Notices that were given up, kept to be sent again. */
  undelivered: z.number().int(),
  createdAtMs: z.number(),
});

export type SubscriptionView = z.infer<typeof SubscriptionView>;

/** A webhook's secret, `whsec_` and base64, told this once; null for mail. */
const Secret = z.string().nullable();

/** A new subscription. */
export const SubscriptionMade = SubscriptionView.extend({ secret: Secret });

/** A webhook's new secret; the earlier one signs as well until then. */
export const SecretMade = z.object({ secret: z.string(), earlierUntilMs: z.number() });

/** A tenant's subscriptions. */
export const SubscriptionList = z.object({ subscriptions: z.array(SubscriptionView) });

/** How many undelivered notices are listed. */
export const UndeliveredQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** Notices that were given up, the oldest first. */
export const UndeliveredList = z.object({
  notices: z.array(
    z.object({
      /** The `webhook-id`. */
      id: z.string(),
      jobId: z.string(),
      type: NoticeType,
      atMs: z.number(),
      attempts: z.number().int(),
      failure: Code.nullable(),
    }),
  ),
});

/** How many notices are sent again. */
export const Resent = z.object({ notices: z.number().int() });

/** The body of a webhook, as the Standard Webhooks specification has it; nothing of a recording is in it but its job's id. */
export const WebhookBody = z.object({
  /** The same however often it is sent. */
  id: z.string(),
  type: NoticeType,
  /** When it happened, in ISO 8601. */
  timestamp: z.iso.datetime(),
  data: z.object({ jobId: z.string() }),
});
export type WebhookBody = z.infer<typeof WebhookBody>;
