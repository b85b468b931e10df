import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TranscriptFile } from '../src/core/export/transcript-file.ts';
import { type KillPhase, type KillPlan, measurePhases, PHASES, phaseWatch, randomKill } from './kill-plan.ts';
import { descendantsOf, isAlive } from './process-memory.ts';
import { recordingOfLength } from './recording-lengths.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { seededRandom } from './statistics.ts';
import { makeVault, type VaultUnderTest } from './vault-under-test.ts';
import { type RunEnd, runVoiceSync, SAMPLE_MODEL_PATH, startVoiceSync } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const KILLS = 50;
const RECORDING_SECONDS = 180;
/** The share of resuming runs that are killed as well. */
const KILL_AGAIN = 0.3;
const CHILDREN_MAY_TAKE_MS = 10_000;

/** The state after a run was killed. */
interface Kill {
  /** The phase it was aimed at. */
  readonly phase: KillPhase;
  /** Whether the source was still being imported. */
  readonly importing: boolean;
  /** Windows that were finished, and those begun but not ended, which are done again. */
  readonly finished: number;
  readonly begun: number;
  /** Windows finished before the killed run that were done again in it. */
  readonly repeated: number;
  /** Orphans: processes that outlived the run for long. */
  readonly leftBehind: number;
}

interface Round {
  readonly kills: readonly Kill[];
  /** Finished windows that the last, undisturbed run did again. */
  readonly repeatedAtLast: number;
  /** Exports whose text differs from the undisturbed run's. */
  readonly wrongExports: number;
  readonly exports: number;
  /** Files in the output folder that are not finished exports. */
  readonly strays: number;
}

interface Surroundings {
  readonly settings: BenchSettings;
  readonly folder: WorkFolder;
  readonly vault: VaultUnderTest;
  readonly recording: string;
  readonly home: string;
  /** The undisturbed run's segments, as text to compare. */
  readonly expected: string;
  readonly windows: number;
  readonly nextKill: () => KillPlan;
  readonly killAgain: () => boolean;
}

/**
 * Whether a job in a vault survives SIGKILL at random moments: the same text every time, and no window done twice but
 * the one that a kill interrupts.
 */
export async function benchResume(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const vault = await makeVault(folder);
  const { path: recording } = await recordingOfLength(folder, '', RECORDING_SECONDS);
  const home = folder.make('home');
  const random = seededRandom(settings.seed);

  settings.tell('an undisturbed run');
  const out = folder.make('undisturbed');
  const run = await runVoiceSync(transcribeArguments(recording, out, vault, settings), { home });
  const lengths = measurePhases(run.events, run.wallMs);
  const surroundings: Surroundings = {
    ...{ settings, folder, vault, recording, home },
    expected: textOf(jsonFilesIn(out)[0] ?? ''),
    windows: windowsTranscribed(run),
    nextKill: () => randomKill(lengths, random),
    killAgain: () => random() < KILL_AGAIN,
  };

  const rounds: Round[] = [];
  for (let killed = 0; killed < KILLS; ) {
    const round = await killAndResume(surroundings, rounds.length, KILLS - killed);
    rounds.push(round);
    killed += round.kills.length;
    settings.tell(`${killed} of ${KILLS} kills`);
  }
  const verify = await startVoiceSync(['vault', 'verify', ...vault.options], { home }).ended;
  return reportOf(surroundings, rounds, verify);
}

/** One job, killed at least once if it can be, until it is done. */
async function killAndResume(context: Surroundings, number: number, killsLeft: number): Promise<Round> {
  const out = context.folder.make(`out-${number}`);
  const earlier = new Set((await context.vault.readJobs()).map(({ job }) => job.id));
  const first = transcribeArguments(context.recording, out, context.vault, context.settings);
  const resume = ['queue', 'run', ...context.vault.options, '--json'];
  const kills: Kill[] = [];
  let args = first;
  let imported = false;
  for (;;) {
    const mayKill = kills.length < killsLeft && (kills.length === 0 || context.killAgain());
    const plan = mayKill ? context.nextKill() : null;
    const { end, leftBehind } = await runWithKill(args, context.home, plan);
    const before = kills.at(-1)?.finished ?? 0;
    if (end.signal !== 'SIGKILL') {
      if (end.status !== 0) throw new Error(`a run ended with ${end.status}:\n${end.stderr}`);
      const done = windowsTranscribed(end);
      return {
        kills,
        repeatedAtLast: Math.max(0, done - (context.windows - before)),
        ...judgeExports(out, context.expected),
      };
    }
    const stored = (await context.vault.readJobs()).find(({ job }) => !earlier.has(job.id));
    imported ||= end.events.some(({ event }) => event.type === 'recordingReady');
    const finished = stored?.windows.filter(({ completedAtMs }) => completedAtMs !== null).length ?? 0;
    const committed = end.events.filter(({ event }) => event.type === 'segmentsCommitted').length;
    kills.push({
      ...{ phase: plan?.phase ?? 'start', finished, leftBehind },
      importing: stored !== undefined && !imported,
      begun: (stored?.windows.length ?? 0) - finished,
      repeated: Math.max(0, committed - (finished - before)),
    });
    // Killed before the job was queued: the user has to start it again.
    args = stored === undefined ? first : resume;
  }
}

