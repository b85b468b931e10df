import type { Diagnostic } from '../../contract/diagnostics.ts';
import type { DiagnosticLog } from './diagnostic-log.ts';
import { onNoted } from './note.ts';

/** The log of a run, while it is written. */
export interface KeptLog {
  /** Writes the entry of the run's beginning, unless it exists. */
  begin(): void;
  /** Notes that the run ends regularly, with its exit status, and stops. */
  end(status: number | null): void;
}

/**
 * Writes all notes of this process into the log. `start` goes before the first entry; a run in which nothing is noted,
 * and which does not begin itself, leaves none.
 */
export function keepLog(log: DiagnosticLog, start: Diagnostic): KeptLog {
  const startedAtMs = Date.now();
  let hasBegun = false;
  const begin = () => {
    if (!hasBegun) log.note(start, startedAtMs);
    hasBegun = true;
  };
  const stop = onNoted((what) => {
    begin();
    log.note(what);
  });
  return {
    begin,
    end: (status) => {
      if (hasBegun) log.note({ event: 'ended', status });
      stop();
    },
  };
}
