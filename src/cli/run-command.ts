import { describeError } from '../contract/error-messages.ts';
import { type AppError, isAppError } from '../contract/errors.ts';
import { userLanguage } from '../contract/user-language.ts';
import { asAppError } from '../core/system-errors.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';

/** Runs the body of a command: its exit status becomes the process's, its error a sentence on stderr, never a stack. */
export async function runCommand(body: () => Promise<ExitStatus>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Says on stderr what happened and what to do, in the user's language; gives the exit status. */
export function explain(error: unknown): ExitStatus {
  const known = asAppError(error);
  const { what, todo } = describeError(known, userLanguage(process.env));
  process.stderr.write(`${what} ${todo}\n`);
  // What nobody foresaw is shown whole only to those who ask for it: a stack may hold a path.
  if (known.code === 'internal.unexpected' && process.env.VOICESYNC_DEBUG) console.error(error);
  return statusOf(known);
}

function statusOf(error: AppError): ExitStatus {
  if (isAppError(error, 'vault.inUse')) return EXIT.vaultInUse;
  if (isAppError(error, 'job.interrupted')) return EXIT.interrupted;
  if (isAppError(error, 'usage.invalid', 'export.unknownFormat', 'language.unknown')) return EXIT.usage;
  return EXIT.someFailed;
}
