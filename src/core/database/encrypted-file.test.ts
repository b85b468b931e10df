import { randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteConnection } from './connection.db.ts';
import { databaseError } from './database-error.ts';
import { openEncryptedFile } from './encrypted-file.db.ts';
import { LAST_MIGRATION } from './migrate.db.ts';

const CANARY = 'the witness never left the harbour';
const PAGE_BYTES = 4096;

let folder: string;
let file: string;
let key: Buffer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voicesync-cipher-'));
  file = join(folder, 'database');
  key = randomBytes(32);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('every opening', () => {
  test('sets what keeps the data safe, the first and the second', () => {
    for (const _ of ['new', 'again']) {
      const handle = openEncryptedFile(file, key);
      const values = Object.fromEntries(
        [
          'cipher',
          'legacy',
          'kdf_iter',
          'mc_legacy_wal',
          'hmac_check',
          'page_size',
          'temp_store',
          'secure_delete',
          'foreign_keys',
          'journal_mode',
          'synchronous',
          'user_version',
        ].map((name) => [name, handle.pragma(name, { simple: true })]),
      );
      expect(values).toEqual({
        cipher: 'chacha20',
        legacy: '0',
        kdf_iter: '64007',
        mc_legacy_wal: '0',
        hmac_check: '1',
        page_size: PAGE_BYTES,
        temp_store: 2,
        secure_delete: 1,
        foreign_keys: 1,
        journal_mode: 'wal',
        synchronous: 2,
        user_version: LAST_MIGRATION,
      });
      handle.close();
    }
  });

  test('refuses a wrong key, a plain database and a file that is none, and changes nothing', () => {
    fill(openEncryptedFile(file, key)).close();
    expectDamaged(() => openEncryptedFile(file, randomBytes(32)));

    const plain = join(folder, 'plain');
    fill(new Sqlite(plain)).close();
    expectDamaged(() => openEncryptedFile(plain, key));

    const garbage = join(folder, 'garbage');
    writeFileSync(garbage, randomBytes(3 * PAGE_BYTES));
    const before = readFileSync(garbage);
    expectDamaged(() => openEncryptedFile(garbage, key));
    expect(readFileSync(garbage).equals(before)).toBe(true);
  });

  test("refuses a later release's tables, and leaves them as they are", () => {
    const handle = openEncryptedFile(file, key);
    handle.pragma(`user_version = ${LAST_MIGRATION + 1}`);
    handle.close();
    const before = readFileSync(file);
    expect(() => openEncryptedFile(file, key)).toThrowError(expect.objectContaining({ code: 'vault.newer' }));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('wants 32 bytes of key', () => {
    expect(() => openEncryptedFile(file, randomBytes(16))).toThrow(/32 bytes/);
  });
});

describe('damage', () => {
  test('a flipped bit in any page is found', () => {
    fill(openEncryptedFile(file, key)).close();
    const sound = readFileSync(file);
    expect(readsAll()).toBe(true);
    for (let page = 0; page < sound.length / PAGE_BYTES; page += 1) {
      // The first 16 bytes are a salt that a raw key does not use; SQLite itself checks bytes 16 to 23.
      const offset = page * PAGE_BYTES + 24 + Math.floor(Math.random() * (PAGE_BYTES - 24));
      const flipped = Buffer.from(sound);
      flipped[offset] = (flipped[offset] ?? 0) ^ 0x10;
      writeFileSync(file, flipped);
      expect(readsAll(), `byte ${offset}`).toBe(false);
    }
  });

  test('swapped pages and a cut file are found', () => {
    fill(openEncryptedFile(file, key)).close();
    const sound = readFileSync(file);
    const last = sound.length - PAGE_BYTES;
    const swapped = Buffer.concat([
      sound.subarray(0, PAGE_BYTES),
      sound.subarray(last),
      sound.subarray(2 * PAGE_BYTES, last),
      sound.subarray(PAGE_BYTES, 2 * PAGE_BYTES),
    ]);
    writeFileSync(file, swapped);
    expect(readsAll()).toBe(false);
    writeFileSync(file, sound);
    truncateSync(file, sound.length - PAGE_BYTES);
    expect(readsAll()).toBe(false);
  });
});

describe('readable leftovers', () => {
  test('no planted sentence in any file, while writing and after; the same search finds it in a plain database', () => {
    const handle = fill(openEncryptedFile(file, key));
    expect(filesWithCanary()).toEqual([]);
    expect(readdirSync(folder)).toContain('database-wal');
    const copy = join(folder, 'copy');
    new SqliteConnection(handle).copyTo(copy);
    handle.close();
    expect(filesWithCanary()).toEqual([]);
    expectDamaged(() => openEncryptedFile(copy, randomBytes(32)));
    openEncryptedFile(copy, key).close();

    fill(new Sqlite(join(folder, 'plain'))).close();
    expect(filesWithCanary()).toEqual(['plain']);
  });

  // Temporary files are unlinked as soon as they are opened: only Linux shows them.
  test.runIf(process.platform === 'linux')('a big sort spills nothing; with the default it would', () => {
    const handle = fill(openEncryptedFile(file, key), 40_000);
    expect(temporaryFilesWithCanary(handle)).toBe(0);
    handle.pragma('temp_store = FILE');
    expect(temporaryFilesWithCanary(handle)).toBeGreaterThan(0);
    handle.close();
  });
});

describe('what SQLite throws', () => {
  test('a full database is a full disk', () => {
    const handle = openEncryptedFile(file, key);
    handle.pragma('max_page_count = 60');
    let thrown: unknown = null;
    try {
      fill(handle, 10_000);
    } catch (error) {
      thrown = databaseError(error);
    }
    handle.close();
    expect(thrown).toMatchObject({ code: 'disk.full' });
  });

  test('codes become what the user can act on, and strangers stay what they are', () => {
    const codes = {
      SQLITE_CORRUPT_VTAB: 'vault.damaged',
      SQLITE_NOTADB: 'vault.damaged',
      SQLITE_IOERR_WRITE: 'disk.failed',
      SQLITE_IOERR_FSYNC: 'disk.failed',
      SQLITE_READONLY: 'disk.failed',
      SQLITE_FULL: 'disk.full',
    };
    for (const [sqlite, code] of Object.entries(codes)) {
      expect(databaseError(new Sqlite.SqliteError('', sqlite))).toMatchObject({ code });
    }
    const stranger = new Sqlite.SqliteError('', 'SQLITE_CONSTRAINT_UNIQUE');
    expect(databaseError(stranger)).toBe(stranger);
  });
});

/** Adds a table full of the canary, in an order that a sort must change. */
function fill(handle: Sqlite.Database, rows = 500): Sqlite.Database {
  handle.exec('CREATE TABLE canaries (text TEXT, place INTEGER)');
  const insert = handle.prepare('INSERT INTO canaries VALUES (?, ?)');
  handle.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(`${CANARY} ${row}`, (row * 7919) % rows);
  })();
  return handle;
}

