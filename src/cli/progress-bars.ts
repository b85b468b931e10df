import { type GenericBar, MultiBar } from 'cli-progress';
import type { JobProgress } from '../contract/events.ts';
import type { JobStage, JobState } from '../contract/job.ts';
import { timeOfDay, timesRealTime } from './readable.ts';

const STAGES: Readonly<Record<JobStage, string>> = {
  import: 'reading',
  load: 'loading the model',
  transcribe: 'transcribing',
  assemble: 'finishing',
  export: 'writing',
};

const ENDS: Readonly<Record<JobState, string>> = {
  queued: 'to be resumed',
  running: 'running',
  paused: 'paused',
  waiting: 'tried again soon',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Width of a recording's name in front of its bar. */
const NAME_WIDTH = 24;

/** One progress bar per job on a terminal: stage, per cent, speed, and the clock time when it will be ready. */
export class ProgressBars {
  readonly #bars = new MultiBar({
    format: '{name} {bar} {percentage}% {facts}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    stream: process.stderr,
    clearOnComplete: false,
    // Otherwise the bars are drawn again over whatever another program prints to a closed terminal.
    gracefulExit: false,
  });
  readonly #byJob = new Map<string, GenericBar>();

  add(jobId: string, name: string): void {
    this.#byJob.set(jobId, this.#bars.create(100, 0, { name: padded(name), facts: 'queued' }));
  }

  update(jobId: string, progress: JobProgress): void {
    const facts = [STAGES[progress.stage]];
    if (progress.speed !== null) facts.push(timesRealTime(progress.speed));
    if (progress.readyAtMs !== null && progress.stage === 'transcribe') {
      facts.push(`ready at ${timeOfDay(progress.readyAtMs)}`);
    }
    this.#byJob.get(jobId)?.update(Math.floor(progress.percent ?? 0), { facts: facts.join(', ') });
  }

  finish(jobId: string, state: JobState): void {
    const bar = this.#byJob.get(jobId);
    if (state === 'done') bar?.update(100, { facts: ENDS.done });
    else bar?.update({ facts: ENDS[state] });
  }

  /** Prints a line above the bars. */
  print(line: string): void {
    this.#bars.log(`${line}\n`);
  }

  close(): void {
    this.#bars.stop();
  }
}

function padded(name: string): string {
  const characters = [...name];
  if (characters.length <= NAME_WIDTH) return name.padEnd(NAME_WIDTH);
  return `${characters.slice(0, NAME_WIDTH - 1).join('')}…`;
}
