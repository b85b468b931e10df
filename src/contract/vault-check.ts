import { z } from './schema.ts';

/** How far a backup or a check of the vault is, in sealed objects. */
export const KeepingProgress = z.object({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});
export type KeepingProgress = z.infer<typeof KeepingProgress>;

const name = z.string().nullable();

/**
 * What is wrong in a vault, as the window tells it; `name` is a recording's, null where that is not known any more.
 * - `sound`: so many sealed objects of a recording cannot be read, or are missing.
 * - `text`: a finished or edited text is not as it was recorded.
 * - `database`: so many faults in the database's pages, rows and indexes.
 * - `log`: so many faults in the audit log.
 */
export const VaultFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sound'), name, damaged: z.number().int(), missing: z.number().int() }),
  z.object({ kind: z.literal('text'), name, count: z.number().int() }),
  z.object({ kind: z.literal('database'), count: z.number().int() }),
  z.object({ kind: z.literal('log'), count: z.number().int() }),
]);
export type VaultFault = z.infer<typeof VaultFault>;

/** What a check of the whole vault has found: nothing where it is as it was stored. */
export const VaultCheck = z.object({
  /** How many sealed objects were read. */
  objects: z.number().int(),
  faults: z.array(VaultFault),
});
export type VaultCheck = z.infer<typeof VaultCheck>;

/** A backup that was made: where it lies, and how many sealed objects are in it. */
export const MadeBackup = z.object({ folder: z.string(), objects: z.number().int() });
export type MadeBackup = z.infer<typeof MadeBackup>;
