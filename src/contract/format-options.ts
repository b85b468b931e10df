import { z } from './schema.ts';

/** Least and most of what can be chosen about subtitles; columns, lines, characters a second, milliseconds. */
export const SUBTITLE_LIMITS = {
  lineLength: { least: 20, most: 100 },
  lines: { least: 1, most: 4 },
  readingSpeed: { least: 5, most: 60 },
  gapMs: { least: 0, most: 2000 },
  shortestMs: { least: 200, most: 10_000 },
  longestMs: { least: 1000, most: 30_000 },
} as const;

/** Something that can be chosen about subtitles. */
export type SubtitleMeasure = keyof typeof SUBTITLE_LIMITS;

/** What can be chosen about subtitles, in the order in which it is offered. */
export const SUBTITLE_MEASURES = Object.keys(SUBTITLE_LIMITS) as SubtitleMeasure[];

function within({ least, most }: { readonly least: number; readonly most: number }) {
  return z.number().int().min(least).max(most);
}

/** How subtitles are shaped, in SRT and WebVTT. */
export const SubtitleShape = z
  .object({
    /** Most columns of a line. Wide characters (Han, kana, Hangul) take two. */
    lineLength: within(SUBTITLE_LIMITS.lineLength),
    /** Most lines of a cue. */
    lines: within(SUBTITLE_LIMITS.lines),
    /** Columns that are read in a second: a cue stays on for so long where what follows leaves it the time. */
    readingSpeed: within(SUBTITLE_LIMITS.readingSpeed),
    /** Time between the end of a cue and the next. */
    gapMs: within(SUBTITLE_LIMITS.gapMs),
    /** Time that a cue stands at least, where what follows leaves it so much. */
    shortestMs: within(SUBTITLE_LIMITS.shortestMs),
    /** Time that a cue stands at most. */
    longestMs: within(SUBTITLE_LIMITS.longestMs),
  })
  .refine(({ shortestMs, longestMs }) => shortestMs <= longestMs);
export type SubtitleShape = z.infer<typeof SubtitleShape>;

/** What subtitles look like where nobody chooses. */
export const USUAL_SUBTITLES: SubtitleShape = {
  lineLength: 42,
  lines: 2,
  readingSpeed: 17,
  gapMs: 0,
  shortestMs: 800,
  longestMs: 7000,
};

/** What is wrong with a shape: a measure beyond its limits, or a shortest time above the longest. Null for a good one. */
export function subtitleFault(
  shape: Readonly<Record<SubtitleMeasure, number>>,
): SubtitleMeasure | 'order' | null {
  for (const measure of SUBTITLE_MEASURES) {
    const { least, most } = SUBTITLE_LIMITS[measure];
    const value = shape[measure];
    if (!Number.isInteger(value) || value < least || value > most) return measure;
  }
  return shape.shortestMs > shape.longestMs ? 'order' : null;
}

/** How SubRip files are written; always in UTF-8. */
export const SrtEncoding = z.object({
  /** Begin with a byte order mark: some programs on Windows take the file for another encoding without it. */
  byteOrderMark: z.boolean(),
  /** End lines with CR LF, as on Windows, instead of LF. */
  crlf: z.boolean(),
});
export type SrtEncoding = z.infer<typeof SrtEncoding>;

/** What stands between the cells of a CSV file. With a semicolon, decimals have a comma. */
export const CsvDelimiter = z.enum(['comma', 'semicolon', 'tab']);
export type CsvDelimiter = z.infer<typeof CsvDelimiter>;

/** What only single formats ask about. */
export const FormatOptions = z.object({
  subtitles: SubtitleShape,
  srt: SrtEncoding,
  csvDelimiter: CsvDelimiter,
});
export type FormatOptions = z.infer<typeof FormatOptions>;

/** The same as users choose it: `auto` is what spreadsheets expect on their machine. */
export const FormatChoice = FormatOptions.extend({ csvDelimiter: z.enum(['auto', ...CsvDelimiter.options]) });
export type FormatChoice = z.infer<typeof FormatChoice>;

/** What was written before there was a choice, and is where no choice is stored. */
export const USUAL_FORMAT_OPTIONS: FormatOptions = {
  subtitles: USUAL_SUBTITLES,
  srt: { byteOrderMark: false, crlf: false },
  csvDelimiter: 'comma',
};

/** What users begin with. */
export const USUAL_FORMAT_CHOICE: FormatChoice = { ...USUAL_FORMAT_OPTIONS, csvDelimiter: 'auto' };

/**
 * The options that a choice comes to on a machine whose numbers are written as in this locale (BCP 47). Spreadsheets
 * expect semicolons where decimals have a comma. An unknown locale counts as English.
 */
export function formatOptionsOf(choice: FormatChoice, locale: string): FormatOptions {
  const { csvDelimiter } = choice;
  return { ...choice, csvDelimiter: csvDelimiter === 'auto' ? usualDelimiter(locale) : csvDelimiter };
}

function usualDelimiter(locale: string): CsvDelimiter {
  try {
    const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
    return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? 'semicolon' : 'comma';
  } catch {
    return 'comma';
  }
}
