import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAlign } from './align.ts';
import { benchApp } from './app/bench-app.ts';
import { benchEngine } from './engine.ts';
import { benchFirstWords } from './first-words.ts';
import { benchFixtures } from './fixtures-accuracy.ts';
import { benchLevelAccuracy } from './level-accuracy.ts';
import { benchLive } from './live.ts';
import { benchLongSpeakers } from './long-speakers.ts';
import { describeMachine, loadWarning } from './machine.ts';
import { benchMemory } from './memory.ts';
import { benchOfficeJobs } from './office/job-overhead.ts';
import { benchOfficeLoad } from './office/load.ts';
import { benchOfficeSweep } from './office/sweep.ts';
import { benchOfficeFlows } from './office-flows.ts';
import { benchReady } from './ready.ts';
import { allKept, type Report, renderReport } from './report.ts';
import { benchResume } from './resume.ts';
import { benchRows } from './rows.ts';
import type { BenchSettings } from './settings.ts';
import { benchSoundsAccuracy } from './sounds-accuracy.ts';
import { benchSpeakers } from './speakers.ts';
import { benchSpeechAccuracy } from './speech-accuracy.ts';
import { benchSpeed } from './speed.ts';
import { benchUsualLanguages } from './usual-languages.ts';

/** `npm run bench -- NAME…`: measures what docs/benchmarks.md promises. Exit status 1 if a claim was missed. */

/** Whisper base, the bundled model. */
const BUNDLED_MODEL_PATH = join(import.meta.dirname, '..', 'resources', 'models', 'ggml-base-q8_0.bin');

/** A benchmark; null if this machine lacks what it needs. */
type Benchmark = (settings: BenchSettings) => Promise<Report | null>;

/** What each name runs, one after the other. The parts of `accuracy` have names of their own too. */
const BENCHMARKS: Readonly<Record<string, readonly Benchmark[]>> = {
  accuracy: [benchFixtures, benchSoundsAccuracy, benchSpeechAccuracy],
  fixtures: [benchFixtures],
  sounds: [benchSoundsAccuracy],
  speech: [benchSpeechAccuracy],
  levels: [benchLevelAccuracy],
  'usual-languages': [benchUsualLanguages],
  speakers: [benchSpeakers, benchLongSpeakers],
  'long-speakers': [benchLongSpeakers],
  align: [benchAlign],
  speed: [benchSpeed],
  'first-words': [benchFirstWords],
  live: [benchLive],
  memory: [benchMemory],
  resume: [benchResume],
  engine: [benchEngine],
  ready: [benchReady],
  app: [benchApp],
  rows: [benchRows],
  office: [benchOfficeJobs, benchOfficeFlows, benchOfficeSweep, benchOfficeLoad],
  'office-jobs': [benchOfficeJobs],
  'office-flows': [benchOfficeFlows],
  'office-sweep': [benchOfficeSweep],
  'office-load': [benchOfficeLoad],
};

const USAGE =
  `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}\n` +
  '  [--threads N] [--model FILE] [--smaller FILE] [--seed N] [--limit RECORDINGS] [--rounds N] [--alone] [--markdown]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    model: { type: 'string', default: BUNDLED_MODEL_PATH },
    smaller: { type: 'string' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    alone: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const chosen = positionals.flatMap((name) => BENCHMARKS[name] ?? []);
const isUnknown = positionals.some((name) => BENCHMARKS[name] === undefined);
const settings: BenchSettings = {
  threads: Number(values.threads),
  model: resolve(values.model),
  smaller: values.smaller === undefined ? null : resolve(values.smaller),
  seed: Number(values.seed),
  limit: values.limit === undefined ? null : Number(values.limit),
  rounds: Number(values.rounds),
  isAlone: values.alone,
  tell: (progress) => process.stderr.write(`${progress}…\n`),
};
const counts = [settings.threads, settings.rounds, settings.limit ?? 1];

if (chosen.length === 0 || isUnknown || !counts.every((count) => count >= 1)) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  for (const run of chosen) {
    const machine = describeMachine();
    const warnings = [loadWarning()].filter((warning) => warning !== null);
    const report = await run(settings);
    if (report === null) {
      process.stderr.write('Left out: VOICESYNC_SPEECH names no folder of real speech.\n');
      continue;
    }
    const context = [`Machine: ${machine}.`, ...warnings, ...report.notes];
    const layout = values.markdown ? 'markdown' : 'text';
    process.stdout.write(`${renderReport({ ...report, notes: context }, layout)}\n\n`);
    if (!allKept(report)) process.exitCode = 1;
  }
}
