import packageFacts from '../../../package.json' with { type: 'json' };
import { shortClockTime } from '../../contract/clock-times.ts';
import type { Locale } from '../../contract/locale.ts';
import { escapeHtml } from '../../core/export/html.ts';
import { programTexts } from '../../messages/program-texts.ts';

/** A recording as it was before it was erased. */
export interface ErasedRecording {
  readonly id: string;
  readonly name: string;
  readonly importedAtMs: number;
  /** Null if it had not been read to its end. */
  readonly durationMs: number | null;
}

/** Why recordings were erased: at the end of their time in a matter, or by hand. */
export type ErasingReason =
  | { readonly matterId: string; readonly matterName: string; readonly days: number }
  | 'byHand';

/** What a certificate of erasing tells. */
export interface CertificateFacts {
  readonly id: string;
  readonly writtenAtMs: number;
  readonly erased: readonly ErasedRecording[];
  readonly why: ErasingReason;
  /** Whether recordings and matter are named. */
  readonly withNames: boolean;
  /** The end of the audit log after the erasing; null for a vault without one. */
  readonly logHead: { readonly sequence: number; readonly hash: Uint8Array } | null;
  readonly language: Locale;
}

/** A certificate of erasing as plain text, at most one fact to a line; times are UTC. */
export function certificateText(facts: CertificateFacts): string {
  const { id, writtenAtMs, erased, why, withNames, logHead, language } = facts;
  const t = programTexts(language, 'erasure');
  const name = (value: string) => (withNames ? [`  ${t('name', { name: value })}`] : []);
  const reason =
    why === 'byHand'
      ? [t('byHand')]
      : [t('byRetention', { count: why.days }), t('matter', { id: why.matterId }), ...name(why.matterName)];
  return [
    ...underlined(t('title'), '='),
    t('id', { id }),
    t('written', { time: utc(writtenAtMs) }),
    t('program', { version: packageFacts.version }),
    '',
    ...underlined(t('why'), '-'),
    ...reason,
    '',
    ...underlined(t('what', { count: erased.length }), '-'),
    ...erased.flatMap((recording, index) => [
      `${index + 1}. ${recording.id}`,
      ...name(recording.name),
      `  ${t('imported', { time: utc(recording.importedAtMs) })}`,
      ...(recording.durationMs === null
        ? []
        : [`  ${t('length', { length: shortClockTime(recording.durationMs) })}`]),
    ]),
    '',
    ...underlined(t('how'), '-'),
    t('howText'),
    t('howFlash'),
    t('howRest'),
    '',
    ...underlined(t('log'), '-'),
    ...(logHead === null
      ? [t('noLog')]
      : [
          t('logEntry', { number: logHead.sequence }),
          `SHA-256: ${Buffer.from(logHead.hash).toString('hex')}`,
          t('logText'),
        ]),
    '',
  ].join('\n');
}

/** A certificate as a page that loads nothing, to be printed. */
export function certificatePage(text: string, language: Locale): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(text.slice(0, text.indexOf('\n')))}</title>
<style>
pre { margin: 0; font: 10pt/1.5 ui-monospace, "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
@page { margin: 18mm; }
</style>
</head>
<body><pre>${escapeHtml(text)}</pre></body>
</html>
`;
}

function underlined(text: string, mark: string): string[] {
  return [text, mark.repeat([...text].length)];
}

function utc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
