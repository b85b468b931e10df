import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { X25519_BYTES } from './envelope-layout.ts';

/** What a client seals for: whoever holds one of these private keys can open a recording and its text. */
export interface OfficeKeys {
  /** The workers' public keys, of 32 bytes each; more than one while they change. */
  readonly workers: readonly Uint8Array[];
  /** The public key of the tenant's vault; null where it has none. */
  readonly vault: Uint8Array | null;
}

const DOMAIN = 'voicesync office keys 1';
const GROUPS = /.{4}/g;
/** Characters of a fingerprint, in hex: 128 bits, so that nobody can make other keys that have the same. */
const HEX_DIGITS = 32;

/**
 * The fingerprint of all keys together, for people to compare: the first 128 bits of SHA-256 over `voicesync office keys 1`, the number of
 * workers' keys (one byte), these keys in the order of their bytes, and the vault's key if there is one; in hex, in groups of four.
 */
export function fingerprintOfKeys({ workers, vault }: OfficeKeys): string {
  const keys = [...workers].sort((one, other) => (bytesToHex(one) < bytesToHex(other) ? -1 : 1));
  const hash = sha256.create().update(new TextEncoder().encode(DOMAIN)).update(Uint8Array.of(keys.length));
  for (const key of vault === null ? keys : [...keys, vault]) {
    if (key.length !== X25519_BYTES) throw new RangeError('a public key has 32 bytes');
    hash.update(key);
  }
  return (bytesToHex(hash.digest()).slice(0, HEX_DIGITS).match(GROUPS) ?? []).join(' ');
}

/** Whether two fingerprints are the same, however they were typed. */
export function isSameFingerprint(one: string, other: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^0-9a-z]/g, '');
  return bare(one) === bare(other);
}

/** Everybody for whom a recording is sealed: the workers, and the tenant's vault. */
export function recordingRecipients({ workers, vault }: OfficeKeys): Uint8Array[] {
  return vault === null ? [...workers] : [...workers, vault];
}

/** Everybody for whom its text is sealed: the client that sends it, and the tenant's vault. */
export function resultRecipients(replyTo: Uint8Array, { vault }: OfficeKeys): Uint8Array[] {
  return vault === null ? [replyTo] : [replyTo, vault];
}
