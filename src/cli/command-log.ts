import { DiagnosticLog } from '../core/diagnostics/diagnostic-log.ts';
import { keepLog } from '../core/diagnostics/keep-log.ts';
import { startOf } from '../core/diagnostics/program-facts.ts';
import type { Terminal } from './terminal.ts';

/** Keeps the diagnostic log of this run until it is told how the run has ended, or the process ends before that. */
export function keepCommandLog({ argv, signals }: Terminal): { end(status: number): void } {
  const command = argv.find((argument) => !argument.startsWith('-')) ?? 'other';
  const kept = keepLog(new DiagnosticLog(), startOf('command', command));
  const end = (status: number) => {
    signals.off('exit', end);
    kept.end(status);
  };
  signals.on('exit', end);
  return { end };
}
