/** The command line as a program of Node: the same application as the desktop app, without a window. */
import '../offline/offline.ts';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Compiling the code would be half of a short command's time, also in its threads and the engine, which get the
// variable. The cache holds code alone; if it cannot be written, Node works without it.
const codeCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'voicesync');
enableCompileCache(codeCache);
process.env.NODE_COMPILE_CACHE = codeCache;

// Imported after the cache is enabled, which applies only to later imports.
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
