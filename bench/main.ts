import { parseArgs } from 'node:util';
import { benchAccuracy } from './accuracy.ts';
import { benchApp } from './app/bench-app.ts';
import { benchEngine } from './engine.ts';
import { benchFirstWords } from './first-words.ts';
import { describeMachine, loadWarning } from './machine.ts';
import { benchMemory } from './memory.ts';
import { benchReady } from './ready.ts';
import { allKept, type Report, renderReport } from './report.ts';
import { benchResume } from './resume.ts';
import type { BenchSettings } from './settings.ts';
import { benchSpeed } from './speed.ts';

/** `npm run bench -- NAME…`: measures what docs/benchmarks.md promises. Exit status 1 if a claim was missed. */

const BENCHMARKS: Readonly<Record<string, (settings: BenchSettings) => Promise<Report>>> = {
  accuracy: benchAccuracy,
  speed: benchSpeed,
  'first-words': benchFirstWords,
  memory: benchMemory,
  resume: benchResume,
  engine: benchEngine,
  ready: benchReady,
  app: benchApp,
};

const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--threads N] [--seed N] [--markdown]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    markdown: { type: 'boolean', default: false },
  },
});
const chosen = positionals.map((name) => ({ name, run: BENCHMARKS[name] }));
const settings: BenchSettings = {
  threads: Number(values.threads),
  seed: Number(values.seed),
  tell: (progress) => process.stderr.write(`${progress}…\n`),
};

if (chosen.length === 0 || chosen.some(({ run }) => run === undefined) || !(settings.threads >= 1)) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  for (const { run } of chosen) {
    const machine = describeMachine();
    const warnings = [loadWarning()].filter((warning) => warning !== null);
    const report = await run?.(settings);
    if (report === undefined) continue;
    const context = [`Machine: ${machine}.`, ...warnings, ...report.notes];
    const layout = values.markdown ? 'markdown' : 'text';
    process.stdout.write(`${renderReport({ ...report, notes: context }, layout)}\n\n`);
    if (!allKept(report)) process.exitCode = 1;
  }
}
