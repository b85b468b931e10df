import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import type { Diagnostic, LogEntry } from '../../contract/diagnostics.ts';
import type { Locale } from '../../contract/locale.ts';
import { programTexts } from '../../messages/program-texts.ts';
import type { ModelList } from '../models/model-store.ts';
import { modelOfHash } from '../models/official-models.ts';
import type { DiagnosticLog } from './diagnostic-log.ts';
import { loggedVersion } from './plain-values.ts';

/** The content of a report. */
export interface ReportParts {
  readonly language: Locale;
  readonly log: DiagnosticLog;
  /** The program that makes the report, as the log's first entry has it. */
  readonly start: Diagnostic;
  readonly models: ModelList | null;
  /** The settings of the window, if there is one: choices and numbers, no text input. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>> | null;
  /** Free space on the disk of the data folder; null if that is not known. */
  readonly freeBytes: number | null;
}

/** A longer report would not be read. */
const MOST_ENTRIES = 2000;

/**
 * The report that a user can give to their support: plain text, to be read first. It states at the top what is in it
 * and what is not, and contains what the log's schema accepts, and facts of the machine.
 */
export function problemReport(parts: ReportParts): string {
  const t = programTexts(parts.language, 'report');
  const { settings } = parts;
  return [
    t('title'),
    new Date().toISOString(),
    ...[t('contains'), t('containsNot'), t('isSentNowhere')].flatMap((paragraph) => ['', paragraph]),
    ...section(t('program'), [valuesOf(parts.start)]),
    ...section(t('computer'), computerFacts(parts.freeBytes)),
    ...section(t('models'), parts.models === null ? [] : modelLines(parts.models)),
    ...(settings === null ? [] : section(t('settings'), [valuesOf(settings)])),
    ...logSection(parts),
    '',
  ].join('\n');
}

function section(heading: string, lines: readonly string[]): string[] {
  return ['', heading, '-'.repeat(heading.length), ...lines];
}

function logSection({ log, language }: ReportParts): string[] {
  const t = programTexts(language, 'report');
  const entries = log.entries();
  const kept = entries.slice(-MOST_ENTRIES);
  const leftOut = entries.length - kept.length;
  return [
    '',
    t('log', { count: entries.length }),
    ...(log.isOn ? [] : [t('logIsOff')]),
    ...(log.isOn && entries.length === 0 ? [t('logIsEmpty')] : []),
    ...(leftOut === 0 ? [] : [t('earlierLeftOut', { count: leftOut })]),
    ...kept.map(entryLine),
  ];
}

/** An entry as one line: when, in which process, what, and its values by their names. */
export function entryLine({ atMs, process, what }: LogEntry): string {
  const { event, ...values } = what;
  const time = new Date(atMs).toISOString().replace('T', ' ').slice(0, 19);
  return [`${time}  [${process}]  ${event}`, valuesOf(values)].filter((part) => part !== '').join('  ');
}

function valuesOf(values: object): string {
  return Object.entries(values)
    .filter(([name, value]) => value !== null && name !== 'event')
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(' ');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(' ')}]`;
  return typeof value === 'object' && value !== null ? `{${valuesOf(value)}}` : String(value);
}

/** Processor features that decide which code the speech engine can run. */
const CPU_FEATURES = (
  'sse4_2 avx avx2 avx_vnni fma f16c bmi2 avx512f avx512bw avx512vl avx512_vnni avx512_bf16 amx_int8 ' +
  'asimd asimddp fphp sve i8mm'
).split(' ');

function computerFacts(freeBytes: number | null): string[] {
  const gigabytes = freeBytes === null ? null : Math.floor(freeBytes / 1024 ** 3);
  const model = cpus()[0]
    ?.model.replace(/[^\w ().@-]/g, '')
    .slice(0, 80);
  const facts = { system: loggedVersion(release()), freeGb: gigabytes };
  return [valuesOf(facts), ...(model === undefined ? [] : [model]), cpuFeatures()].filter(
    (line) => line !== '',
  );
}

/** Only Linux reports them without a separate program. */
function cpuFeatures(): string {
  if (process.platform !== 'linux') return '';
  try {
    const [, flags = ''] =
      /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
    const has = new Set(flags.split(' '));
    return CPU_FEATURES.filter((feature) => has.has(feature)).join(' ');
  } catch {
    return '';
  }
}

/** Models by their hash: a file's name may be the user's own. */
function modelLines({ installed, unusable }: ModelList): string[] {
  const lines = installed.map(({ sha256, sizeBytes, verification, isDefault }) =>
    valuesOf({
      sha256,
      sizeMb: Math.round(sizeBytes / 1024 ** 2),
      verification,
      isDefault,
      official: modelOfHash(sha256)?.name ?? null,
    }),
  );
  return [...lines, ...unusable.map(({ error }) => valuesOf({ unusable: error.code }))];
}
