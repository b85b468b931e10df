import { keepCommandLog } from './command-log.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { explain, type RunCommand } from './explain.ts';
import { commandLine } from './program.ts';
import { type Surroundings, Terminal } from './terminal.ts';

/**
 * Runs what was typed to its end and gives the exit status. Does not throw; what goes wrong is told in a sentence. Leaves
 * nothing behind in this process, so that it can be called again.
 */
export async function runCommandLine(surroundings: Surroundings): Promise<ExitStatus> {
  const terminal = new Terminal(surroundings);
  const log = keepCommandLog(terminal);
  let status: ExitStatus = EXIT.done;
  const run: RunCommand = async (body) => {
    status = await body(terminal);
  };
  try {
    await commandLine(terminal, run).parseAsync(terminal.argv, { from: 'user' });
  } catch (error) {
    status = explain(terminal, error);
  }
  log.end(status);
  return status;
}
