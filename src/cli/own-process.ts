import { noteUncaughtInCommand } from '../app/diagnostics/command-log.ts';
import { runCommandLine } from './command-line.ts';
import type { ExitStatus } from './exit-status.ts';
import { explain } from './explain.ts';
import { type Surroundings, Terminal } from './terminal.ts';

/** Runs the command line as what this process is there for, and gives the exit status with which it should end. */
export async function runAsProcess(surroundings: Surroundings): Promise<ExitStatus> {
  // A reader that has seen enough (`… | head`) is no reason to stop working, or to fail.
  for (const stream of [surroundings.stdout, surroundings.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  // Whatever nobody foresaw ends in a sentence too, and never in a stack.
  const failed = (error: unknown, kind: 'exception' | 'rejection') => {
    noteUncaughtInCommand(error, kind);
    surroundings.exit(explain(new Terminal(surroundings), error));
  };
  process.on('uncaughtException', (error) => failed(error, 'exception'));
  // Electron, unlike Node, makes no exception of it.
  process.on('unhandledRejection', (reason) => failed(reason, 'rejection'));
  return await runCommandLine(surroundings);
}
