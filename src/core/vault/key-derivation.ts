import { hkdfSync, randomBytes } from 'node:crypto';
import { encodeAssociatedData } from './associated-data.ts';

/** Length of every symmetric key in the vault, in bytes. */
export const KEY_BYTES = 32;

/** Epoch of the vault key. A number in the formats, so that a later release can change the vault key. */
export const CURRENT_EPOCH = 1;

/** The keys that other modules get from an open vault. Sealing the vault zeroes them: never copy them. */
export interface VaultKeys {
  /** Key of the encrypted database, 32 bytes. */
  readonly database: Buffer;
  /** Key of the audit log's chain and of its head, 32 bytes. */
  readonly audit: Buffer;
}

/** A fresh random key of 32 bytes in its own memory (not in Node's shared pool), so that it can be zeroed. */
export function randomKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/**
 * HKDF-SHA-256 (RFC 5869) of `secret` with `salt`, separated by `purpose`. The result has its own memory. Purposes must
 * never change: they are part of the formats.
 */
export function deriveKey(
  secret: Uint8Array,
  salt: Uint8Array,
  purpose: Uint8Array,
  lengthBytes = KEY_BYTES,
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, lengthBytes));
}

/** Derives the keys that other modules use from the vault key. */
export function deriveVaultKeys(vaultKey: Uint8Array, vaultId: string): VaultKeys {
  return {
    database: derivePurposeKey(vaultKey, vaultId, 'database'),
    audit: derivePurposeKey(vaultKey, vaultId, 'audit'),
  };
}

/** Derives the key that wraps the object keys of one epoch. */
export function deriveWrappingKey(vaultKey: Uint8Array, vaultId: string, epoch: number): Buffer {
  return deriveKey(
    vaultKey,
    Buffer.alloc(0),
    encodeAssociatedData('voicesync vault key', vaultId, 'wrap', epoch),
  );
}

function derivePurposeKey(vaultKey: Uint8Array, vaultId: string, purpose: string): Buffer {
  return deriveKey(vaultKey, Buffer.alloc(0), encodeAssociatedData('voicesync vault key', vaultId, purpose));
}