function filesWithCanary(): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(CANARY));
}

/** Sorts all canaries and meanwhile searches every unlinked file that this process holds open. */
function temporaryFilesWithCanary(handle: Sqlite.Database): number {
  handle.pragma('cache_size = 10');
  const sorted = handle
    .prepare('SELECT text, place, zeroblob(400) FROM canaries ORDER BY place, text')
    .iterate();
  sorted.next();
  const found = readdirSync('/proc/self/fd').filter((descriptor) => {
    const path = join('/proc/self/fd', descriptor);
    return isUnlinkedTemporary(path) && readFileSync(path).includes(CANARY);
  });
  sorted.return?.();
  return found.length;
}

function isUnlinkedTemporary(path: string): boolean {
  try {
    return /etilqs.*\(deleted\)$/.test(readlinkSync(path));
  } catch {
    return false;
  }
}

/** Whether the database opens and every page of it can be read and is sound. */
function readsAll(): boolean {
  let handle: Sqlite.Database | null = null;
  try {
    handle = openEncryptedFile(file, key);
    return new SqliteConnection(handle).integrityFaults().length === 0;
  } catch (error) {
    expect(databaseError(error)).toMatchObject({ code: 'vault.damaged' });
    return false;
  } finally {
    handle?.close();
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  }
}

function expectDamaged(open: () => unknown): void {
  expect(open).toThrowError(expect.objectContaining({ code: 'vault.damaged' }));
}
