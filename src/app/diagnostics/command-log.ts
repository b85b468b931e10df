import type { AppError } from '../../contract/errors.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { errorFacts } from '../../core/diagnostics/error-facts.ts';
import { type KeptLog, keepLog } from '../../core/diagnostics/keep-log.ts';
import { note } from '../../core/diagnostics/note.ts';
import { programStart } from '../../core/diagnostics/program-facts.ts';
import { asAppError } from '../../core/system-errors.ts';

/** Writes the events of a command line run to the diagnostic log, until the run's end. */
export function keepCommandLog(command: string): KeptLog {
  return keepLog(new DiagnosticLog(), programStart('command', command));
}

/** The error with which a command failed, as shown to the user; written to the diagnostic log. */
export function failureOfCommand(error: unknown): AppError {
  const known = asAppError(error);
  note({ event: 'commandFailed', error: errorFacts(known) });
  return known;
}

/** Logs an unexpected error of a command line run. */
export function noteUncaughtInCommand(error: unknown, kind: 'exception' | 'rejection'): void {
  note({ event: 'uncaught', where: 'command', kind, error: errorFacts(error) });
}
