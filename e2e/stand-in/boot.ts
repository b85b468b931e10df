/**
 * Starts an app as Electron's binary would: `boot.ts [-r module] [--switches] <app folder> [arguments]`.
 * The folder's package.json names the main bundle; its `electron` is the stand-in.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import './node-executable.ts';

const EXECUTABLE = join(import.meta.dirname, 'dist', 'electron');
const STAND_IN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    /^electron(\/(main|common|renderer))?$/.test(specifier)
      ? { url: STAND_IN, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});

const { modules, folder } = readCommandLine(process.argv.slice(2));
const { name, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
Object.assign(process, {
  // In Electron, only its own executable precedes the app's arguments.
  argv: [EXECUTABLE, ...process.argv.slice(2)],
  execPath: EXECUTABLE,
  type: 'browser',
  defaultApp: true,
  resourcesPath: join(import.meta.dirname, 'dist', 'resources'),
});
Object.defineProperty(process.versions, 'electron', { value: '45.3.4', enumerable: true });

const { app } = await import('./app.ts');
const { connectPages } = await import('./page-requests.ts');
app.prepare({ name, version, folder });
const require = createRequire(import.meta.url);
for (const module of modules) require(module);
await import(pathToFileURL(join(folder, main)).href);
await app.start(connectPages);

/** The modules to load first, and the app's folder: the first argument that is not a switch. */
function readCommandLine(argv: readonly string[]): { modules: string[]; folder: string } {
  const modules: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '-r') {
      index += 1;
      modules.push(argv[index] ?? '');
    } else if (!argument.startsWith('-')) return { modules, folder: resolve(argument) };
  }
  throw new Error('Name the folder of the app to start.');
}
