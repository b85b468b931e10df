import { type MemorySample, sampleMemory } from './process-memory.ts';
import { recordingOfLength } from './recording-lengths.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { SAMPLE_MODEL_PATH, startVoiceSync } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const SAMPLE_EVERY_MS = 75;
const MEGABYTE = 1_000_000;
const TARGET_BYTES = 120 * MEGABYTE;
const SHORT_RUNS = 3;

/** The peak memory of a run, of each stage and of each process. */
interface Peak {
  readonly sample: MemorySample;
  readonly stage: string;
  readonly byStage: ReadonlyMap<string, number>;
  /** Each process's own peak, at whatever moment. */
  readonly byProcess: ReadonlyMap<string, number>;
}

/** How much more memory all processes together need for a long recording than for a short one. */
export async function benchMemory(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const short = await recordingOfLength(folder, '1 minute', 60);
  const long = await recordingOfLength(folder, '4 hours', 4 * 3600);
  const shortPeaks: Peak[] = [];
  for (let run = 1; run <= SHORT_RUNS; run += 1) {
    settings.tell(`${short.label}, run ${run} of ${SHORT_RUNS}`);
    shortPeaks.push(await peakOf(short.path, folder, settings));
  }
  settings.tell(`${long.label}, one run`);
  const longPeak = await peakOf(long.path, folder, settings);
  // The least of the short runs is the strictest baseline.
  const shortPeak = shortPeaks.reduce((least, peak) =>
    peak.sample.bytes < least.sample.bytes ? peak : least,
  );
  const growth = longPeak.sample.bytes - shortPeak.sample.bytes;
  return {
    title: `Memory of all processes together, threads: ${settings.threads}`,
    tables: [
      peakTable([
        ...shortPeaks.map((peak) => ({ label: short.label, peak })),
        { label: long.label, peak: longPeak },
      ]),
      stageTable(shortPeak, longPeak),
      processTable(shortPeak, longPeak),
    ],
    notes: [
      `Sum of the processes' proportional set sizes, read every ${SAMPLE_EVERY_MS} ms. 1 MB is 1,000,000 bytes.`,
    ],
    claims: [
      {
        what: 'peak on 4 hours above the peak on 1 minute',
        target: `at most ${megabytes(TARGET_BYTES)} MB`,
        measured: `${megabytes(growth)} MB`,
        isKept: growth <= TARGET_BYTES,
      },
    ],
  };
}

async function peakOf(path: string, folder: WorkFolder, { threads }: BenchSettings): Promise<Peak> {
  let stage = 'start';
  let peak: { sample: MemorySample; stage: string } = {
    sample: { bytes: 0, byProcess: new Map() },
    stage,
  };
  const byStage = new Map<string, number>();
  const byProcess = new Map<string, number>();
  const run = startVoiceSync(
    [
      ...['transcribe', path, '--language', 'en', '--threads', String(threads)],
      ...['--model', SAMPLE_MODEL_PATH],
      ...['--out', folder.make('out'), '--overwrite', '--json'],
    ],
    {
      home: folder.make('home'),
      onEvent: ({ event }) => {
        if (event.type === 'jobProgress') stage = event.progress.stage;
        if (event.type === 'jobEnded') stage = 'end';
      },
    },
  );
  const { pid } = run.child;
  if (pid === undefined) throw new Error('the command line did not start');
  const sampler = setInterval(() => {
    const sample = sampleMemory(pid);
    keepHigher(byStage, stage, sample.bytes);
    for (const [name, bytes] of sample.byProcess) keepHigher(byProcess, name, bytes);
    if (sample.bytes > peak.sample.bytes) peak = { sample, stage };
  }, SAMPLE_EVERY_MS);
  try {
    const { status, stderr } = await run.ended;
    if (status !== 0) throw new Error(`the run ended with ${status}:\n${stderr}`);
  } finally {
    clearInterval(sampler);
  }
  return { ...peak, byStage, byProcess };
}

function keepHigher(highest: Map<string, number>, key: string, bytes: number): void {
  highest.set(key, Math.max(highest.get(key) ?? 0, bytes));
}

function peakTable(runs: readonly { label: string; peak: Peak }[]) {
  return {
    title: 'Peak of each run in MB, when it was reached, and who held it',
    header: ['recording', 'peak', 'stage', 'main', 'engine', 'ffmpeg'],
    rows: runs.map(({ label, peak: { sample, stage } }) => [
      ...[label, megabytes(sample.bytes), stage],
      ...['main', 'engine', 'ffmpeg'].map((name) => megabytes(sample.byProcess.get(name) ?? 0)),
    ]),
  };
}

function stageTable(short: Peak, long: Peak) {
  const stages = new Set([...short.byStage.keys(), ...long.byStage.keys()]);
  return {
    title: 'Peak of each stage in MB',
    header: ['stage', '1 minute', '4 hours'],
    rows: [...stages].map((stage) => [
      stage,
      ...[short, long].map(({ byStage }) => (byStage.has(stage) ? megabytes(byStage.get(stage) ?? 0) : '–')),
    ]),
  };
}

function processTable(short: Peak, long: Peak) {
  const names = new Set([...short.byProcess.keys(), ...long.byProcess.keys()]);
  return {
    title: 'Peak of each process in MB, each at its own moment',
    header: ['process', '1 minute', '4 hours'],
    rows: [...names].map((name) => [
      name,
      ...[short, long].map(({ byProcess }) => megabytes(byProcess.get(name) ?? 0)),
    ]),
  };
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}
