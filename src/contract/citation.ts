import { z } from './schema.ts';

/** A place in a text that is open: a letter of a segment. */
export const CitedPlace = z.object({ segmentId: z.uuid(), offset: z.number().int().nonnegative() });
export type CitedPlace = z.infer<typeof CitedPlace>;

/** A typed `45:12`; its parts are page and line. */
export const CITED_LINE = /^\s*(\d{1,5})\s*:\s*(\d{1,2})\s*$/;
