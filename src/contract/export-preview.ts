import { z } from './schema.ts';
import { SegmentFlag } from './transcript.ts';

/** A paragraph of a document, or a note on a range without speech: then `isNote`, without speaker. */
export const PreviewParagraph = z.object({
  isNote: z.boolean(),
  /** Formatted; null if times are excluded. */
  time: z.string().nullable(),
  speaker: z.string().nullable(),
  rightToLeft: z.boolean(),
  runs: z.array(z.object({ text: z.string(), mark: SegmentFlag.nullable() })),
});
export type PreviewParagraph = z.infer<typeof PreviewParagraph>;

/** The beginning of a document, as its page will show it. Labels are in the user's language. */
export const PreviewPage = z.object({
  kind: z.string(),
  title: z.string(),
  facts: z.array(z.string()),
  notices: z.array(z.string()),
  legend: z.array(z.object({ mark: SegmentFlag, meaning: z.string() })),
  paragraphs: z.array(PreviewParagraph),
  /** Whether the text is longer than what is shown. */
  goesOn: z.boolean(),
  /** The last page; null if excluded. */
  provenance: z
    .object({
      heading: z.string(),
      groups: z.array(
        z.object({
          heading: z.string(),
          facts: z.array(z.object({ label: z.string(), value: z.string() })),
        }),
      ),
    })
    .nullable(),
});
export type PreviewPage = z.infer<typeof PreviewPage>;

/** The beginning of an export: as the file's text, or as a rendered page. */
export const ExportPreview = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    /** Its columns stand below each other, as on a court's page. */
    isFixedPitch: z.boolean(),
  }),
  z.object({ type: z.literal('page'), page: PreviewPage }),
]);
export type ExportPreview = z.infer<typeof ExportPreview>;
