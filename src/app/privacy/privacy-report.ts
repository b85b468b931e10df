import { arch, release, type as systemName } from 'node:os';
import packageFacts from '../../../package.json' with { type: 'json' };
import type { EgressPlace, EgressResult, PrivacyReport, ReportSection } from '../../contract/egress.ts';
import type { Locale } from '../../contract/locale.ts';
import type { PlaceView } from '../../contract/places.ts';
import type { AuditEntry } from '../../core/audit/entry.ts';
import type { AuditFault } from '../../core/audit/verify-chain.ts';
import type { Database } from '../../core/database/database.ts';
import { type ProgramTexts, programTexts } from '../../messages/program-texts.ts';

type T = ProgramTexts<'privacy'>;

/** The audit log, as far as it is shown, and its faults. */
export interface CheckedLog {
  readonly entries: readonly AuditEntry[];
  /** Entries before those. */
  readonly earlier: number;
  readonly faults: readonly AuditFault[];
}

/** Inputs of the report. */
export interface PrivacyFacts {
  readonly language: Locale;
  readonly made: Date;
  /** Every place where the app keeps something. */
  readonly places: readonly PlaceView[];
  /** Of the last self-test; none if there was none. */
  readonly results: readonly EgressResult[];
  /** Null if no vault is open. */
  readonly log: CheckedLog | null;
}

/** Most entries of the log in a report: years of daily work. */
const MOST_ENTRIES = 20_000;
const HASH_DIGITS = 16;

/** Where a refusal comes from something that the code in question cannot change. */
const BEHIND_A_BARRIER: readonly EgressPlace[] = ['page', 'browser'];

/** Checks the audit log of an open vault, and reads its last entries. */
export async function checkedLog({ audit }: Database): Promise<CheckedLog> {
  const faults = await audit.verify();
  const { sequence } = await audit.end();
  const afterSequence = Math.max(0, sequence - MOST_ENTRIES);
  // An altered entry may not be readable; its fault is told.
  const entries = await audit.page({ afterSequence, limit: MOST_ENTRIES }).catch(() => []);
  return { entries, earlier: sequence - entries.length, faults };
}

/** The privacy report: what is blocked, what was tried, what is in memory, what lies where, and the audit log. */
export function privacyReport(facts: PrivacyFacts): PrivacyReport {
  const t = programTexts(facts.language, 'privacy');
  return {
    title: t('title'),
    sections: [
      summary(facts, t),
      blocked(t),
      selfTest(facts, t),
      text('memory', t('memory'), [
        t('memoryLocked'),
        t('memoryOpen'),
        t('memoryCurtain'),
        t('memoryLimits'),
      ]),
      placesTable(facts, t),
      text('programs', t('programs'), [t('programsText')]),
      text('limits', t('limits'), [t('limitsText')]),
      ...(facts.log === null ? [] : [auditLog(facts.log, t)]),
    ],
  };
}

function text(id: ReportSection['id'], title: string, paragraphs: readonly string[]): ReportSection {
  return { id, title, paragraphs: [...paragraphs], columns: [], rows: [] };
}

function summary({ made, results, log }: PrivacyFacts, t: T): ReportSection {
  const reached = results.filter((one) => one.reached).length;
  const untried = results.filter(({ end }) => end.how === 'untried').length;
  const tried = results.length - untried;
  const tested =
    results.length === 0
      ? t('notTested')
      : reached > 0
        ? t('someReached', { count: reached })
        : t('allRefused', { count: tried });
  const logged =
    log === null
      ? t('noLog')
      : log.faults.length > 0
        ? t('logFaulty', { count: log.faults.length })
        : t('logSound', { count: log.entries.length + log.earlier });
  const facts = { time: minute(made.getTime()), version: packageFacts.version };
  return text('summary', t('summary'), [
    t('made', { ...facts, system: `${systemName()} ${release()} (${arch()})` }),
    tested,
    ...(untried > 0 ? [t('someUntried', { count: untried })] : []),
    logged,
  ]);
}

function blocked(t: T): ReportSection {
  const rows = (
    [
      ['page', 'blockedPage'],
      ['browser', 'blockedBrowser'],
      ['program', 'blockedProgram'],
      ['engine', 'blockedEngine'],
      ['decoder', 'blockedDecoder'],
    ] as const
  ).map(([place, how]) => [t(`places.${place}`), t(how), kindOf(place, t)]);
  const columns = [t('columnWhere'), t('columnHow'), t('columnKind')];
  return { id: 'blocked', title: t('blocked'), paragraphs: [t('blockedIntro')], columns, rows };
}

function kindOf(place: EgressPlace, t: T): string {
  return BEHIND_A_BARRIER.includes(place) ? t('barrier') : t('rule');
}

function selfTest({ results }: PrivacyFacts, t: T): ReportSection {
  const columns = [t('columnWhere'), t('columnWay'), t('columnResult'), t('columnHow'), t('columnKind')];
  const rows = results.map(({ place, way, end, reached }) => [
    t(`places.${place}`),
    t(`ways.${way}`),
    reached ? t('reached') : end.how === 'untried' ? t('untried') : t('refused'),
    t(`ends.${end.how}`, { detail: end.detail }),
    end.how === 'untried' ? '' : kindOf(place, t),
  ]);
  const paragraphs = results.length === 0 ? [t('notTested')] : [t('testIntro')];
  return { id: 'test', title: t('test'), paragraphs, columns: results.length === 0 ? [] : columns, rows };
}

function placesTable({ language, places }: PrivacyFacts, t: T): ReportSection {
  const named = programTexts(language, 'places');
  const rows = [
    ...places.map(({ kind, path, isEncrypted }) => [
      `${named(`${kind}Name`)}. ${named(`${kind}What`)}`,
      path,
      isEncrypted ? t('yes') : t('no'),
    ]),
    [t('inExports'), t('whereYouChoose'), t('no')],
    [t('inSource'), t('whereItWas'), t('no')],
  ];
  const columns = [t('columnWhat'), t('columnWhere'), t('columnProtected')];
  return { id: 'places', title: t('whereTitle'), paragraphs: [], columns, rows };
}

function auditLog({ entries, earlier, faults }: CheckedLog, t: T): ReportSection {
  const head = entries.at(-1);
  const rows = entries.map(({ sequence, atMs, action, outcome, subjectId, hash }) => [
    String(sequence),
    minute(atMs),
    action,
    outcome,
    subjectId ?? '',
    hash.toString('hex').slice(0, HASH_DIGITS),
  ]);
  return {
    id: 'log',
    title: t('log'),
    paragraphs: [
      t('logIntro'),
      ...faults.map(({ kind, sequence, toSequence }) => t(`faults.${kind}`, { sequence, toSequence })),
      ...(head === undefined
        ? []
        : [t('logHead', { sequence: head.sequence, hash: head.hash.toString('hex') })]),
      ...(earlier > 0 ? [t('logEarlier', { count: earlier })] : []),
    ],
    columns: [
      t('columnNumber'),
      t('columnTime'),
      t('columnAction'),
      t('columnOutcome'),
      t('columnAbout'),
      t('columnHash'),
    ],
    rows,
  };
}

/** A time to the second, in UTC. */
function minute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
