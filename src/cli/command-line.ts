import { keepCommandLog } from '../app/diagnostics/command-log.ts';
import { explain, type RunCommand } from './explain.ts';
import { commandLine } from './program.ts';
import { EXIT, type ExitStatus } from './terminal/exit-status.ts';
import { type Surroundings, Terminal } from './terminal/terminal.ts';

/**
 * Runs a command line and returns the exit status. Does not throw; errors are printed as messages. Leaves no state in
 * this process, so that it can be called again.
 */
export async function runCommandLine(surroundings: Surroundings): Promise<ExitStatus> {
  const terminal = new Terminal(surroundings);
  const endLog = keepLogOf(terminal);
  let status: ExitStatus = EXIT.done;
  const run: RunCommand = async (body) => {
    status = await body(terminal);
  };
  try {
    await commandLine(terminal, run).parseAsync(terminal.argv, { from: 'user' });
  } catch (error) {
    status = explain(terminal, error);
  }
  endLog(status);
  return status;
}

/** Keeps the diagnostic log of a run until the returned function is called with the status, or the process exits. */
function keepLogOf({ argv, signals }: Terminal): (status: number) => void {
  const kept = keepCommandLog(argv.find((argument) => !argument.startsWith('-')) ?? 'other');
  const end = (status: number) => {
    signals.off('exit', end);
    kept.end(status);
  };
  signals.on('exit', end);
  return end;
}
