import { basename, join } from 'node:path';

/** This file's folder, reached from a bundle in `out/main/` too. */
const NATIVE_FOLDER =
  basename(import.meta.dirname) === 'native'
    ? import.meta.dirname
    : join(import.meta.dirname, '..', '..', 'native');

/** The folder that holds everything that is built, and the logs. */
export const BUILD_FOLDER = join(NATIVE_FOLDER, 'build');

/** What can be built: for this machine only, or every CPU variant for a release. */
export type BuildKind = 'development' | 'release';

/** Where the addon and its libraries of a build lie, side by side; the folder can be copied anywhere as a whole. */
export function builtFolder(kind: BuildKind): string {
  return join(BUILD_FOLDER, kind);
}

/** The addon's file in a built folder. */
export const ADDON_FILE = 'voicesync.node';

/** The program that compares a backend's kernels with plain loops; it lies beside the development build. */
export function kernelCheckPath(): string {
  return join(builtFolder('development'), process.platform === 'win32' ? 'kernel-check.exe' : 'kernel-check');
}

/** whisper.cpp's own command line, which `node native/build.ts --whisper-cli` makes beside the development build. */
export function whisperCliPath(): string {
  return join(builtFolder('development'), process.platform === 'win32' ? 'whisper-cli.exe' : 'whisper-cli');
}
