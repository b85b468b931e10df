import { z } from './schema.ts';

/** Progress of a backup or a check of the vault, in sealed objects; of moving or restoring one, in bytes. */
export const KeepingProgress = z.object({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});
export type KeepingProgress = z.infer<typeof KeepingProgress>;

const name = z.string().nullable();

/**
 * Faults of a vault, as the window shows them; `name` is a recording's, null if unknown.
 * - `sound`: number of sealed objects of a recording that are unreadable or missing.
 * - `text`: a finished or edited text does not match its record.
 * - `database`: number of faults in the database's pages, rows and indexes.
 * - `log`: number of faults in the audit log.
 */
export const VaultFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sound'), name, damaged: z.number().int(), missing: z.number().int() }),
  z.object({ kind: z.literal('text'), name, count: z.number().int() }),
  z.object({ kind: z.literal('database'), count: z.number().int() }),
  z.object({ kind: z.literal('log'), count: z.number().int() }),
]);
export type VaultFault = z.infer<typeof VaultFault>;

/** Result of a check of the whole vault: no faults if it is as it was stored. */
export const VaultCheck = z.object({
  /** How many sealed objects were read. */
  objects: z.number().int(),
  faults: z.array(VaultFault),
});
export type VaultCheck = z.infer<typeof VaultCheck>;

/** A finished backup: its folder, and how many sealed objects it holds. */
export const MadeBackup = z.object({ folder: z.string(), objects: z.number().int() });
export type MadeBackup = z.infer<typeof MadeBackup>;
