import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ADDON_FILE, BUILD_FOLDER, type BuildKind, builtFolder, whisperCliPath } from './build-paths.ts';
import { hashWhisperTree, WHISPER_TREE_SHA256, WHISPER_VERSION } from './whisper-tree.ts';

/**
 * Builds the speech engine: `node native/build.ts [--if-needed] [--all-variants] [--whisper-cli]`.
 * Needs a C++ compiler, make (or ninja) and cmake, and no network.
 */

const STAMP = 'built-from.json';
const LOG_TAIL_LINES = 30;
const WAIT_FOR_OTHER_BUILD_MS = 250;

const TOOLS = `a C++ compiler and cmake, which build the speech engine once:
  Debian, Ubuntu:  sudo apt-get install build-essential cmake
  Fedora:          sudo dnf install gcc-c++ make cmake
  macOS:           xcode-select --install && brew install cmake
  Windows:         winget install Kitware.CMake Microsoft.VisualStudio.2022.BuildTools (with "Desktop development with C++")`;

/** A failure whose message is all that the user is shown. */
class BuildProblem extends Error {}

interface BuildRequest {
  kind: BuildKind;
  whisperCli: boolean;
  ifNeeded: boolean;
}

function packageFolder(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch (error) {
    throw new BuildProblem(`The package ${name} is missing: run "npm ci" first.`, { cause: error });
  }
}

/** The cmake options of a build. Reasons: README.md. */
function cmakeOptions(request: BuildRequest): string[] {
  return [
    '-DCMAKE_BUILD_TYPE=Release',
    `-DGGML_CPU_ALL_VARIANTS=${request.kind === 'release' ? 'ON' : 'OFF'}`,
    `-DWHISPER_CLI=${request.whisperCli ? 'ON' : 'OFF'}`,
    '-DGGML_OPENMP=ON',
    '-DGGML_LLAMAFILE=ON',
  ];
}

/** What a finished build was made from; equal stamps mean equal builds. */
function stampOf(request: BuildRequest): string {
  const hash = createHash('sha256');
  const own = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/^build[/\\]/.test(file) && /\.(cc|h|cmake)$|CMakeLists\.txt$/.test(file))
    .sort();
  for (const file of own) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  const facts = {
    sources: hash.digest('hex'),
    whisper: WHISPER_TREE_SHA256,
    options: cmakeOptions({ ...request, whisperCli: false }),
    platform: `${process.platform}-${process.arch}`,
    // A development build targets the processor it was made on.
    processor: request.kind === 'development' ? (cpus()[0]?.model ?? '') : '',
  };
  return JSON.stringify(facts, null, 2);
}

function isBuilt(request: BuildRequest): boolean {
  const folder = builtFolder(request.kind);
  if (!existsSync(join(folder, ADDON_FILE)) || !existsSync(join(folder, STAMP))) return false;
  if (request.whisperCli && !existsSync(whisperCliPath())) return false;
  return readFileSync(join(folder, STAMP), 'utf8') === stampOf(request);
}

function checkTools(): void {
  const missing = (command: string) =>
    spawnSync(command, ['--version'], { stdio: 'ignore' }).error !== undefined;
  if (missing('cmake')) throw new BuildProblem(`cmake was not found. Please install ${TOOLS}`);
  // On Windows cmake finds Visual Studio by itself; it need not be on the PATH.
  if (process.platform === 'win32') return;
  const compilers = [process.env.CXX ?? '', 'c++', 'g++', 'clang++'].filter((name) => name !== '');
  if (compilers.every(missing)) throw new BuildProblem(`No C++ compiler was found. Please install ${TOOLS}`);
  if (missing('make') && missing('ninja'))
    throw new BuildProblem(`make was not found. Please install ${TOOLS}`);
}

function checkTree(tree: string): void {
  if (hashWhisperTree(tree) !== WHISPER_TREE_SHA256) {
    throw new BuildProblem(
      `The sources of whisper.cpp in ${tree} are not those of ${WHISPER_VERSION} that this version was written for; ` +
        'the speech engine is not built from them. Run "npm ci" to restore them.',
    );
  }
}

function run(command: string, args: string[], log: number): void {
  writeSync(log, `$ ${command} ${args.join(' ')}\n`);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', log, log] });
  if (error) writeSync(log, `${error.message}\n`);
  if (status !== 0) throw new Error(`${command} failed`);
}

function compile(request: BuildRequest, logFile: string): void {
  const tree = join(packageFolder('nodejs-whisper'), 'cpp', 'whisper.cpp');
  checkTree(tree);
  const work = join(BUILD_FOLDER, `cmake-${request.kind}`);
  const folder = builtFolder(request.kind);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, STAMP), { force: true });
  const hasNinja = spawnSync('ninja', ['--version'], { stdio: 'ignore' }).error === undefined;
  const configure = [
    ...['-S', import.meta.dirname, '-B', work],
    ...(hasNinja && process.platform !== 'win32' ? ['-G', 'Ninja'] : []),
    ...cmakeOptions(request),
    `-DWHISPER_DIR=${tree}`,
    `-DNODE_HEADERS=${packageFolder('node-api-headers')}`,
    `-DNODE_ADDON=${packageFolder('node-addon-api')}`,
    `-DOUTPUT_DIR=${folder}`,
  ];
  const log = openSync(logFile, 'w');
  try {
    try {
      run('cmake', configure, log);
    } catch {
      // Output of an older configuration may not fit: another folder or generator.
      rmSync(work, { recursive: true, force: true });
      run('cmake', configure, log);
    }
    const jobs = String(availableParallelism());
    run('cmake', ['--build', work, '--config', 'Release', '--parallel', jobs], log);
  } catch (error) {
    const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    throw new BuildProblem(`${tail}\n\nThe speech engine could not be built. The whole log: ${logFile}`, {
      cause: error,
    });
  } finally {
    closeSync(log);
  }
  writeFileSync(join(folder, STAMP), stampOf(request));
}

/** Whether the process with this id is alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Runs `work` while no other process builds; returns at once if `done()` becomes true while waiting. */
function alone(done: () => boolean, work: () => void): void {
  const lock = join(BUILD_FOLDER, 'lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    let holder = Number.NaN;
    try {
      holder = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (Number.isInteger(holder) && !isAlive(holder)) {
      rmSync(lock, { force: true });
      continue;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_FOR_OTHER_BUILD_MS);
    if (done()) return;
  }
  try {
    if (!done()) work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function build(request: BuildRequest): void {
  if (request.ifNeeded && isBuilt(request)) return;
  checkTools();
  mkdirSync(BUILD_FOLDER, { recursive: true });
  const logFile = join(BUILD_FOLDER, `${request.kind}.log`);
  alone(
    () => request.ifNeeded && isBuilt(request),
    () => {
      const what =
        request.kind === 'release'
          ? 'for every processor (some minutes)'
          : 'for this machine (about a minute, once)';
      process.stderr.write(`Building the speech engine ${what}…\n`);
      compile(request, logFile);
    },
  );
}

try {
  const { values } = parseArgs({
    options: {
      'if-needed': { type: 'boolean', default: false },
      'all-variants': { type: 'boolean', default: false },
      'whisper-cli': { type: 'boolean', default: false },
    },
  });
  build({
    kind: values['all-variants'] ? 'release' : 'development',
    whisperCli: values['whisper-cli'],
    ifNeeded: values['if-needed'],
  });
} catch (error) {
  const known =
    error instanceof BuildProblem || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `${known ? (error as Error).message : `The speech engine could not be built: ${error}`}\n`,
  );
  process.exitCode = 1;
}
