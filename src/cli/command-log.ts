import { DiagnosticLog } from '../core/diagnostics/diagnostic-log.ts';
import { errorFacts } from '../core/diagnostics/error-facts.ts';
import { keepLog } from '../core/diagnostics/keep-log.ts';
import { note } from '../core/diagnostics/note.ts';
import { startOf } from '../core/diagnostics/program-facts.ts';

/** Keeps the diagnostic log of this command, to its end. */
export function keepCommandLog(): void {
  const command = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'other';
  const kept = keepLog(new DiagnosticLog(), startOf('command', command));
  process.on('exit', (status) => kept.end(status));
}

/** Notes an error that nobody foresaw. */
export function noteUncaught(error: unknown, kind: NodeJS.UncaughtExceptionOrigin): void {
  const known = kind === 'uncaughtException' ? 'exception' : 'rejection';
  note({ event: 'uncaught', where: 'command', kind: known, error: errorFacts(error) });
}
