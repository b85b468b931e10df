/**
 * Starts an app as Electron's binary would: `boot.ts [-r module] [--switches] <app folder> [arguments]`.
 * The folder's package.json names the main bundle; its `electron` is the stand-in. A folder named `app.asar` is a packaged
 * app: the folder around it has its resources, and the program `voicesync` beside that starts it.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
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

const { modules, folder, rest } = readCommandLine(process.argv.slice(2));
const { name, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const isPackaged = basename(folder) === 'app.asar';
const executable = isPackaged ? join(dirname(dirname(folder)), 'voicesync') : EXECUTABLE;
Object.assign(process, {
  // In Electron, only its own executable precedes the app's arguments.
  argv: [executable, ...(isPackaged ? rest : process.argv.slice(2))],
  execPath: executable,
  type: 'browser',
  ...(!isPackaged && { defaultApp: true }),
  resourcesPath: isPackaged ? dirname(folder) : join(import.meta.dirname, 'dist', 'resources'),
});
Object.defineProperty(process.versions, 'electron', { value: '45.3.4', enumerable: true });

const { app } = await import('./app.ts');
const { connectPages } = await import('./page-requests.ts');
app.prepare({ name, version, folder, isPackaged });
const require = createRequire(import.meta.url);
for (const module of modules) require(module);
await import(pathToFileURL(join(folder, main)).href);
await app.start(connectPages);

/** The modules to load first, the app's folder: the first argument that is not a switch, and all other arguments. */
function readCommandLine(argv: readonly string[]): { modules: string[]; folder: string; rest: string[] } {
  const modules: string[] = [];
  const switches: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '-r') {
      index += 1;
      modules.push(argv[index] ?? '');
    } else if (argument.startsWith('-')) switches.push(argument);
    else return { modules, folder: resolve(argument), rest: [...switches, ...argv.slice(index + 1)] };
  }
  throw new Error('Name the folder of the app to start.');
}
