import { z } from './schema.ts';

const id = z.uuid();

/** The user's location in the app, by ids alone: what a page needs that replaces another. */
export const Location = z.discriminatedUnion('screen', [
  z.object({
    screen: z.literal('library'),
    scope: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('all') }),
      z.object({ kind: z.literal('unfiled') }),
      z.object({ kind: z.literal('matter'), id }),
      z.object({ kind: z.literal('bin') }),
    ]),
  }),
  z.object({ screen: z.literal('transcript'), recordingId: id }),
  z.object({ screen: z.literal('version'), recordingId: id, versionId: id }),
  z.object({ screen: z.literal('models') }),
  z.object({
    screen: z.literal('settings'),
    /** The section shown, by its id. */
    section: z
      .string()
      .regex(/^[A-Za-z]{1,40}$/)
      .nullable()
      .optional(),
  }),
]);
export type Location = z.infer<typeof Location>;
