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
