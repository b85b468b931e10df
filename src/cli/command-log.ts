import { keepCommandLog } from '../app/diagnostics/run-log.ts';
import type { Terminal } from './terminal.ts';

/** Keeps the diagnostic log of this run until it is told how the run has ended, or the process ends before that. */
export function keepLogOf({ argv, signals }: Terminal): { end(status: number): void } {
  const kept = keepCommandLog(argv.find((argument) => !argument.startsWith('-')) ?? 'other');
  const end = (status: number) => {
    signals.off('exit', end);
    kept.end(status);
  };
  signals.on('exit', end);
  return { end };
}
