import { z } from './schema.ts';

/** Limits of the subtitle options; columns, lines, characters a second, milliseconds. */
export const SUBTITLE_LIMITS = {
  lineLength: { least: 20, most: 100 },
  lines: { least: 1, most: 4 },
  readingSpeed: { least: 5, most: 60 },
  gapMs: { least: 0, most: 2000 },
  shortestMs: { least: 200, most: 10_000 },
  longestMs: { least: 1000, most: 30_000 },
} as const;

/** A subtitle option. */
export type SubtitleMeasure = keyof typeof SUBTITLE_LIMITS;

/** The subtitle options, in the order in which they are offered. */
export const SUBTITLE_MEASURES = Object.keys(SUBTITLE_LIMITS) as SubtitleMeasure[];

function within({ least, most }: { readonly least: number; readonly most: number }) {
  return z.number().int().min(least).max(most);
}

/** Layout and timing of subtitles, in SRT and WebVTT. */
export const SubtitleShape = z
  .object({
    /** Maximum columns per line. Wide characters (Han, kana, Hangul) count two. */
    lineLength: within(SUBTITLE_LIMITS.lineLength),
    /** Maximum lines per cue. */
    lines: within(SUBTITLE_LIMITS.lines),
    /** Reading speed in columns a second: a cue stays on that long if the next cue leaves time. */
    readingSpeed: within(SUBTITLE_LIMITS.readingSpeed),
    /** Gap between cues. */
    gapMs: within(SUBTITLE_LIMITS.gapMs),
    /** Minimum duration of a cue, if the next cue leaves time. */
    shortestMs: within(SUBTITLE_LIMITS.shortestMs),
    /** Maximum duration of a cue. */
    longestMs: within(SUBTITLE_LIMITS.longestMs),
  })
  .refine(({ shortestMs, longestMs }) => shortestMs <= longestMs);
export type SubtitleShape = z.infer<typeof SubtitleShape>;

/** Default subtitle options. */
export const USUAL_SUBTITLES: SubtitleShape = {
  lineLength: 42,
  lines: 2,
  readingSpeed: 17,
  gapMs: 0,
  shortestMs: 800,
  longestMs: 7000,
};

/** Validates a shape: a measure beyond its limits, or a minimum duration above the maximum. Null if valid. */
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
  /** Begin with a byte order mark: without it, some Windows programs assume another encoding. */
  byteOrderMark: z.boolean(),
  /** End lines with CR LF, as on Windows, instead of LF. */
  crlf: z.boolean(),
});
export type SrtEncoding = z.infer<typeof SrtEncoding>;

/** Delimiter of a CSV file. With a semicolon, decimals have a comma. */
export const CsvDelimiter = z.enum(['comma', 'semicolon', 'tab']);
export type CsvDelimiter = z.infer<typeof CsvDelimiter>;

/** Options of single formats. */
export const FormatOptions = z.object({
  subtitles: SubtitleShape,
  srt: SrtEncoding,
  csvDelimiter: CsvDelimiter,
});
export type FormatOptions = z.infer<typeof FormatOptions>;

/** The same as the user chooses it: `auto` is what spreadsheets expect on this machine. */
export const FormatChoice = FormatOptions.extend({ csvDelimiter: z.enum(['auto', ...CsvDelimiter.options]) });
export type FormatChoice = z.infer<typeof FormatChoice>;

/** Options used if none are stored. */
export const USUAL_FORMAT_OPTIONS: FormatOptions = {
  subtitles: USUAL_SUBTITLES,
  srt: { byteOrderMark: false, crlf: false },
  csvDelimiter: 'comma',
};

/** The user's default. */
export const USUAL_FORMAT_CHOICE: FormatChoice = { ...USUAL_FORMAT_OPTIONS, csvDelimiter: 'auto' };

/**
 * Resolves a choice for a machine with this number locale (BCP 47). Spreadsheets expect semicolons if decimals have a
 * comma. An unknown locale counts as English.
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
