import { isAbsolute } from 'node:path';
import { type FileOutcome, FileOutcomes } from '../app/jobs/file-outcomes.ts';
import type { Job } from '../app/jobs/jobs.ts';
import type { VaultApp } from '../app/open-app.ts';
import { shortClockTime } from '../contract/clock-times.ts';
import type { CoreEvent } from '../contract/events.ts';
import type { OutputFlags, RunFlags, VaultFlags } from './arguments/options.ts';
import { shortId } from './printed/short-id.ts';
import { stillReadable } from './printed/summary.ts';
import type { Reporter } from './reporters/reporter.ts';
import { reporterFor } from './reporters/reporter-choice.ts';
import { type OpeningParts, openChosen } from './session.ts';
import { EXIT, type ExitStatus } from './terminal/exit-status.ts';
import { Interrupt } from './terminal/interrupt.ts';
import type { Terminal } from './terminal/terminal.ts';
import type { CliTexts } from './texts.ts';

/** A command that runs jobs until they have ended, or until the user stops it. */
export interface JobRun {
  readonly app: VaultApp;
  readonly outcomes: FileOutcomes;
  readonly reporter: Reporter;
  readonly interrupt: Interrupt;
  /** Jobs that were already in the queue: they run first. */
  readonly waiting: readonly Job[];
}

/** What a run has besides its jobs. */
export interface RunParts extends OpeningParts {
  /** By default the one that the flags select. */
  readonly reporter?: Reporter;
}

/**
 * Opens the vault, queues what `queueUp` queues, runs it until all has ended, shows the results, and returns the exit
 * status. Throws what opening the vault throws.
 */
export async function runJobs(
  terminal: Terminal,
  flags: VaultFlags & OutputFlags & RunFlags,
  queueUp: (run: JobRun) => Promise<void>,
  { reporter = reporterFor(terminal, flags), ...parts }: RunParts = {},
): Promise<ExitStatus> {
  const { say } = terminal;
  const outcomes = new FileOutcomes();
  const interrupt = new Interrupt(terminal, () => reporter.notice(say('stopping')));
  let unclosed: unknown = null;
  try {
    const emit = (event: CoreEvent) => {
      outcomes.note(event);
      reporter.event(event);
    };
    const app = await openChosen(terminal, flags, emit, { quality: () => flags.quality, ...parts });
    try {
      if (flags.vault !== undefined) await tellBrokenOff(reporter, app, flags.vault, say);
      const waiting = await app.jobs.pending();
      for (const { id: jobId, recordingId, recordingName: name } of waiting) {
        reporter.event({ type: 'recordingAdded', recordingId, jobId, name });
      }
      const queue = () => queueUp({ app, outcomes, reporter, interrupt, waiting });
      await app.jobs.runToEnd(outcomes, queue, interrupt.requested);
    } finally {
      // The files' results are printed before an error of closing the vault.
      await app.close().catch((error: unknown) => {
        unclosed = error;
      });
    }
  } finally {
    interrupt.release();
    reporter.close();
  }
  const results = outcomes.list();
  reporter.summary(results, outcomes.leftOut);
  if (flags.vault !== undefined) noteSources(reporter, results, say);
  if (unclosed !== null) throw unclosed;
  if (!interrupt.isRequested) return outcomes.areWell ? EXIT.done : EXIT.someFailed;
  if (flags.vault !== undefined) reporter.notice(say('interruptedInVault', { vault: flags.vault }));
  else reporter.notice(outcomes.hasExports ? say('interruptedWritten') : say('interruptedNothing'));
  return EXIT.interrupted;
}

/** Offers the recordings that a crash or a power cut has ended. */
async function tellBrokenOff(
  reporter: Reporter,
  { captures }: VaultApp,
  vault: string,
  say: CliTexts,
): Promise<void> {
  for (const { recordingId, durationMs } of await captures.unfinished()) {
    const length = shortClockTime(durationMs);
    reporter.notice(say('brokenOff', { length, id: shortId(recordingId), vault }));
  }
}

/** The vault holds copies: shows where the originals are, which anyone can still read. */
function noteSources(reporter: Reporter, results: readonly FileOutcome[], say: CliTexts): void {
  const kept = results.filter(({ file, durationMs }) => isAbsolute(file) && durationMs !== null);
  const line = stillReadable(
    kept.map(({ file }) => file),
    say,
  );
  if (line !== null) reporter.notice(line);
}
