import { type App, powerMonitor } from 'electron';
import type { Diagnostic } from '../contract/diagnostics.ts';
import { errorFacts } from '../core/diagnostics/error-facts.ts';
import { note } from '../core/diagnostics/note.ts';

type Helper = Extract<Diagnostic, { event: 'helperGone' }>['helper'];

const HELPERS: readonly Helper[] = ['GPU', 'Utility', 'Zygote', 'Sandbox helper'];

/**
 * Notes what nobody foresaw in the main process, and has it told by `onFailure`. The app goes on: what the user did is
 * in the vault's database, in whole transactions of a thread of its own, so that an error on the way to it leaves
 * something undone and nothing half done.
 */
export function noteUncaughtErrors(onFailure: () => void): void {
  const failed = (error: unknown, kind: 'exception' | 'rejection') => {
    note({ event: 'uncaught', where: 'main', kind, error: errorFacts(error) });
    onFailure();
  };
  process.on('uncaughtException', (error) => failed(error, 'exception'));
  process.on('unhandledRejection', (reason) => failed(reason, 'rejection'));
}

/** Notes what befalls the processes beside the main one, and the machine; to be called once the app is ready. */
export function noteSurroundings(app: App): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    // The engine's end is noted by whoever started it.
    if (reason === 'clean-exit' || type === 'Utility') return;
    const helper = HELPERS.find((known) => known === type) ?? 'Unknown';
    note({ event: 'helperGone', helper, reason, exitCode });
  });
  for (const change of ['suspend', 'resume', 'shutdown'] as const) {
    powerMonitor.on(change as 'suspend', () => note({ event: 'power', change }));
  }
}
