import { ensureBuilt } from '../../e2e/built-app.ts';
import { chooseRuntime } from '../../e2e/runtime.ts';
import { referenceRecordings } from '../reference-recordings.ts';
import type { Claim, Report, Table } from '../report.ts';
import type { BenchSettings } from '../settings.ts';
import { median, percentile } from '../statistics.ts';
import { makeWorkFolder } from '../work-folder.ts';
import { type Drop, makeDropHome, measureDrop, PASSPHRASE } from './drop.ts';
import { LONG_HOURS, LONG_SEGMENTS, makeLongVault } from './long-recording.ts';
import { type LongRun, type Measured, measureLongTranscript } from './long-transcript.ts';

const RUNS = 5;
const DROPPED = ['interview-en.m4a', 'dictado-es.ogg', 'call-two-channels.flac', 'hearing-12min.opus'];
const ROW_MS = 100;
const WORDS_MS = 2000;
const OPENED_MS = 300;
const FRAME_MS = 50;

interface Drops {
  readonly name: string;
  readonly runs: readonly Drop[];
}

/** Latencies of the window: a drop's row and first words, and every frame of a transcript of ten hours. */
export async function benchApp(settings: BenchSettings): Promise<Report> {
  ensureBuilt();
  using folder = makeWorkFolder();
  const drops = await measureDrops();
  const longRuns = await measureLong();
  return {
    title: `The window, on ${chooseRuntime() === 'electron' ? 'Electron' : 'the stand-in over headless Chromium'}`,
    tables: [dropTable(drops), openTable(longRuns), frameTable(longRuns)],
    notes: NOTES,
    claims: [...dropClaims(drops), ...longClaims(longRuns)],
  };

  async function measureDrops(): Promise<Drops[]> {
    const home = await makeDropHome(folder);
    const found: Drops[] = [];
    for (const name of DROPPED) {
      const recording = referenceRecordings().find((one) => one.name === name);
      if (recording === undefined) throw new Error(`There is no ${name}.`);
      const runs: Drop[] = [];
      for (let run = 1; run <= RUNS; run += 1) {
        settings.tell(`dropping ${name}, ${run} of ${RUNS}`);
        runs.push(await measureDrop(folder, home, recording));
      }
      found.push({ name, runs });
    }
    return found;
  }

  async function measureLong(): Promise<LongRun[]> {
    settings.tell(`making a recording of ${LONG_HOURS} hours`);
    const home = folder.make('long-home');
    await makeLongVault(`${home}/vault`, PASSPHRASE, settings.seed);
    const runs: LongRun[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      settings.tell(`the long transcript, ${run} of ${RUNS}`);
      runs.push(await measureLongTranscript(home));
    }
    return runs;
  }
}

const NOTES = [
  'Every run is a start of the app of its own; nothing is measured twice to keep the better one.',
  'Times are from the page: from the event to the drawn frame that shows its result.',
  'The row has the name of the file that was dropped; the recording has a length, options and actions.',
  `The long recording is ${LONG_HOURS} hours of the hearing fixture, stored part by part; its transcript of ${LONG_SEGMENTS} segments is the fixture's words, not heard by the engine.`,
];

function dropTable(drops: readonly Drops[]): Table {
  return {
    title: `Milliseconds from a drop, median and worst of ${RUNS} runs`,
    header: ['recording', 'row', 'worst', 'recording', 'worst', 'first words', 'worst'],
    rows: drops.map(({ name, runs }) => [
      name,
      ...(['rowMs', 'recordingMs', 'wordsMs'] as const).flatMap((point) => {
        const values = runs.map((run) => run[point]);
        return [whole(median(values)), whole(Math.max(...values))];
      }),
    ]),
  };
}

function openTable(runs: readonly LongRun[]): Table {
  const row = (label: string, values: readonly number[]) => [
    label,
    whole(median(values)),
    whole(Math.max(...values)),
  ];
  return {
    title: `Opening a transcript of ${LONG_HOURS} hours, milliseconds from Enter`,
    header: ['', 'median', 'worst'],
    rows: [
      row(
        'the first since the start',
        runs.map(({ openedMs }) => openedMs[0]),
      ),
      row(
        'the second',
        runs.map(({ openedMs }) => openedMs[1]),
      ),
    ],
  };
}

function frameTable(runs: readonly LongRun[]): Table {
  const row = (label: string, measured: readonly Measured[]) => {
    const frames = measured.flatMap(({ page }) => page.framesMs);
    const over = measured.map(({ page }) => page.framesMs.filter((ms) => Math.round(ms) > FRAME_MS).length);
    return [
      label,
      String(frames.length),
      whole(percentile(frames, 99)),
      whole(median(measured.map(({ page }) => largest(page.framesMs)))),
      whole(largest(frames)),
      String(over.reduce((sum, count) => sum + count, 0)),
      whole(largest(measured.flatMap(({ page }) => page.longTasksMs))),
      whole(largest(measured.flatMap(({ page }) => page.inputsMs))),
      whole(largest(measured.map(({ main }) => main.p99Ms))),
      whole(largest(measured.map(({ main }) => main.maxMs))),
    ];
  };
  return {
    title: `Frames of ${RUNS} runs in milliseconds, and the main process's loop`,
    header: [
      ...['', 'frames', 'p99', 'longest, median', 'longest', `over ${FRAME_MS}`],
      ...['longest task', 'slowest input', 'main p99', 'main longest'],
    ],
    rows: [
      row(
        'opening',
        runs.map(({ opening }) => opening),
      ),
      row(
        'scrolling',
        runs.map(({ scrolling }) => scrolling),
      ),
      row(
        'typing',
        runs.map(({ typing }) => typing),
      ),
    ],
  };
}

function dropClaims(drops: readonly Drops[]): Claim[] {
  const rowMs = Math.max(...drops.map(({ runs }) => median(runs.map((run) => run.rowMs))));
  const wordsMs = Math.max(...drops.map(({ runs }) => median(runs.map((run) => run.wordsMs))));
  return [
    claim('a drop shows its row, slowest median', rowMs, ROW_MS),
    claim('first words of a drop, slowest median', wordsMs, WORDS_MS),
  ];
}

function longClaims(runs: readonly LongRun[]): Claim[] {
  const over = (of: (run: LongRun) => Measured) =>
    median(runs.map((run) => largest([...of(run).page.framesMs, ...of(run).page.longTasksMs])));
  const main = runs.flatMap(({ opening, scrolling, typing }) => [opening, scrolling, typing]);
  return [
    claim(
      'a transcript of 10 hours opens, median',
      median(runs.map(({ openedMs }) => openedMs[0])),
      OPENED_MS,
    ),
    frameClaim(
      'its longest frame while scrolling, median of the runs',
      over(({ scrolling }) => scrolling),
    ),
    frameClaim(
      'its longest frame while typing, median of the runs',
      over(({ typing }) => typing),
    ),
    claim("the main process's loop meanwhile, p99, median", median(main.map((one) => one.main.p99Ms)), 16),
  ];
}

function claim(what: string, measuredMs: number, targetMs: number): Claim {
  const measured = Math.round(measuredMs);
  return { what, target: `under ${targetMs} ms`, measured: `${measured} ms`, isKept: measured < targetMs };
}

/** Frames come in steps of 1/60 s: three of them are not over 50 ms. */
function frameClaim(what: string, longestMs: number): Claim {
  const measured = Math.round(longestMs);
  return { what, target: `at most ${FRAME_MS} ms`, measured: `${measured} ms`, isKept: measured <= FRAME_MS };
}

function largest(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values);
}

function whole(milliseconds: number): string {
  return milliseconds.toFixed(0);
}
