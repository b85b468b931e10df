import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { failureOfCommand } from '../app/diagnostics/command-log.ts';
import { AppError, failureOf, isAppError } from '../contract/errors.ts';
import { describeError } from '../messages/describe-error.ts';
import { usageProblem } from './arguments/usage-problem.ts';
import { withFileName } from './printed/summary.ts';
import { EXIT, type ExitStatus } from './terminal/exit-status.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Runs the body of a command: its exit status becomes that of the run, its error a message, never a stack. */
export type RunCommand = (body: (terminal: Terminal) => Promise<ExitStatus>) => Promise<void>;

/**
 * Prints what happened and what to do, in the user's language: on stderr, with `--json` as a line on stdout. Returns
 * the exit status. `file` is what the error is about, if its message may not name it.
 */
export function explain(terminal: Terminal, error: unknown, file?: string): ExitStatus {
  // Commander ends `--help` and `--version` this way too.
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const problem = usageProblem(error, terminal);
  // Without a command the help was shown, which is enough.
  if (problem === '') return EXIT.usage;
  const known = problem === null ? failureOfCommand(error) : new AppError('usage.invalid', { problem });
  const { what, todo } = describeError(known, terminal.language);
  if (terminal.isForProgram) terminal.printJson({ type: 'error', ...failureOf(known), what, todo });
  else terminal.tell(file === undefined ? `${what} ${todo}` : withFileName(file, `${what} ${todo}`));
  // Unexpected errors are printed with stack only on request: a stack may hold a path.
  if (known.code === 'internal.unexpected' && terminal.env.VOICESYNC_DEBUG) {
    terminal.stderr.write(`${inspect(error)}\n`);
  }
  return statusOf(known);
}

function statusOf(error: AppError): ExitStatus {
  if (isAppError(error, 'vault.inUse')) return EXIT.vaultInUse;
  if (isAppError(error, 'job.interrupted', 'usage.interrupted')) return EXIT.interrupted;
  if (isAppError(error, 'usage.invalid', 'export.unknownFormat', 'export.needsWindow', 'language.unknown'))
    return EXIT.usage;
  return EXIT.someFailed;
}
