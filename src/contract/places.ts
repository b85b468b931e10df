import { z } from './schema.ts';

/**
 * What the app keeps, by place.
 * - `vault`: everything about recordings and people, encrypted. `ephemeral`: vaults of the command line, deleted at its end.
 * - `former`: a vault that is no longer the app's: another was chosen, or it was used after a move had copied it.
 * - `models`: the speech models that were added, and the speeds measured. `program`: what was installed with the app.
 * - `settings`: the settings of the window. `browser`: what Chromium keeps for the window.
 * - `keychain`: the secret that opens the vault, encrypted by the system's keychain.
 * - `logs`: the diagnostic log. `rescued`: texts that could not be written where they were to go.
 * - `temporary`: folders that live for moments. `watched`: a folder of the user's that recordings are taken from.
 */
export const PLACE_KINDS = [
  'vault',
  'former',
  'models',
  'settings',
  'browser',
  'keychain',
  'logs',
  'ephemeral',
  'rescued',
  'temporary',
  'program',
  'watched',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Parts of a vault's folder: sealed objects, the database, unfinished objects, and header with key slots and log head. */
export const VAULT_PARTS = ['sound', 'database', 'incoming', 'keys'] as const;

/** A place where the app keeps something. */
export const PlaceView = z.object({
  /** Names the place in requests: its kind, and for one of several a number behind it. */
  key: z.string().max(100),
  kind: z.enum(PLACE_KINDS),
  /** Absolute. */
  path: z.string(),
  isThere: z.boolean(),
  isEncrypted: z.boolean(),
});
export type PlaceView = z.infer<typeof PlaceView>;

const count = z.number().int().nonnegative();

/** What lies in a place: `bytes` is the sum of the files' lengths. */
export const PlaceSize = z.object({ files: count, bytes: count });
export type PlaceSize = z.infer<typeof PlaceSize>;

/** A place's content, and the room on its disk; null where it cannot be told. */
export const PlaceMeasure = PlaceSize.extend({
  freeBytes: count.nullable(),
  /** Of a vault alone. */
  parts: z.array(PlaceSize.extend({ part: z.enum(VAULT_PARTS) })),
});
export type PlaceMeasure = z.infer<typeof PlaceMeasure>;
