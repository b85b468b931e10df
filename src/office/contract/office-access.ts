import { z } from '../../contract/schema.ts';
import type { TenantScope } from './office-api.ts';

/** Names of tenants are the folders of the store: none is within another. */
export const TenantId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'a tenant is named by a-z, 0-9 and -');

/** A limit; null for none. */
const Limit = z.number().int().nonnegative().nullable();

/** What a tenant may use. */
export const TenantSettings = z.object({
  /** Share of the turns among tenants that have jobs waiting: one of weight 2 gets two for one of weight 1. */
  weight: z.number().positive().max(1000),
  /** Uploads that are not complete, and jobs that have not ended, together. */
  openJobs: Limit,
  /** Sealed bytes of uploads that are begun on one day, UTC. */
  bytesADay: Limit,
  /** Sealed bytes of all its uploads. */
  storedBytes: Limit,
  /** Requests of all its users and tokens together, and of each. */
  requestsAMinute: z.number().int().positive(),
  requestsAMinuteOfOne: z.number().int().positive(),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

/** Those of a tenant for whom nobody has set others: 1,000 users may ask twice a second, one may send 33 files a second. */
export const DEFAULT_TENANT: TenantSettings = {
  weight: 1,
  openJobs: null,
  bytesADay: null,
  storedBytes: null,
  requestsAMinute: 120_000,
  requestsAMinuteOfOne: 6_000,
};

/** What a user of the house's identity provider is. */
export const Role = z.enum(['clerk', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;

/**
 * What each role allows. A user sees all recordings of the tenant, not only those that he sent: who may see less is in a tenant of his own.
 * None has the scope `work`.
 */
export const ROLE_SCOPES: Readonly<Record<Role, readonly z.infer<typeof TenantScope>[]>> = {
  clerk: ['upload', 'read', 'control'],
  auditor: ['audit'],
  admin: ['read', 'control', 'admin'],
};
