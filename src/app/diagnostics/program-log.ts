import type { Diagnostic } from '../../contract/diagnostics.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { errorFacts } from '../../core/diagnostics/error-facts.ts';
import { type KeptLog, keepLog } from '../../core/diagnostics/keep-log.ts';
import { note } from '../../core/diagnostics/note.ts';
import { programStart } from '../../core/diagnostics/program-facts.ts';

type Helper = Extract<Diagnostic, { event: 'helperGone' }>['helper'];
type PageGone = Extract<Diagnostic, { event: 'pageGone' }>;
type PowerChange = Extract<Diagnostic, { event: 'power' }>['change'];

const HELPERS: readonly Helper[] = ['GPU', 'Utility', 'Zygote', 'Sandbox helper'];

/** The diagnostic log of a desktop app run: the events of its process and child processes. */
export class ProgramLog {
  readonly log = new DiagnosticLog();
  readonly #kept: KeptLog = keepLog(this.log, programStart('window', null));

  /** The program is ready for use. */
  begin(): void {
    this.#kept.begin();
  }

  /** The run ends normally, with this exit status. */
  end(status: number): void {
    this.#kept.end(status);
  }

  /**
   * Logs unexpected errors of this process and passes them to `onFailure`. The app goes on: what the user did is
   * in the vault's database, committed in whole transactions by a thread of its own, so an error before that leaves
   * an action undone but never half done.
   */
  noteUncaughtErrors(onFailure: () => void): void {
    const failed = (error: unknown, kind: 'exception' | 'rejection') => {
      noteUncaught(error, kind);
      onFailure();
    };
    process.on('uncaughtException', (error) => failed(error, 'exception'));
    process.on('unhandledRejection', (reason) => failed(reason, 'rejection'));
  }

  /** The app could not be started. */
  startFailed(error: unknown): void {
    noteUncaught(error, 'exception');
  }

  /** A child process of the shell has ended. The engine's end (`Utility`) is logged by its starter. */
  helperGone(type: string, reason: PageGone['reason'], exitCode: number): void {
    if (reason === 'clean-exit' || type === 'Utility') return;
    const helper = HELPERS.find((known) => known === type) ?? 'Unknown';
    note({ event: 'helperGone', helper, reason, exitCode });
  }

  /** The window's page process has ended. */
  pageGone(reason: PageGone['reason'], exitCode: number): void {
    note({ event: 'pageGone', reason, exitCode });
  }

  /** The machine is suspended, resumed or shut down. */
  powerChanged(change: PowerChange): void {
    note({ event: 'power', change });
  }
}

function noteUncaught(error: unknown, kind: 'exception' | 'rejection'): void {
  note({ event: 'uncaught', where: 'main', kind, error: errorFacts(error) });
}
