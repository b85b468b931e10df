/** The command line as a program of Node: the same application as the desktop app, without a window. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a short command's time would go into reading its own code anew, in its threads and the engine too, which the
// variable tells. The cache holds code alone; where it cannot be written, Node does without.
const codeCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'voicesync');
enableCompileCache(codeCache);
process.env.NODE_COMPILE_CACHE = codeCache;

// Imported behind the cache, which works only for what is loaded after it.
const { runAsProcess } = await import('./own-process.ts');

const { stdin, stdout, stderr, env } = process;
const exit = (status: number) => process.exit(status);
process.exitCode = await runAsProcess({
  argv: process.argv.slice(2),
  stdin,
  stdout,
  stderr,
  env,
  signals: process,
  exit,
});
