import { createHmac } from 'node:crypto';
import type { StoredAuditEntry } from './entry.ts';

/** The end of a chain: how many entries there are, and the hash of the last. */
export interface ChainHead {
  readonly sequence: number;
  /** 32 bytes. */
  readonly hash: Buffer;
}

/** The head of a chain without entries. */
export const EMPTY_CHAIN: ChainHead = { sequence: 0, hash: Buffer.alloc(32) };

/**
 * The hash of an entry: HMAC-SHA-256 under the audit key over a label, the entry's canonical bytes and the hash before.
 * Canonical bytes are the UTF-8 JSON of the array of its fields in this order. The format may never change.
 */
export function entryHash(key: Uint8Array, entry: Omit<StoredAuditEntry, 'hash'>): Buffer {
  const fields = [entry.sequence, entry.atMs, entry.action, entry.subjectId, entry.outcome, entry.detail];
  return createHmac('sha256', key)
    .update('voicesync audit entry 1\0')
    .update(JSON.stringify(fields))
    .update(entry.previousHash)
    .digest();
}

/** JSON with sorted keys: one text for one detail. */
export function canonicalDetail(detail: Record<string, unknown>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))));
}
