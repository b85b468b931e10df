import { type GenericBar, MultiBar, type Options, type Params } from 'cli-progress';
import type { JobProgress } from '../../contract/events.ts';
import { readyMinute } from '../../messages/quantities.ts';
import { displayWidth, padded, shortened } from '../printed/display-width.ts';
import { timeOfDay, timesRealTime } from '../printed/quantities.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { stageName } from '../texts.ts';

/** Widths of a bar's parts, in columns. */
const NAME_COLUMNS = 28;
const BAR_COLUMNS = 24;
const LEAST_BAR_COLUMNS = 6;
const LEAST_NAME_COLUMNS = 12;

interface Payload {
  readonly name: string;
  /** The most important first. */
  readonly facts: readonly string[];
}

/** One progress bar per running job: stage, per cent, speed, and ETA as clock time. */
export class ProgressBars {
  readonly #terminal: Terminal;
  readonly #bars: MultiBar;
  readonly #byJob = new Map<string, GenericBar>();
  readonly #giveBack = () => {
    for (const jobId of [...this.#byJob.keys()]) this.finish(jobId);
  };

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    const stream = terminal.stderr;
    this.#bars = new MultiBar({
      format: (_options: Options, { progress }: Params, { name, facts }: Payload) =>
        barLine({ name, facts, progress }, (stream.columns || 80) - 1),
      hideCursor: true,
      // Typed as a socket; it only writes, and reads the columns.
      stream: stream as NodeJS.WriteStream,
      clearOnComplete: true,
      // A line printed above a bar overwrites it, even if its text is unchanged.
      forceRedraw: true,
      // The lines fit already; with wrapping off, a killed program would leave the terminal without it.
      linewrap: true,
      // The command ends the bars itself, once its jobs have stopped.
      gracefulExit: false,
    });
    // A second Ctrl+C ends the process at once, and a hidden cursor would stay hidden.
    terminal.signals.once('exit', this.#giveBack);
  }

  /** Shows a job. A job that is already shown restarts. */
  start(jobId: string, name: string): void {
    if (!this.#byJob.has(jobId)) this.#byJob.set(jobId, this.#bars.create(100, 0, { name, facts: [] }));
  }

  update(jobId: string, { stage, percent, speed, readyAtMs }: JobProgress): void {
    const facts = [stageName(stage, this.#terminal.language)];
    if (stage === 'transcribe' && speed !== null) facts.push(timesRealTime(speed, this.#terminal.language));
    if (stage === 'transcribe' && readyAtMs !== null)
      facts.push(this.#terminal.say('readyAt', { time: timeOfDay(readyMinute(readyAtMs)) }));
    this.#byJob.get(jobId)?.update(Math.floor(percent ?? 0), { facts });
  }

  /** Removes a job's bar; with the last one, restores the cursor. */
  finish(jobId: string): void {
    const bar = this.#byJob.get(jobId);
    if (bar === undefined) return;
    this.#byJob.delete(jobId);
    this.#bars.remove(bar);
    if (this.#byJob.size === 0) this.#bars.stop();
  }

  /** Prints a line above the bars. */
  print(line: string): void {
    if (this.#byJob.size === 0) {
      this.#terminal.stderr.write(`${line}\n`);
      return;
    }
    this.#bars.log(`${line}\n`);
    this.#bars.update();
  }

  /** Removes all bars and restores the cursor. */
  close(): void {
    this.#terminal.signals.off('exit', this.#giveBack);
    this.#giveBack();
  }
}

/**
 * One bar within this many columns. On a narrow terminal first the bar is shortened and dropped, then later facts, then
 * the name.
 */
export function barLine(
  { name, facts, progress }: Payload & { readonly progress: number },
  columns: number,
): string {
  const percent = `${Math.floor(progress * 100)} %`.padStart(5);
  const told = [...facts];
  const roomBeside = () => columns - displayWidth(`${percent} ${told.join(', ')}`) - 1;
  while (told.length > 1 && roomBeside() < LEAST_NAME_COLUMNS) told.pop();
  const nameColumns = Math.min(NAME_COLUMNS, Math.max(0, roomBeside()));
  const barColumns = Math.min(BAR_COLUMNS, roomBeside() - nameColumns - 1);
  const parts = [padded(shortened(name, nameColumns), nameColumns)];
  if (barColumns >= LEAST_BAR_COLUMNS) {
    const full = Math.round(progress * barColumns);
    parts.push('█'.repeat(full) + '░'.repeat(barColumns - full));
  }
  return shortened([...parts, percent, told.join(', ')].filter((part) => part !== '').join(' '), columns);
}