/** Runs the command line and kills it as planned; if the planned phase never comes, the run ends by itself. */
async function runWithKill(
  args: readonly string[],
  home: string,
  plan: KillPlan | null,
): Promise<{ end: RunEnd; leftBehind: number }> {
  const phaseOf = phaseWatch();
  let seen = 0;
  let children: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  const killLater = () => {
    timer = setTimeout(() => {
      children = descendantsOf(run.child.pid ?? -1);
      run.child.kill('SIGKILL');
    }, plan?.delayMs);
  };
  const run = startVoiceSync(args, {
    home,
    onEvent: ({ event }) => {
      if (plan === null || phaseOf(event) !== plan.phase) return;
      if (seen === plan.occurrence) killLater();
      seen += 1;
    },
  });
  if (plan?.phase === 'start') killLater();
  const end = await run.ended;
  clearTimeout(timer);
  const deadline = performance.now() + CHILDREN_MAY_TAKE_MS;
  while (children.some(isAlive) && performance.now() < deadline) await delay(20);
  return { end, leftBehind: children.filter(isAlive).length };
}

function transcribeArguments(
  recording: string,
  out: string,
  vault: VaultUnderTest,
  { threads }: BenchSettings,
): string[] {
  return [
    ...['transcribe', recording, '--language', 'en', '--threads', String(threads)],
    ...['--model', SAMPLE_MODEL_PATH, '--out', out],
    ...['--format', 'txt,docx,json', '--json', ...vault.options],
  ];
}

function windowsTranscribed(end: RunEnd): number {
  return end.events.reduce(
    (sum, { event }) => sum + (event.type === 'jobEnded' ? (event.figures?.windows ?? 0) : 0),
    0,
  );
}

function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
}

/** The parts of an exported transcript that a kill must not change. */
function textOf(jsonFile: string): string {
  const { segments, recording } = TranscriptFile.parse(JSON.parse(readFileSync(jsonFile, 'utf8')));
  return JSON.stringify({ segments, noSpeech: recording.noSpeech, complete: recording.complete });
}

function judgeExports(out: string, expected: string): Pick<Round, 'wrongExports' | 'exports' | 'strays'> {
  const files = jsonFilesIn(out);
  const wrong = files.filter((file) => textOf(file) !== expected).length;
  return {
    exports: files.length,
    // A missing transcript is wrong as well.
    wrongExports: files.length === 0 ? 1 : wrong,
    strays: readdirSync(out).filter((name) => !/^[^.].*\.(txt|docx|json)$/.test(name)).length,
  };
}

function reportOf({ windows, settings }: Surroundings, rounds: readonly Round[], verify: RunEnd): Report {
  const kills = rounds.flatMap((round) => round.kills);
  const again = Math.max(0, ...kills.map(({ begun, repeated }) => begun + repeated));
  const repeatedFinished =
    total(kills.map(({ repeated }) => repeated)) + total(rounds.map(({ repeatedAtLast }) => repeatedAtLast));
  const wrong = total(rounds.map(({ wrongExports }) => wrongExports));
  return {
    title: `Resuming after ${kills.length} kills (seed ${settings.seed}), ${rounds.length} jobs of ${windows} windows`,
    tables: [
      {
        title: 'Where the kills fell',
        header: ['aimed at', 'kills', 'source still being read', 'window interrupted'],
        rows: PHASES.map((phase) => {
          const inPhase = kills.filter((kill) => kill.phase === phase);
          const count = (is: (kill: Kill) => boolean) => String(inPhase.filter(is).length);
          return [
            phase,
            count(() => true),
            count(({ importing }) => importing),
            count(({ begun }) => begun > 0),
          ];
        }),
      },
    ],
    notes: [
      `Kills of a run that was itself resuming: ${total(rounds.map((round) => Math.max(0, round.kills.length - 1)))}.`,
      `Jobs that were written twice, as "name (2)", because the kill fell between writing and noting it: ${rounds.filter(({ exports }) => exports > 1).length}.`,
      `Files left in output folders that are no transcript: ${total(rounds.map(({ strays }) => strays))}.`,
      `Processes that outlived a killed one by ${CHILDREN_MAY_TAKE_MS / 1000} s: ${total(kills.map(({ leftBehind }) => leftBehind))}.`,
    ],
    claims: [
      {
        what: 'transcripts that differ from the undisturbed one',
        target: '0',
        measured: `${wrong} of ${total(rounds.map(({ exports }) => exports))}`,
        isKept: wrong === 0,
      },
      {
        what: 'windows repeated per kill, at most',
        target: '1',
        measured: String(again),
        isKept: again <= 1,
      },
      {
        what: 'finished windows done again',
        target: '0',
        measured: String(repeatedFinished),
        isKept: repeatedFinished === 0,
      },
      {
        what: 'vault verify after all of it',
        target: 'sound',
        measured: verify.status === 0 ? 'sound' : `status ${verify.status}`,
        isKept: verify.status === 0,
      },
    ],
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
