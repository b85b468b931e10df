/** The command line: the same core as the desktop app, without a window. */
import { endureClosedPipes } from './output.ts';
import { commandLine } from './program.ts';
import { explain } from './run-command.ts';

endureClosedPipes();
// Whatever nobody foresaw ends in a sentence too, and never in a stack.
process.on('uncaughtException', (error) => process.exit(explain(error)));

try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
