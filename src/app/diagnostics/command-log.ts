import type { AppError } from '../../contract/errors.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { errorFacts } from '../../core/diagnostics/error-facts.ts';
import { type KeptLog, keepLog } from '../../core/diagnostics/keep-log.ts';
import { note } from '../../core/diagnostics/note.ts';
import { startOf } from '../../core/diagnostics/program-facts.ts';
import { asAppError } from '../../core/system-errors.ts';

/** Writes what happens in a run of the command line into the diagnostic log, until the run's end is told. */
export function keepCommandLog(command: string): KeptLog {
  return keepLog(new DiagnosticLog(), startOf('command', command));
}

/** The error with which a command failed as the user is told it; noted in the diagnostic log. */
export function failureOfCommand(error: unknown): AppError {
  const known = asAppError(error);
  note({ event: 'commandFailed', error: errorFacts(known) });
  return known;
}

/** Notes what nobody foresaw in a run of the command line. */
export function noteUncaughtInCommand(error: unknown, kind: 'exception' | 'rejection'): void {
  note({ event: 'uncaught', where: 'command', kind, error: errorFacts(error) });
}
