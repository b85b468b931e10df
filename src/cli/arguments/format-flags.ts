import { type Command, Option } from 'commander';
import {
  FormatChoice,
  type FormatOptions,
  formatOptionsOf,
  SUBTITLE_LIMITS,
  type SubtitleMeasure,
  type SubtitleShape,
  subtitleFault,
  USUAL_SUBTITLES,
} from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';
import { UsageProblem } from './usage-problem.ts';

/** Flags of single formats; times in milliseconds. */
export interface FormatFlags {
  readonly subtitleLineLength: number;
  readonly subtitleLines: number;
  readonly subtitleReadingSpeed: number;
  readonly subtitleGap: number;
  readonly subtitleShortest: number;
  readonly subtitleLongest: number;
  readonly srtBom?: boolean;
  readonly srtCrlf?: boolean;
  readonly csvDelimiter: FormatChoice['csvDelimiter'];
}

/** Adds the options of single formats. */
export function withFormatOptions(command: Command): Command {
  return command
    .addOption(
      countOption('--subtitle-line-length <n>', 'most characters of a line of SRT and VTT', 'lineLength'),
    )
    .addOption(countOption('--subtitle-lines <n>', 'most lines of a subtitle', 'lines'))
    .addOption(
      countOption('--subtitle-reading-speed <n>', 'characters that are read in a second', 'readingSpeed'),
    )
    .addOption(timeOption('--subtitle-gap <seconds>', 'time between subtitles', 'gapMs'))
    .addOption(timeOption('--subtitle-shortest <seconds>', 'time a subtitle stands at least', 'shortestMs'))
    .addOption(timeOption('--subtitle-longest <seconds>', 'time a subtitle stands at most', 'longestMs'))
    .option('--srt-bom', 'begin SRT with a byte order mark, for old programs')
    .option('--srt-crlf', 'end the lines of SRT as Windows does')
    .addOption(
      new Option(
        '--csv-delimiter <which>',
        'what parts the cells of CSV; auto: a semicolon where decimals have a comma',
      )
        .choices(FormatChoice.shape.csvDelimiter.options)
        .default('auto'),
    )
    .hook('preAction', (_this, action) => assertShape(shapeOf(action.opts<FormatFlags>())));
}

/** Resolves the flags for this number locale (BCP 47). */
export function formatOptionsFrom(flags: FormatFlags, locale: string): FormatOptions {
  const choice: FormatChoice = {
    subtitles: shapeOf(flags),
    srt: { byteOrderMark: flags.srtBom ?? false, crlf: flags.srtCrlf ?? false },
    csvDelimiter: flags.csvDelimiter,
  };
  return formatOptionsOf(choice, locale);
}

function shapeOf(flags: FormatFlags): SubtitleShape {
  return {
    lineLength: flags.subtitleLineLength,
    lines: flags.subtitleLines,
    readingSpeed: flags.subtitleReadingSpeed,
    gapMs: flags.subtitleGap,
    shortestMs: flags.subtitleShortest,
    longestMs: flags.subtitleLongest,
  };
}

/** Each option was validated when it was parsed; this validates their combination. */
function assertShape(shape: SubtitleShape): void {
  if (subtitleFault(shape) === null) return;
  const { shortestMs, longestMs } = shape;
  throw new UsageProblem(({ say, language }) =>
    say('usage.subtitleOrder', {
      shortest: seconds(shortestMs, language),
      longest: seconds(longestMs, language),
    }),
  );
}

function countOption(flag: string, description: string, measure: SubtitleMeasure): Option {
  const { least, most } = SUBTITLE_LIMITS[measure];
  return new Option(flag, description)
    .default(USUAL_SUBTITLES[measure])
    .argParser((value) => parseCount(value, nameOf(flag), { least, most }));
}

/** A whole number within limits. Throws a UsageProblem if it is none. */
export function parseCount(
  value: string,
  option: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= least && count <= most) return count;
  throw new UsageProblem(({ say }) => say('usage.wholeNumber', { option, least, most }));
}

function timeOption(flag: string, description: string, measure: SubtitleMeasure): Option {
  const { least, most } = SUBTITLE_LIMITS[measure];
  const usual = USUAL_SUBTITLES[measure];
  return new Option(flag, description)
    .default(usual, String(usual / 1000))
    .argParser((value) => parseSeconds(value, nameOf(flag), { least, most }));
}

/** Milliseconds of an option's typed seconds. Throws a UsageProblem if it is no number within the limits, in milliseconds. */
export function parseSeconds(
  value: string,
  option: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const ms = Math.round(Number(value.replace(',', '.')) * 1000);
  if (/^\d+([.,]\d+)?$/.test(value) && ms >= least && ms <= most) return ms;
  throw new UsageProblem(({ say, language }) =>
    say('usage.seconds', { option, least: seconds(least, language), most: seconds(most, language) }),
  );
}

function nameOf(flag: string): string {
  return flag.replace(/ .*/, '');
}

/** A time as it is written in messages. */
function seconds(ms: number, language: Locale): string {
  return new Intl.NumberFormat(language).format(ms / 1000);
}
