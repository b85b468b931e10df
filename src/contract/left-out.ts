import { z } from './schema.ts';

/**
 * Why something in a drop was not added, though it has no fault:
 * - `hidden`: recordings that are hidden.
 * - `others`: files in folders that do not look like recordings.
 * - `special`: pipes, sockets and devices.
 * - `again`: further paths of folders.
 * - `upward`: links to a folder that contains them.
 * - `same`: further paths of files.
 * - `underWay`: files that are being added already.
 */
export const LeftOutKind = z.enum(['hidden', 'others', 'special', 'again', 'upward', 'same', 'underWay']);
export type LeftOutKind = z.infer<typeof LeftOutKind>;

/** What a drop held of one kind and was not added. `ticket` is its id for dismissing it. */
export const LeftOutNote = z.object({
  ticket: z.uuid(),
  kind: LeftOutKind,
  count: z.number().int().positive(),
  /** The first of them: paths relative to the drop; of a further path, with the first one. */
  names: z.array(z.object({ name: z.string(), sameAs: z.string().nullable() })),
});
export type LeftOutNote = z.infer<typeof LeftOutNote>;

/** Contents of folders that were not read, without being an error. Absolute paths. */
export interface LeftOut {
  /** Files that do not look like recordings, by their names or, failing that, by their first bytes. */
  readonly others: string[];
  /** Hidden recordings, and hidden folders that could not be read. */
  readonly hidden: string[];
  /** Pipes, sockets and devices. */
  readonly special: string[];
  /** Further paths of folders that are read under another. */
  readonly again: string[];
  /** Links to a folder that contains them, or that contains the named folder. */
  readonly upward: string[];
}

/** Nothing left out. */
export function nothingLeftOut(): LeftOut {
  return { others: [], hidden: [], special: [], again: [], upward: [] };
}
