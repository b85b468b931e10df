import { type ChainHead, EMPTY_CHAIN, entryHash } from './chain.ts';
import type { StoredAuditEntry } from './entry.ts';
import type { HeadReading } from './head-file.ts';

/**
 * A fault in the audit log.
 * - `altered`: the entry is not what was written under the audit key.
 * - `missing`: entries from `sequence` to `toSequence` are gone from the middle.
 * - `reordered`: the entry does not follow the one before it.
 * - `rolledBack`: the log ends at `sequence`, or differs there, although the head file has `toSequence`.
 * - `headMissing`, `headAltered`: the head file is gone, or not written under the audit key.
 */
export interface AuditFault {
  readonly kind: 'altered' | 'missing' | 'reordered' | 'rolledBack' | 'headMissing' | 'headAltered';
  readonly sequence: number;
  readonly toSequence: number;
}

/**
 * Checks a whole log against its head file: every entry's hash, that each follows the one before, and that the head is
 * in the log. A log that continues after the head is sound: the power may fail between a commit and the head's writing.
 * Proves that no entry up to the head was altered, dropped or rolled back, if the head file itself was not rolled back
 * too.
 */
export function verifyChain(
  entries: Iterable<StoredAuditEntry>,
  head: HeadReading,
  key: Uint8Array,
): AuditFault[] {
  const faults: AuditFault[] = [];
  let previous: ChainHead = EMPTY_CHAIN;
  let atHead: Buffer | null = null;
  for (const entry of entries) {
    faults.push(...entryFaults(entry, previous, key));
    if (typeof head !== 'string' && entry.sequence === head.sequence) atHead = entry.hash;
    previous = entry;
  }
  return [...faults, ...headFaults(head, atHead, previous)];
}

/** The faults that the head file shows, from the log's last entry and the hash that it has at the head's sequence. */
export function headFaults(head: HeadReading, hashAtHead: Buffer | null, last: ChainHead): AuditFault[] {
  if (head === 'missing') return [fault('headMissing', last.sequence)];
  if (head === 'altered') return [fault('headAltered', last.sequence)];
  const found = head.sequence === 0 ? EMPTY_CHAIN.hash : hashAtHead;
  if (found?.equals(head.hash)) return [];
  return [fault('rolledBack', Math.min(last.sequence, head.sequence), head.sequence)];
}

function entryFaults(entry: StoredAuditEntry, previous: ChainHead, key: Uint8Array): AuditFault[] {
  const faults: AuditFault[] = [];
  const expected = previous.sequence + 1;
  if (entry.sequence > expected) faults.push(fault('missing', expected, entry.sequence - 1));
  if (!entryHash(key, entry).equals(entry.hash)) {
    faults.push(fault('altered', entry.sequence));
  } else if (entry.sequence === expected && !entry.previousHash.equals(previous.hash)) {
    faults.push(fault('reordered', entry.sequence));
  }
  return faults;
}

function fault(kind: AuditFault['kind'], sequence: number, toSequence: number = sequence): AuditFault {
  return { kind, sequence, toSequence };
}
