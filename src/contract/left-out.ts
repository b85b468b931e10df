import { z } from './schema.ts';

/**
 * Why something that came with a drop was not added, though nothing is wrong with it:
 * - `hidden`: recordings that are hidden.
 * - `others`: files in folders that do not look like recordings.
 * - `special`: pipes, sockets and devices.
 * - `again`: second names of folders.
 * - `upward`: links that lead back to a folder in which they lie.
 * - `same`: second names of files.
 * - `underWay`: files that are being added already.
 */
export const LeftOutKind = z.enum(['hidden', 'others', 'special', 'again', 'upward', 'same', 'underWay']);
export type LeftOutKind = z.infer<typeof LeftOutKind>;

/** What of one kind a drop held besides what was added. `ticket` is its name for putting it away. */
export const LeftOutNote = z.object({
  ticket: z.uuid(),
  kind: LeftOutKind,
  count: z.number().int().positive(),
  /** The first of them: as they are seen from where the drop was made; of a second name, with the first. */
  names: z.array(z.object({ name: z.string(), sameAs: z.string().nullable() })),
});
export type LeftOutNote = z.infer<typeof LeftOutNote>;

/** What lies in folders beside their recordings and is no fault: it was not read. Absolute paths. */
export interface LeftOut {
  /** Files that do not look like recordings, by their names or, where a name tells nothing, by their first bytes. */
  readonly others: string[];
  /** Recordings that are hidden, and hidden folders that could not be looked into. */
  readonly hidden: string[];
  /** Pipes, sockets and devices. */
  readonly special: string[];
  /** Second names of folders that are read under another. */
  readonly again: string[];
  /** Links that lead back to a folder in which they lie, or in which the folder lies that was named. */
  readonly upward: string[];
}

/** Nothing left out. */
export function nothingLeftOut(): LeftOut {
  return { others: [], hidden: [], special: [], again: [], upward: [] };
}
