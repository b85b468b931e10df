import { z } from './schema.ts';

const id = z.uuid();

/** A folder whose new recordings are taken into the vault while it is open. */
export const WatchedFolder = z.object({
  id,
  /** Absolute. */
  path: z.string(),
  /** Into which matter they come; null for none. */
  matterId: id.nullable(),
  /** The model by name, and the language; null for what the matter or the vault uses. */
  model: z.string().nullable(),
  language: z.string().nullable(),
  /** Whether files that are safe in the vault are moved into the subfolder `taken`; otherwise they stay. */
  movesTaken: z.boolean(),
});
export type WatchedFolder = z.infer<typeof WatchedFolder>;

/** What a user can change of it. */
export const WatchedFolderChoice = WatchedFolder.omit({ id: true, path: true });
export type WatchedFolderChoice = z.infer<typeof WatchedFolderChoice>;

/** How it stands: `gone` is for instance a stick that is unplugged, `unreadable` one that may not be read. */
export const WatchedFolderView = WatchedFolder.extend({
  state: z.enum(['watching', 'gone', 'unreadable']),
  /** How many files of it were taken. */
  taken: z.number().int(),
  /** Whether the last file that should have been moved could not be. */
  isMoveRefused: z.boolean(),
});
export type WatchedFolderView = z.infer<typeof WatchedFolderView>;
