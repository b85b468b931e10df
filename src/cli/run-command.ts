import { CommanderError } from 'commander';
import { AppError, failureOf, isAppError } from '../contract/errors.ts';
import { errorFacts } from '../core/diagnostics/error-facts.ts';
import { note } from '../core/diagnostics/note.ts';
import { asAppError } from '../core/system-errors.ts';
import { describeError } from '../messages/describe-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { printJson, tell } from './output.ts';
import { withName } from './summary.ts';
import { usageProblem } from './usage-problem.ts';
import { LANGUAGE } from './words.ts';

/** Runs the body of a command: its exit status becomes the process's, its error a sentence, never a stack. */
export async function runCommand(body: () => Promise<ExitStatus>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/**
 * Says what happened and what to do, in the user's language: on stderr, with `--json` as a line on stdout. Gives the
 * exit status. `file` is what the error is about, if its sentence may not say that.
 */
export function explain(error: unknown, file?: string): ExitStatus {
  // Commander ends `--help` and `--version` this way too.
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const problem = usageProblem(error);
  // Without a command the help was shown, and that says it all.
  if (problem === '') return EXIT.usage;
  const known = problem === null ? asAppError(error) : new AppError('usage.invalid', { problem });
  if (problem === null) note({ event: 'commandFailed', error: errorFacts(known) });
  const { what, todo } = describeError(known, LANGUAGE);
  // Asked of the raw arguments: where an option is wrong, none has been parsed.
  if (process.argv.includes('--json')) printJson({ type: 'error', ...failureOf(known), what, todo });
  else tell(file === undefined ? `${what} ${todo}` : withName(file, `${what} ${todo}`));
  // What nobody foresaw is shown whole only to those who ask for it: a stack may hold a path.
  if (known.code === 'internal.unexpected' && process.env.VOICESYNC_DEBUG) console.error(error);
  return statusOf(known);
}

function statusOf(error: AppError): ExitStatus {
  if (isAppError(error, 'vault.inUse')) return EXIT.vaultInUse;
  if (isAppError(error, 'job.interrupted', 'usage.interrupted')) return EXIT.interrupted;
  if (isAppError(error, 'usage.invalid', 'export.unknownFormat', 'export.needsWindow', 'language.unknown'))
    return EXIT.usage;
  return EXIT.someFailed;
}
