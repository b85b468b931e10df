import { type Command, InvalidArgumentError, Option } from 'commander';
import { ExportFormat } from '../contract/document.ts';
import { LanguageChoice, SpeakerChoice } from '../contract/job.ts';

/** What a transcription is asked for on the command line. */
export interface TranscriptionFlags {
  readonly model?: string;
  readonly language: string;
  readonly prompt: string;
  readonly speakers: SpeakerChoice;
  readonly translate: boolean;
  readonly keepSilence: boolean;
  readonly threads?: number;
}

/** What is to be written, and where. */
export interface DeliveryFlags {
  readonly out?: string;
  readonly format: ExportFormat[];
  readonly timestamps: boolean;
  readonly overwrite: boolean;
}

/** Which vault to work in. */
export interface VaultFlags {
  readonly vault?: string;
  readonly passphraseFile?: string;
  readonly recoveryKeyFile?: string;
}

/** How a command shows what it does. */
export interface OutputFlags {
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Adds the options that decide how a recording is transcribed. */
export function withTranscriptionOptions(command: Command): Command {
  return command
    .option('--model <name|file>', 'speech model: a name from "voicesync models list", or a ggml file')
    .addOption(
      new Option(
        '--language <code>',
        'spoken language: auto, mixed (several in one recording) or a code like es',
      )
        .default('auto')
        .argParser(parseLanguage),
    )
    .option('--prompt <text>', 'names and words to expect, separated by commas', '')
    .addOption(speakersOption())
    .option('--translate', 'translate to English', false)
    .option('--keep-silence', 'transcribe silences too: slower, and may invent words', false)
    .addOption(new Option('--threads <n>', 'processor threads to use').argParser(parseThreads));
}

/** How the channels of a recording are taken. */
export function speakersOption(): Option {
  return new Option('--speakers <how>', 'tell speakers apart by the channels of the recording')
    .choices(SpeakerChoice.options)
    .default('auto');
}

/** Adds the options that decide what is written where. */
export function withDeliveryOptions(command: Command): Command {
  return command
    .option('--out <folder>', 'where to write (default: beside each recording)')
    .addOption(
      new Option('--format <list>', `what to write, separated by commas: ${ExportFormat.options.join(', ')}`)
        .default(['txt', 'docx'], 'txt,docx')
        .argParser(parseFormats),
    )
    .option('--timestamps', 'put times into plain text', false)
    .option('--overwrite', 'replace files of the same name instead of writing "name (2)"', false);
}

/** Adds the options that name a vault and what opens it. */
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
    .option('--quiet', 'show nothing but errors', false)
    .option('--json', 'print one event a line on stdout, for other programs', false);
}

function parseLanguage(value: string): string {
  const parsed = LanguageChoice.safeParse(value.toLowerCase());
  if (!parsed.success) throw new InvalidArgumentError('It is auto, mixed or a code such as en, es or fr.');
  return parsed.data;
}

function parseFormats(value: string): ExportFormat[] {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map((name) => {
    const parsed = ExportFormat.safeParse(name);
    if (!parsed.success) throw new InvalidArgumentError(`Known formats: ${ExportFormat.options.join(', ')}.`);
    return parsed.data;
  });
}

function parseThreads(value: string): number {
  const threads = Number(value);
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) {
    throw new InvalidArgumentError('It is a whole number from 1 to 256.');
  }
  return threads;
}

/** An audio track as people count them, from 1, or all of them mixed. */
export function parseTrack(value: string): number | 'mix' {
  if (value === 'mix') return value;
  const track = Number(value);
  if (!Number.isInteger(track) || track < 1)
    throw new InvalidArgumentError('It is a number from 1 on, or mix.');
  return track;
}

/** A time in a recording, `12:34` or `1:02:03`, in milliseconds. */
export function parseClockTime(value: string): number {
  const match = /^(?:(\d+):)?(\d{1,3}):([0-5]\d)$/.exec(value);
  if (match === null) throw new InvalidArgumentError('It is minutes:seconds or hours:minutes:seconds.');
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
