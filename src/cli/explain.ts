import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { failureOfCommand } from '../app/diagnostics/command-log.ts';
import { AppError, failureOf, isAppError } from '../contract/errors.ts';
import { describeError } from '../messages/describe-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { withName } from './summary.ts';
import type { Terminal } from './terminal.ts';
import { usageProblem } from './usage-problem.ts';

/** Has the body of a command run: its exit status becomes that of the run, its error a sentence, never a stack. */
export type RunCommand = (body: (terminal: Terminal) => Promise<ExitStatus>) => Promise<void>;

/**
 * Says what happened and what to do, in the user's language: on stderr, with `--json` as a line on stdout. Gives the
 * exit status. `file` is what the error is about, if its sentence may not say that.
 */
export function explain(terminal: Terminal, error: unknown, file?: string): ExitStatus {
  // Commander ends `--help` and `--version` this way too.
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const problem = usageProblem(error, terminal);
  // Without a command the help was shown, and that says it all.
  if (problem === '') return EXIT.usage;
  const known = problem === null ? failureOfCommand(error) : new AppError('usage.invalid', { problem });
  const { what, todo } = describeError(known, terminal.language);
  if (terminal.isForProgram) terminal.printJson({ type: 'error', ...failureOf(known), what, todo });
  else terminal.tell(file === undefined ? `${what} ${todo}` : withName(file, `${what} ${todo}`));
  // What nobody foresaw is shown whole only to those who ask for it: a stack may hold a path.
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
