import Sqlite from 'better-sqlite3';
import type { AuditHead } from '../audit/audit-head.ts';
import { databaseError } from './database-error.ts';
import { migrate, refuseNewer } from './migrate.db.ts';
import type { Migration } from './migration.ts';

/**
 * The cipher, pinned by name with every parameter, because a library's defaults may change under an existing vault.
 * ChaCha20-Poly1305 of SQLite3 Multiple Ciphers: authenticated per page with a fresh random nonce at each write, and
 * constant-time in software, which its table-driven AES is not. None of these may ever change for an existing vault.
 */
const CIPHER_PRAGMAS = [
  "cipher = 'chacha20'",
  'legacy = 0',
  'legacy_page_size = 4096',
  'kdf_iter = 64007',
  'mc_legacy_wal = 0',
  'hmac_check = 1',
] as const;

/**
 * Set at every open, because SQLite keeps only some of them in the file: sorts never spill to disk, and deleted rows are
 * overwritten.
 */
const SESSION_PRAGMAS = [
  'page_size = 4096',
  'temp_store = MEMORY',
  'secure_delete = ON',
  'foreign_keys = ON',
  'journal_mode = WAL',
] as const;

/** How far SQLite waits for the disk. */
export type Synchronous = 'OFF' | 'NORMAL' | 'FULL';

/** Length of the database key in bytes. */
export const DATABASE_KEY_BYTES = 32;

/**
 * Opens the encrypted database `file`, creating it if it does not exist, and migrates its tables. `key` is 32 uniformly
 * random bytes; it is copied and the copy zeroed. `head` is that of the audit log; null if none is kept. `migrations` make the
 * tables; a vault's by default. `synchronous` is SQLite's: FULL makes a commit durable when it returns, NORMAL leaves that to the
 * caller, OFF never waits for the disk.
 * Throws `vault.damaged` for a wrong key or a file that is no such database, `vault.newer` for the tables of a later
 * release (nothing is changed then), `disk.full` and `disk.failed`.
 */
export function openEncryptedFile(
  file: string,
  key: Uint8Array,
  {
    head = null,
    migrations,
    synchronous = 'FULL',
  }: { head?: AuditHead | null; migrations?: readonly Migration[]; synchronous?: Synchronous } = {},
): Sqlite.Database {
  let handle: Sqlite.Database | null = null;
  try {
    handle = new Sqlite(file);
    applyKey(handle, key);
    // The first read: fails on a wrong key, and detects a later release's tables before anything is written.
    refuseNewer(handle, migrations);
    for (const pragma of SESSION_PRAGMAS) handle.pragma(pragma);
    handle.pragma(`synchronous = ${synchronous}`);
    migrate(handle, { head, ...(migrations === undefined ? {} : { migrations }) });
    return handle;
  } catch (error) {
    handle?.close();
    throw databaseError(error);
  }
}

/** What the cipher build adds to better-sqlite3, whose types TypeScript resolves instead of the build's own. */
type KeyedDatabase = Sqlite.Database & { key(key: Buffer): number };

/** Opens a handle with the key of its file: 32 bytes, copied, and the copy zeroed. */
export function applyKey(handle: Sqlite.Database, key: Uint8Array): void {
  if (key.byteLength !== DATABASE_KEY_BYTES) throw new Error('a database key has 32 bytes');
  for (const pragma of CIPHER_PRAGMAS) handle.pragma(pragma);
  // With the prefix the cipher uses the bytes as they are: they come from HKDF and need no key stretching.
  const raw = Buffer.alloc(4 + DATABASE_KEY_BYTES);
  raw.write('raw:', 'latin1');
  raw.set(key, 4);
  try {
    (handle as KeyedDatabase).key(raw);
  } finally {
    raw.fill(0);
  }
}
