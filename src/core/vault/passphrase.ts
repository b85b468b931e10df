import { hashRaw } from '@node-rs/argon2';
import { AppError } from '../../contract/errors.ts';
import { countedPassphrase, missingCharacters, PASSPHRASE_MINIMUM } from '../../contract/passphrase.ts';
import { KEY_BYTES } from './key-derivation.ts';

/** Cost of turning a passphrase into a key with Argon2id (RFC 9106). */
export interface HashingCost {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Cost of new passphrase slots. */
export const HASHING_COST: HashingCost = { memoryKiB: 256 * 1024, iterations: 3, parallelism: 4 };

/** Least cost that is accepted: an edited slot cannot make guessing cheap. */
export const HASHING_FLOOR: HashingCost = { memoryKiB: 64 * 1024, iterations: 3, parallelism: 4 };

/** Highest cost that is accepted: an edited slot cannot hang the unlock or exhaust the memory. */
export const HASHING_CEILING: HashingCost = { memoryKiB: 1024 * 1024, iterations: 10, parallelism: 16 };

/** Whether a cost is between floor and ceiling. */
export function isAcceptableCost(cost: HashingCost): boolean {
  const within = (read: (cost: HashingCost) => number): boolean =>
    Number.isInteger(read(cost)) && read(cost) >= read(HASHING_FLOOR) && read(cost) <= read(HASHING_CEILING);
  return within((c) => c.memoryKiB) && within((c) => c.iterations) && within((c) => c.parallelism);
}

/** Throws `vault.passphraseTooShort` for a new passphrase of fewer than 10 characters. */
export function assertLongEnough(passphrase: string): void {
  if (missingCharacters(passphrase) > 0) {
    throw new AppError('vault.passphraseTooShort', { minimum: PASSPHRASE_MINIMUM });
  }
}

/**
 * Derives a 32-byte key from a passphrase, normalized by `countedPassphrase`, off the main thread.
 * Throws `vault.damaged` for a cost out of bounds.
 */
export async function hashPassphrase(
  passphrase: string,
  salt: Uint8Array,
  cost: HashingCost,
): Promise<Buffer> {
  if (!isAcceptableCost(cost)) throw new AppError('vault.damaged', {});
  const bytes = Buffer.from(countedPassphrase(passphrase), 'utf8');
  try {
    return await hashRaw(bytes, {
      // Argon2id, version 0x13: the package's enumerations are types only.
      algorithm: 2,
      version: 1,
      memoryCost: cost.memoryKiB,
      timeCost: cost.iterations,
      parallelism: cost.parallelism,
      outputLen: KEY_BYTES,
      salt,
    });
  } finally {
    bytes.fill(0);
  }
}
