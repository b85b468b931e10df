/** The command line: the same core as the desktop app, without a window. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a short command's time would go into reading its own code anew, in its threads and the engine too, which the
// variable tells. The cache holds code alone; where it cannot be written, Node does without.
const codeCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'voicesync');
enableCompileCache(codeCache);
process.env.NODE_COMPILE_CACHE = codeCache;

// Imported behind the cache, which works only for what is loaded after it.
const { endureClosedPipes } = await import('./output.ts');
const { commandLine } = await import('./program.ts');
const { explain } = await import('./run-command.ts');
const { keepCommandLog, noteUncaught } = await import('./command-log.ts');

endureClosedPipes();
keepCommandLog();
// Whatever nobody foresaw ends in a sentence too, and never in a stack.
process.on('uncaughtException', (error, kind) => {
  noteUncaught(error, kind);
  process.exit(explain(error));
});

try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
