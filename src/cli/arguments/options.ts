import { type Command, Option } from 'commander';
import type { SampleEncoding } from '../../app/capture/stream-devices.ts';
import { ExportFormat } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { SpeakerChoice } from '../../contract/job.ts';
import { languageChoice } from '../../contract/languages.ts';
import { ProcessingQuality, USUAL_QUALITY } from '../../contract/quality.ts';
import { MOST_SPEAKERS } from '../../contract/speakers.ts';
import { UsualLanguages } from '../../contract/usual-languages.ts';
import type { Texts } from '../texts.ts';
import { type FormatFlags, withFormatOptions } from './format-flags.ts';
import { type StyleFlags, withStyleOptions } from './style-flags.ts';
import { UsageProblem } from './usage-problem.ts';

/** Formats of the command line: it has no browser to print a PDF. */
const FORMATS = ExportFormat.options.filter((format) => format !== 'pdf');

const LONGEST_OFFSET_MS = 1000 * 60 * 60 * 1000;

/** Flags of a transcription. */
export interface TranscriptionFlags {
  readonly model?: string;
  readonly language: string;
  readonly prompt?: string;
  readonly speakers: SpeakerChoice | number;
  readonly speakersAtMost?: number;
  readonly translate?: boolean;
  readonly keepSilence?: boolean;
  readonly threads?: number;
  readonly beamSize?: number;
}

/** What is to be written, and where. */
export interface DeliveryFlags extends FormatFlags, StyleFlags {
  readonly out?: string;
  readonly format: ExportFormat[];
  readonly timestamps?: boolean;
  readonly timeOffset?: number;
  readonly overwrite?: boolean;
}

/** Which vault to work in. */
export interface VaultFlags {
  readonly vault?: string;
  readonly passphraseFile?: string;
  readonly recoveryKeyFile?: string;
}

/** Which vault to work in, for a command that requires one. */
export type RequiredVaultFlags = VaultFlags & { readonly vault: string };

