import { ERROR_CODES } from '../../contract/errors.ts';
import { z } from '../../contract/schema.ts';
import { TenantSettings } from './office-access.ts';
import { TokenScope } from './office-api.ts';
import { OFFICE_ERROR_CODES } from './office-errors.ts';

/** Everything that a tenant's audit log records. Append only: recorded entries keep their names for ever. */
export const OfficeAuditAction = z.enum([
  /** A token or a user asked for something, the first time in an hour, or was refused. */
  'signIn',
  'upload.begun',
  'upload.completed',
  'result.fetched',
  'recording.fetched',
  'job.paused',
  'job.resumed',
  'job.cancelled',
  'job.retried',
  'job.putFirst',
  'token.made',
  'token.revoked',
  'tenant.changed',
  'subscription.made',
  'subscription.removed',
  'subscription.secretChanged',
  'subscription.resent',
  'vaultKey.changed',
]);
export type OfficeAuditAction = z.infer<typeof OfficeAuditAction>;

/** Who did it: `token:ID`, `user:SUBJECT` as the identity provider names him, or whoever runs the office's commands. */
export const AuditActor = z.string().regex(/^(operator|token:[0-9a-f]{16}|user:[\x21-\x7e]{1,255})$/);

/** What else is told of an action: no text that anybody could write. */
export const OfficeAuditDetail = z.strictObject({
  actor: AuditActor,
  /** Why it was refused. */
  reason: z.enum([...ERROR_CODES, ...OFFICE_ERROR_CODES]).optional(),
  scopes: z.array(TokenScope).optional(),
  expiresAtMs: z.number().int().optional(),
  settings: TenantSettings.optional(),
});
export type OfficeAuditDetail = z.infer<typeof OfficeAuditDetail>;

/** An entry as its tenant's auditors see it. */
export const OfficeAuditEntry = z.object({
  /** 1 for the first entry of the tenant, without gaps. */
  sequence: z.number().int(),
  atMs: z.number().int(),
  action: OfficeAuditAction,
  /** The upload and job, the token, or the subscription. */
  subjectId: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  detail: OfficeAuditDetail,
  /** In hex. Whoever keeps the last one can prove later that nothing before it was changed. */
  hash: z.string(),
});
export type OfficeAuditEntry = z.infer<typeof OfficeAuditEntry>;

/** Which entries are told: those after a number, oldest first. */
export const AuditQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** Entries of the tenant's audit log. */
export const AuditPage = z.object({ entries: z.array(OfficeAuditEntry) });
