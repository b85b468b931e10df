import { cpus } from 'node:os';
import { childrenCpuMs } from './children-cpu.ts';
import { recordingOfLength } from './recording-lengths.ts';
import { BILINGUAL, CALL, HEARING, recordingPath } from './reference-recordings.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { type ToldTimes, toldTimes, worstDeviation } from './told-times.ts';
import { makeVault, type VaultUnderTest } from './vault-under-test.ts';
import { SAMPLE_MODEL_PATH, startVoiceSync } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const RUNS = 5;
/** Largest error of the ETA, as a share of the whole duration. */
const TARGET = 0.15;
/** If other programs use more of the processor than this, their load decides when a job is ready. */
const DISTURBED_SHARE = 0.1;
/** Progress at which the job is killed and resumed, in per cent. */
const KILLED_PERCENT = 50;

/** One run of the command line, with all its jobs. */
interface Measured {
  readonly what: string;
  readonly attempts: readonly ToldTimes[];
  /** Other programs' share of the processors meanwhile. */
  readonly othersShare: number;
}

/**
 * The error of the ETA shown with a job: at every progress report that has one, as a share
 * of the attempt's whole duration.
 */
export async function benchReady(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const measured: Measured[] = [];
  const hearing = recordingPath(HEARING);
  const english = ['--language', 'en'];
  for (let run = 1; run <= RUNS; run += 1) measured.push(await one(HEARING, [hearing, ...english]));
  const { path: hour } = await recordingOfLength(folder, '', 3600);
  measured.push(await one('an hour of it', [hour, ...english]));
  measured.push(await one('it, languages mixed', [hearing, '--language', 'mixed']));
  const queued = [hearing, recordingPath(CALL), hour];
  measured.push(await one('three queued', [...queued, ...english]));
  for (const name of [BILINGUAL, CALL, 'interview-en.m4a', 'noise-40s.wav']) {
    measured.push(await one(name, [recordingPath(name), '--language', name === BILINGUAL ? 'mixed' : 'en']));
  }
  settings.tell('killed and resumed');
  measured.push(await killedAndResumed(folder, settings));
  return reportOf(measured, settings);

  async function one(what: string, args: readonly string[]): Promise<Measured> {
    settings.tell(what);
    const out = folder.make('out');
    const all = ['transcribe', ...args, '--model', SAMPLE_MODEL_PATH, '--threads', String(settings.threads)];
    const run = [...all, '--out', out, '--overwrite', '--json'];
    return { what, ...(await measure(run, folder.make('home'))) };
  }
}

/** A job in a vault, killed in the middle; the ETAs of the run that resumes it. */
async function killedAndResumed(folder: WorkFolder, { threads }: BenchSettings): Promise<Measured> {
  const vault: VaultUnderTest = await makeVault(folder);
  const home = folder.make('home');
  const run = startVoiceSync(
    [
      ...['transcribe', recordingPath(HEARING), '--language', 'en', '--threads', String(threads), '--json'],
      ...['--model', SAMPLE_MODEL_PATH, '--out', folder.make('resumed'), ...vault.options],
    ],
    {
      home,
      onEvent: ({ event }) => {
        if (event.type !== 'jobProgress' || (event.progress.percent ?? 0) < KILLED_PERCENT) return;
        run.child.kill('SIGKILL');
      },
    },
  );
  await run.ended;
  const resumed = await measure(['queue', 'run', ...vault.options, '--json'], home);
  return { what: `it, killed at ${KILLED_PERCENT} % and resumed`, ...resumed };
}

async function measure(args: readonly string[], home: string): Promise<Omit<Measured, 'what'>> {
  const before = { all: processorTimes(), ownMs: ownCpuMs() };
  const startedAtMs = Date.now();
  const end = await startVoiceSync(args, { home }).ended;
  if (end.status !== 0) throw new Error(`voicesync ${args[0]} ended with ${end.status}:\n${end.stderr}`);
  const after = processorTimes();
  const busyMs = after.busyMs - before.all.busyMs;
  const totalMs = after.totalMs - before.all.totalMs;
  const othersMs = Math.max(0, busyMs - (ownCpuMs() - before.ownMs));
  return { attempts: toldTimes(end.events, startedAtMs), othersShare: othersMs / totalMs };
}

function processorTimes(): { busyMs: number; totalMs: number } {
  let busyMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    const sumMs = times.user + times.nice + times.sys + times.idle + times.irq;
    totalMs += sumMs;
    busyMs += sumMs - times.idle;
  }
  return { busyMs, totalMs };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenCpuMs();
}

function reportOf(measured: readonly Measured[], { threads }: BenchSettings): Report {
  const calm = measured.filter(({ othersShare }) => othersShare <= DISTURBED_SHARE);
  const deviations = calm.flatMap(({ attempts }) => attempts.map(worstDeviation));
  const told = deviations.filter((deviation) => deviation !== null);
  const worst = told.length === 0 ? null : Math.max(...told);
  return {
    title: `The time told when a job will be ready, threads: ${threads}`,
    tables: [
      {
        title: 'Every job, in the order of its end',
        header: ['recording', 'seconds', 'told from', 'times told', 'worst', "others' processor"],
        rows: measured.flatMap(({ what, attempts, othersShare }) =>
          attempts.map((attempt) => [what, ...rowOf(attempt), percent(othersShare)]),
        ),
      },
    ],
    notes: [
      '"Told from": the per cent of the job at the first report with a time. "Times told": how many different ones.',
      `Runs in which other programs took more than ${percent(DISTURBED_SHARE)} of the processors are shown and do not count: ${measured.length - calm.length} of ${measured.length}.`,
    ],
    claims: [
      {
        what: 'farthest that a told time was off, of the whole duration',
        target: `at most ${percent(TARGET)}`,
        measured: worst === null ? 'no undisturbed run' : percent(worst),
        isKept: worst !== null && worst <= TARGET,
      },
    ],
  };
}

function rowOf(attempt: ToldTimes): string[] {
  const { durationMs, reports } = attempt;
  const [first] = reports;
  const worst = worstDeviation(attempt);
  return [
    (durationMs / 1000).toFixed(1),
    first === undefined ? '–' : percent(first.percent / 100),
    String(new Set(reports.map(({ readyMs }) => readyMs)).size),
    worst === null ? '–' : percent(worst),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
