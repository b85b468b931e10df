import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeTenants } from '../database/office-tenants.db.ts';

const DAY_MS = 86_400_000;

/** How soon it is worth asking again whether a recording has been finished, in seconds. */
const SOON_S = 60;

/**
 * Throws unless a tenant may send so many sealed bytes more as one job: `quota.openJobs` and `quota.bytesToday`, with when to ask again,
 * or `quota.storedBytes`. Called in the transaction that adds them, and before anything is begun.
 */
export function assertRoomForUpload(
  tenants: OfficeTenants,
  tenantId: string,
  sizeBytes: number,
  atMs: number,
): void {
  assertRoomForJob(tenants, tenantId);
  const { bytesADay, storedBytes } = tenants.settings(tenantId);
  if (bytesADay === null && storedBytes === null) return;
  const used = tenants.usage(tenantId, atMs);
  if (storedBytes !== null && used.storedBytes + sizeBytes > storedBytes)
    throw new OfficeError('quota.storedBytes');
  if (bytesADay !== null && used.bytesToday + sizeBytes > bytesADay) {
    throw new OfficeError('quota.bytesToday', { retryAfterS: Math.ceil((DAY_MS - (atMs % DAY_MS)) / 1000) });
  }
}

/** Throws `quota.openJobs` unless a tenant may have one more job that has not ended. */
export function assertRoomForJob(tenants: OfficeTenants, tenantId: string): void {
  const { openJobs } = tenants.settings(tenantId);
  if (openJobs !== null && tenants.openJobs(tenantId) >= openJobs) {
    throw new OfficeError('quota.openJobs', { retryAfterS: SOON_S });
  }
}
