import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { RunningDeadline } from '../running-deadline.ts';
import { childEnvironment } from './child-environment.ts';

/** An ffmpeg that has been run once with success. */
export interface Ffmpeg {
  /** Absolute path. */
  readonly path: string;
  readonly origin: 'packaged' | 'ffmpeg-static' | 'path' | 'ffmpeg-installer';
  /** As it prints itself, e.g. `5.1.9-0+deb12u1`. */
  readonly version: string;
  /** Whether it is to take only the time that other programs leave; asked whenever one is started. */
  readonly isQuiet?: () => boolean;
}

interface Candidate {
  readonly origin: Ffmpeg['origin'];
  readonly path: string;
}

const EXECUTABLE = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
// A static build of 80 MB on a cold disk starts slowly.
const ANSWER_DEADLINE_MS = 30_000;

const found = new Map<string, Promise<Ffmpeg>>();

/**
 * Finds an ffmpeg that runs: the one packaged with the app, else ffmpeg-static's, else the first on PATH, else
 * @ffmpeg-installer's. The result is cached for the life of the process. Error: `ffmpeg.missing`.
 */
export function findFfmpeg(options: { packagedFolder?: string } = {}): Promise<Ffmpeg> {
  const key = options.packagedFolder ?? '';
  const known = found.get(key);
  if (known !== undefined) return known;
  const search = firstThatRuns(candidates(options.packagedFolder));
  found.set(key, search);
  // One may be installed while the app runs: only a success is cached.
  search.catch(() => found.delete(key));
  return search;
}

/** The ffmpeg of @ffmpeg-installer, the only one on a machine without another. Error: `ffmpeg.missing`. */
export function findInstallerFfmpeg(): Promise<Ffmpeg> {
  return firstThatRuns(installerCandidates());
}

function candidates(packagedFolder: string | undefined): Candidate[] {
  const packaged: Candidate[] =
    packagedFolder === undefined ? [] : [{ origin: 'packaged', path: join(packagedFolder, EXECUTABLE) }];
  const onPath: Candidate[] = (process.env.PATH ?? '')
    .split(delimiter)
    // A relative entry would run whatever lies in the working folder.
    .filter((folder) => isAbsolute(folder))
    .map((folder) => ({ origin: 'path', path: join(folder, EXECUTABLE) }));
  return [...packaged, ...staticCandidates(), ...onPath, ...installerCandidates()].filter(({ path }) =>
    isAbsolute(path),
  );
}

function staticCandidates(): Candidate[] {
  const path = requireIfInstalled('ffmpeg-static');
  return typeof path === 'string' ? [{ origin: 'ffmpeg-static', path }] : [];
}

function installerCandidates(): Candidate[] {
  const installer = requireIfInstalled('@ffmpeg-installer/ffmpeg');
  if (typeof installer !== 'object' || installer === null || !('path' in installer)) return [];
  return typeof installer.path === 'string' ? [{ origin: 'ffmpeg-installer', path: installer.path }] : [];
}

function requireIfInstalled(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    // Both packages are optional, and each throws in its own way if it has no binary for this machine.
    return null;
  }
}

async function firstThatRuns(list: readonly Candidate[]): Promise<Ffmpeg> {
  for (const { origin, path } of list) {
    // Spawning a missing program costs a process too.
    if (!(await isThere(path))) continue;
    const version = await versionOf(path);
    if (version !== null) return { path, origin, version };
  }
  throw new AppError('ffmpeg.missing', {});
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The version that the program at `path` reports, or null if it is no ffmpeg that runs here. */
function versionOf(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { env: childEnvironment(), cwd: '/', windowsHide: true };
    const child = execFile(path, ['-version'], options, (error, stdout) => {
      deadline.end();
      resolve(error === null ? (/^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? null) : null);
    });
    const { pid } = child;
    const onPassed = () => void child.kill('SIGKILL');
    const deadline = new RunningDeadline({ limitMs: ANSWER_DEADLINE_MS, pid, onPassed });
  });
}