/** How a command shows its progress. */
export interface OutputFlags {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Adds the options that decide how a recording is transcribed. */
export function withTranscriptionOptions(command: Command): Command {
  return command
    .option('--model <name|file>', 'speech model: a name from "voicesync models list", or a ggml file')
    .addOption(languageOption())
    .option('--prompt <text>', 'names and words to expect, separated by commas')
    .addOption(
      new Option(
        '--speakers <how|n>',
        'tell speakers apart: auto (by channels, else by voices), channels, none, or how many speak, from 1 to 20',
      )
        .default('auto')
        .argParser(parseSpeakers),
    )
    .addOption(
      new Option(
        '--speakers-at-most <n>',
        'tell speakers apart by their voices, no more than so many: from 1 to 20',
      ).argParser(parseSpeakersAtMost('--speakers-at-most')),
    )
    .option('--translate', 'translate to English')
    .option('--keep-silence', 'transcribe silences too: slower, and may invent words')
    .addOption(
      new Option('--threads <n>', 'processor threads to use, whatever --quality says').argParser(
        parseThreads,
      ),
    )
    .addOption(
      new Option(
        '--beam-size <n>',
        'how widely the decoder searches: 1 is greedy, 5 usual elsewhere',
      ).argParser(parseBeamSize),
    );
}

/** Which language is spoken. */
export function languageOption(): Option {
  return new Option(
    '--language <language>',
    'spoken language: auto, mixed (several in one recording), a code like es or a name like spanish',
  )
    .default('auto')
    .argParser(parseLanguage);
}

/** The languages that are likely, where the language is detected: for a command without a vault, which would know them. */
export function usualLanguagesOption(): Option {
  return new Option(
    '--usual-languages <list>',
    'with --language auto, without a vault: languages that are likely, separated by commas, as en,es',
  ).argParser(parseUsualLanguages);
}

/** Flags of commands that run jobs. */
export interface RunFlags {
  readonly quality: ProcessingQuality;
}

/** How much of the machine a command that runs jobs may take. */
export function qualityOption(): Option {
  return new Option(
    '--quality <how>',
    'how much of this computer to take: quiet leaves it to others, fast takes all processor threads',
  )
    .choices(ProcessingQuality.options)
    .default(USUAL_QUALITY);
}

/** How a recording's channels map to speakers, for a command that does not transcribe. */
export function speakersOption(): Option {
  return new Option('--speakers <how>', 'tell speakers apart by the channels of the recording')
    .choices(SpeakerChoice.options)
    .default('auto');
}

/** Adds the options that decide what is written where. */
export function withDeliveryOptions(command: Command): Command {
  command
    .option('--out <folder>', 'where to write (default: beside each recording)')
    .addOption(
      new Option('--format <list>', `what to write, separated by commas: ${FORMATS.join(', ')}`)
        .default(['txt', 'docx'], 'txt,docx')
        .argParser(parseFormats),
    )
    .option('--timestamps', 'put times into plain text')
    .addOption(
      new Option(
        '--time-offset <time>',
        'add this to every time that is written: 1:30:00, 90, 2.5 or -0:02.5; none goes below 0',
      ).argParser(parseTimeOffset),
    )
    .option(
      '--overwrite',
      'replace files of the same name instead of writing "name (2)"; never those of this very run',
    );
  return withFormatOptions(withStyleOptions(command));
}

/** Adds the options for a vault and its credential. */
export function withVaultOptions(command: Command, kind: 'optional' | 'required'): Command {
  const vault = new Option(
    '--vault <folder>',
    kind === 'required'
      ? 'the vault'
      : 'keep recordings and transcripts in this vault (default: nothing is kept)',
  );
  return command
    .addOption(kind === 'required' ? vault.makeOptionMandatory() : vault)
    .option('--passphrase-file <file>', 'read the passphrase from the first line of this file')
    .addOption(
      new Option('--recovery-key-file <file>', 'open with the recovery key in this file').conflicts(
        'passphraseFile',
      ),
    );
}

/** Adds the options that decide what is shown. */
export function withOutputOptions(command: Command): Command {
  return command
    .option('--quiet', 'show nothing but errors')
    .option('--json', 'print one event a line on stdout, for other programs');
}

/** Flags of commands that list. */
export interface ListingFlags {
  readonly json?: boolean;
}

/** Adds the option that prints a list as JSON. */
export function withJsonOption(command: Command): Command {
  return command.option('--json', 'print one JSON document on stdout, for other programs');
}

/** How sound without a header is to be read. */
export interface RawFlags {
  readonly raw?: SampleEncoding;
  readonly rate?: number;
  readonly channels?: number;
}

/** Adds the options that describe sound without a header. */
export function withRawOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--raw <encoding>', 'the sound has no header: its samples are encoded like this').choices([
        's16le',
        'f32le',
      ]),
    )
    .addOption(
      new Option('--rate <hertz>', 'with --raw: samples a second').argParser(
        parseBetween('--rate', 8000, 192_000),
      ),
    )
    .addOption(
      new Option('--channels <n>', 'with --raw: 1, or 2 interleaved (default: 1)').argParser(
        parseBetween('--channels', 1, 2),
      ),
    );
}

/** Which of several audio tracks to use. */
export function trackOption(): Option {
  return new Option('--track <n|mix>', 'which audio track to take of several: its number, or mix').argParser(
    parseTrack,
  );
}

/** Adds examples to a command's help: what to type, and what it does. */
export function withExamples(command: Command, examples: readonly (readonly [string, string?])[]): Command {
  const lines = examples.flatMap(([typed, does]) => [
    `  voicesync ${typed}`,
    ...(does === undefined ? [] : [`      ${does}`]),
  ]);
  return command.addHelpText(
    'after',
    `\n${examples.length > 1 ? 'Examples' : 'Example'}:\n${lines.join('\n')}`,
  );
}

