import { z } from '../../contract/schema.ts';

/** A public key of X25519, its 32 bytes in base64. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** For whom a tenant's clients seal. The gateway may be lied to: a client compares the keys with those that it knows. */
export const OfficeKeysAnswer = z.object({
  /** The workers' keys: a recording is sealed for each of them. */
  workers: z.array(PublicKey).min(1).max(8),
  /** The key of the tenant's vault, for which recordings and results are sealed, too; null where it has none. */
  vault: PublicKey.nullable(),
  /** Of all of them, for people to compare; a client computes it itself. */
  fingerprint: z.string(),
});
export type OfficeKeysAnswer = z.infer<typeof OfficeKeysAnswer>;
