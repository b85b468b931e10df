import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MeasuredRound } from './measured-round.ts';

/** Where the measured rounds are kept. */
export const ROUNDS_FILE = join(import.meta.dirname, 'measured-rounds.json');

/** What a model's jobs take on a core of their own. */
export interface MeasuredTimes {
  readonly model: string;
  /** Of every job, whatever its length. */
  readonly fixedMs: number;
  /** For each second of a recording. */
  readonly msPerSecond: number;
  /** Measured times divided by what these two tell: recordings differ by how much is said in them. */
  readonly deviations: readonly number[];
  /** From the start of a worker's process until its second job could begin, less the first job's usual time. */
  readonly startMs: number;
  readonly rounds: number;
  /** Lowest and highest load average of the machine meanwhile. */
  readonly loads: readonly [number, number];
  readonly machine: string;
  readonly days: readonly string[];
}

/** All rounds that were measured. */
export function measuredRounds(): MeasuredRound[] {
  return MeasuredRound.array().parse(JSON.parse(readFileSync(ROUNDS_FILE, 'utf8')));
}

/**
 * Times of one model, from the median of each recording's processor time over the rounds; the line through them is that of Theil and
 * Sen, which a few recordings without speech do not move. Throws a RangeError if the model was not measured.
 */
export function measuredTimes(model: string, rounds = measuredRounds()): MeasuredTimes {
  const own = rounds.filter((round) => round.model === model);
  const [first] = own;
  if (first === undefined) throw new RangeError(`${model} was not measured`);
  const recordings = first.jobs.map(({ seconds }, index) => ({
    seconds,
    ms: median(own.map(({ jobs }) => jobs[index]?.cpuMs ?? Number.NaN)),
  }));
  const slopes = recordings.flatMap((a, index) =>
    recordings.slice(index + 1).map((b) => (b.ms - a.ms) / (b.seconds - a.seconds)),
  );
  const msPerSecond = median(slopes);
  const fixedMs = Math.max(0, median(recordings.map(({ seconds, ms }) => ms - msPerSecond * seconds)));
  const loads = own.flatMap((round) => round.loads);
  return {
    ...{ model, msPerSecond, fixedMs },
    deviations: recordings.map(({ seconds, ms }) => ms / (fixedMs + msPerSecond * seconds)),
    startMs: median(own.map(({ startMs, first, jobs }) => startMs + first.wallMs - (jobs[0]?.wallMs ?? 0))),
    rounds: own.length,
    loads: [Math.min(...loads), Math.max(...loads)],
    machine: first.machine,
    days: [...new Set(own.map(({ day }) => day))],
  };
}

/** The middle value, or the mean of the two middle ones. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