function parseLanguage(value: string): string {
  const choice = languageChoice(value);
  if (choice === null) throw new AppError('language.unknown', { language: value });
  return choice;
}

function parseUsualLanguages(value: string): UsualLanguages {
  const codes = new Set(value.split(',').map((name) => parseLanguage(name.trim())));
  const parsed = UsualLanguages.safeParse([...codes]);
  if (!parsed.success) throw new AppError('language.unknown', { language: value });
  return parsed.data;
}

function parseFormats(value: string): ExportFormat[] {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map((format) => {
    const parsed = ExportFormat.safeParse(format);
    if (!parsed.success) throw new AppError('export.unknownFormat', { format, known: FORMATS });
    if (parsed.data === 'pdf') throw new AppError('export.needsWindow', {});
    return parsed.data;
  });
}

function parseThreads(value: string): number {
  return wholeNumber(value, 256, ({ say }) => say('usage.threads'));
}

/** How speakers are told apart: a choice, or their number. */
function parseSpeakers(value: string): SpeakerChoice | number {
  const choice = SpeakerChoice.safeParse(value);
  return choice.success
    ? choice.data
    : wholeNumber(value, MOST_SPEAKERS, ({ say }) => say('usage.speakers', { most: MOST_SPEAKERS }));
}

/** The most people that there may be. */
export function parseSpeakersAtMost(option: string): (value: string) => number {
  return parseBetween(option, 1, MOST_SPEAKERS);
}

/** How many people speak: a number, or as many as are heard. */
export function parseSpeakerNumber(value: string): number | 'auto' {
  return value === 'auto'
    ? value
    : wholeNumber(value, MOST_SPEAKERS, ({ say }) => say('usage.speakerNumber', { most: MOST_SPEAKERS }));
}

function parseBeamSize(value: string): number {
  return wholeNumber(value, 8, ({ say }) => say('usage.beamSize'));
}

function parseTrack(value: string): number | 'mix' {
  return value === 'mix' ? value : wholeNumber(value, 999, ({ say }) => say('usage.track'));
}

function parseBetween(option: string, least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new UsageProblem(({ say }) => say('usage.wholeNumber', { option, least, most }));
  };
}

/** How many of something to show, at least 1. */
export function parseLimit(value: string): number {
  return wholeNumber(value, 1_000_000, ({ say }) => say('usage.limit'));
}

/** A time in a recording, `12:34` or `1:02:03`, in milliseconds. */
export function parseClockTime(value: string): number {
  const match = /^(?:(\d+):)?(\d{1,3}):([0-5]\d)$/.exec(value);
  if (match === null) throw new UsageProblem(({ say }) => say('usage.time'));
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** An offset for times, `1:30:00`, `01:30`, `90` or `-2.5` seconds, in milliseconds; at most a thousand hours. */
export function parseTimeOffset(value: string): number {
  const match = /^([+\-\u2212])?(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7})(?:[.,](\d{1,3}))?$/u.exec(
    value.trim(),
  );
  const [, sign, hours, minutes, seconds = '0', fraction = ''] = match ?? [];
  // After a colon, 59 is the maximum.
  const isClock = (part: string | undefined, above: string | undefined) =>
    above === undefined || (part !== undefined && /^[0-5]?\d$/.test(part));
  const ms =
    ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds)) * 1000 +
    Number(fraction.padEnd(3, '0'));
  if (match === null || !isClock(seconds, minutes) || !isClock(minutes, hours) || ms > LONGEST_OFFSET_MS) {
    throw new UsageProblem(({ say }) => say('usage.timeOffset'));
  }
  // Without the addition it would be negative zero.
  return (sign === '-' || sign === '\u2212' ? -ms : ms) + 0;
}

function wholeNumber(value: string, most: number, problem: (texts: Texts) => string): number {
  if (!/^[1-9]\d*$/.test(value) || Number(value) > most) throw new UsageProblem(problem);
  return Number(value);
}
