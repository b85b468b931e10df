import { z } from './schema.ts';

/** Limits of the style of an export: milliseconds, lines, columns. */
export const STYLE_LIMITS = {
  pausesFromMs: { least: 200, most: 60_000 },
  lines: { least: 10, most: 56 },
  columns: { least: 40, most: 80 },
} as const;

function within({ least, most }: { readonly least: number; readonly most: number }) {
  return z.number().int().min(least).max(most);
}

/** A speaker's name as the text has it; null: found by who asks. */
const speakerName = z.string().max(1000).nullable();

/** How speech is put into writing. The stored text is never changed by it. */
export const Conventions = z.object({
  /** `clean` leaves out filler words and immediate repetitions, in languages that have lists of them. */
  wording: z.enum(['verbatim', 'clean']),
  /** Names as they are, their initials, or Q and A for who asks and who answers and names for all others. */
  speakerLabels: z.enum(['names', 'initials', 'questionAnswer']),
  /** Who asks, with Q and A. */
  questioner: speakerName,
  /** Who answers, with Q and A. */
  witness: speakerName,
  /** Pauses of this length or longer are written as seconds, `(1.5)`; null: none are. */
  pausesFromMs: within(STYLE_LIMITS.pausesFromMs).nullable(),
  /** Words that are said while another speaker talks stand in square brackets. */
  overlaps: z.boolean(),
});
export type Conventions = z.infer<typeof Conventions>;

/** Layouts of a court's page. */
export const CourtProfile = z.enum(['plain', 'newYork', 'utah']);
export type CourtProfile = z.infer<typeof CourtProfile>;

/** Numbered lines on a page, and columns in a line. */
export interface CourtMeasures {
  readonly lines: number;
  readonly columns: number;
}

/**
 * The measures of each profile. `plain` is no court's: most ask for 25 lines. New York: 22 NYCRR 108.3, 10 characters an inch in
 * a writing block of 6 5/16 inches. Utah: Code of Judicial Administration, rule 5-203 (6) and (7).
 */
export const COURT_MEASURES: Readonly<Record<CourtProfile, CourtMeasures>> = {
  plain: { lines: 25, columns: 60 },
  newYork: { lines: 25, columns: 63 },
  utah: { lines: 25, columns: 63 },
};

/** The layout of documents: the usual one, a court's numbered lines, or a Word template kept in the vault. */
export const TemplateChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('usual') }),
  z.object({
    kind: z.literal('court'),
    profile: CourtProfile,
    lines: within(STYLE_LIMITS.lines),
    columns: within(STYLE_LIMITS.columns),
  }),
  z.object({ kind: z.literal('word'), id: z.uuid() }),
]);
export type TemplateChoice = z.infer<typeof TemplateChoice>;

/** How an export is written, besides what it includes. */
export const ExportStyle = z.object({
  conventions: Conventions,
  template: TemplateChoice,
  /** List every edit in the provenance. */
  editLog: z.boolean(),
});
export type ExportStyle = z.infer<typeof ExportStyle>;

/** The conventions that leave a text as it is. */
export const USUAL_CONVENTIONS: Conventions = {
  wording: 'verbatim',
  speakerLabels: 'names',
  questioner: null,
  witness: null,
  pausesFromMs: null,
  overlaps: false,
};

/** The style of exports unless another is chosen. */
export const USUAL_STYLE: ExportStyle = {
  conventions: USUAL_CONVENTIONS,
  template: { kind: 'usual' },
  editLog: false,
};

/** A Word template that is kept in the vault. */
export const WordTemplateView = z.object({
  id: z.uuid(),
  /** The file's name without its ending. */
  name: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  addedAtMs: z.number().int(),
});
export type WordTemplateView = z.infer<typeof WordTemplateView>;
