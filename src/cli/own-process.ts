import { noteUncaughtInCommand } from '../app/diagnostics/command-log.ts';
import { runCommandLine } from './command-line.ts';
import { explain } from './explain.ts';
import type { ExitStatus } from './terminal/exit-status.ts';
import { type Surroundings, Terminal } from './terminal/terminal.ts';

/** Runs the command line as this process's only task, and returns the exit status to end with. */
export async function runAsProcess(surroundings: Surroundings): Promise<ExitStatus> {
  // A closed pipe (EPIPE, as of `… | head`) must neither stop nor fail the command.
  for (const stream of [surroundings.stdout, surroundings.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  // Unexpected errors are also printed as a message, never as a stack.
  const failed = (error: unknown, kind: 'exception' | 'rejection') => {
    noteUncaughtInCommand(error, kind);
    surroundings.exit(explain(new Terminal(surroundings), error));
  };
  process.on('uncaughtException', (error) => failed(error, 'exception'));
  // Electron, unlike Node, does not raise it as an exception.
  process.on('unhandledRejection', (reason) => failed(reason, 'rejection'));
  return await runCommandLine(surroundings);
}
