import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChainHead, canonicalDetail, EMPTY_CHAIN, entryHash } from './chain.ts';
import { NewAuditEntry, type StoredAuditEntry } from './entry.ts';
import { readHeadFile, writeHeadFile } from './head-file.ts';
import { verifyChain } from './verify-chain.ts';

const key = randomBytes(32);

let folder: string;
let headFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voicesync-audit-'));
  headFile = join(folder, 'head');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function chainOf(length: number): StoredAuditEntry[] {
  const entries: StoredAuditEntry[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const entry = {
      sequence,
      atMs: 1000 * sequence,
      action: 'version.finished',
      subjectId: uuidv7(),
      outcome: 'done',
      detail: canonicalDetail({ segments: sequence }),
      previousHash: entries.at(-1)?.hash ?? EMPTY_CHAIN.hash,
    };
    entries.push({ ...entry, hash: entryHash(key, entry) });
  }
  return entries;
}

function headOf(entries: StoredAuditEntry[]): ChainHead {
  return entries.at(-1) ?? EMPTY_CHAIN;
}

describe('a chain', () => {
  test('that nobody touched is sound, empty or not, and where the head lags behind', () => {
    const entries = chainOf(5);
    expect(verifyChain([], EMPTY_CHAIN, key)).toEqual([]);
    expect(verifyChain(entries, headOf(entries), key)).toEqual([]);
    expect(verifyChain(entries, headOf(entries.slice(0, 3)), key)).toEqual([]);
    expect(verifyChain(entries, EMPTY_CHAIN, key)).toEqual([]);
  });

  test.each<[keyof StoredAuditEntry, StoredAuditEntry[keyof StoredAuditEntry]]>([
    ['atMs', 1],
    ['action', 'version.exported'],
    ['subjectId', null],
    ['outcome', 'failed'],
    ['detail', '{}'],
    ['previousHash', Buffer.alloc(32)],
    ['hash', randomBytes(32)],
  ])('tells which entry was altered in its %s', (field, value) => {
    const entries = chainOf(5);
    const head = headOf(entries);
    entries[2] = { ...(entries[2] as StoredAuditEntry), [field]: value };
    expect(verifyChain(entries, head, key)[0]).toEqual({ kind: 'altered', sequence: 3, toSequence: 3 });
  });

  test('tells dropped entries, in the middle and at the end', () => {
    const entries = chainOf(6);
    const head = headOf(entries);
    const gap = entries.filter(({ sequence }) => sequence !== 3 && sequence !== 4);
    expect(verifyChain(gap, head, key)).toEqual([{ kind: 'missing', sequence: 3, toSequence: 4 }]);
    const cut = entries.slice(0, 4);
    expect(verifyChain(cut, head, key)).toEqual([{ kind: 'rolledBack', sequence: 4, toSequence: 6 }]);
    expect(verifyChain([], head, key)).toEqual([{ kind: 'rolledBack', sequence: 0, toSequence: 6 }]);
  });

  test('tells entries that were exchanged, or taken from another log', () => {
    const entries = chainOf(4);
    const head = headOf(entries);
    const [first, second, third, fourth] = entries as [StoredAuditEntry, ...StoredAuditEntry[]];
    const exchanged = [
      first,
      { ...third, sequence: 2 },
      { ...second, sequence: 3 },
      fourth,
    ] as StoredAuditEntry[];
    expect(verifyChain(exchanged, head, key).map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ['altered', 2],
      ['altered', 3],
      ['reordered', 4],
    ]);
    const other = chainOf(4);
    const mixed = [first, second, other[2], fourth] as StoredAuditEntry[];
    expect(verifyChain(mixed, head, key).map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ['reordered', 3],
      ['reordered', 4],
    ]);
    expect(verifyChain(other, head, key)).toEqual([{ kind: 'rolledBack', sequence: 4, toSequence: 4 }]);
  });

  test('written under another key passes for nothing', () => {
    const entries = chainOf(3);
    const faults = verifyChain(entries, headOf(entries), randomBytes(32));
    expect(faults.map(({ kind }) => kind)).toEqual(['altered', 'altered', 'altered']);
  });
});

describe('the head file', () => {
  test('comes back as it was written, and leaves nothing beside it', () => {
    const head = headOf(chainOf(300));
    writeHeadFile(headFile, key, EMPTY_CHAIN);
    writeHeadFile(headFile, key, head);
    expect(readHeadFile(headFile, key)).toEqual({ sequence: 300, hash: head.hash });
    expect(readdirSync(folder)).toEqual(['head']);
  });

  test('shows every flipped bit, every cut, another key and its own absence', () => {
    expect(readHeadFile(headFile, key)).toBe('missing');
    writeHeadFile(headFile, key, headOf(chainOf(2)));
    const bytes = readFileSync(headFile);
    expect(readHeadFile(headFile, randomBytes(32))).toBe('altered');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(headFile, flipped);
      expect(readHeadFile(headFile, key), `bit ${bit}`).toBe('altered');
    }
    for (let length = 0; length < bytes.length; length += 1) {
      writeFileSync(headFile, bytes.subarray(0, length));
      expect(readHeadFile(headFile, key)).toBe('altered');
    }
  });
});

describe('an entry', () => {
  const entry = { atMs: 1, action: 'recording.imported', subjectId: uuidv7(), outcome: 'done' };

  test('takes ids, numbers, hashes, codes and formats', () => {
    const detail = {
      durationMs: 5,
      sha256: 'a'.repeat(64),
      failure: 'media.empty',
      format: 'docx',
      versions: [uuidv7()],
    };
    expect(NewAuditEntry.parse({ ...entry, detail }).detail).toEqual(detail);
  });

  test.each(['hearing.wav', 'Smith', 'he said no', '/home/anna', ''])('refuses the text "%s"', (text) => {
    expect(NewAuditEntry.safeParse({ ...entry, detail: { text } }).success).toBe(false);
    expect(NewAuditEntry.safeParse({ ...entry, subjectId: text, detail: {} }).success).toBe(false);
  });
});
