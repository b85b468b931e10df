import { basename, join } from 'node:path';

/** This file's folder; resolves from a bundle in `out/main/` too. */
const NATIVE_FOLDER =
  basename(import.meta.dirname) === 'native'
    ? import.meta.dirname
    : join(import.meta.dirname, '..', '..', 'native');

/** The folder of all build output, and the logs. */
export const BUILD_FOLDER = join(NATIVE_FOLDER, 'build');

/** What can be built: for this machine only, or every CPU variant for a release. */
export type BuildKind = 'development' | 'release';

/** The folder of a build's addon and libraries, side by side; it is relocatable as a whole. */
export function builtFolder(kind: BuildKind): string {
  return join(BUILD_FOLDER, kind);
}

/** The addon's file in a built folder. */
export const ADDON_FILE = 'voicesync.node';

/** The program that compares a backend's kernels with plain loops; it is beside the development build. */
export function kernelCheckPath(): string {
  return join(builtFolder('development'), process.platform === 'win32' ? 'kernel-check.exe' : 'kernel-check');
}

/** whisper.cpp's own command line, which `node native/build.ts --whisper-cli` makes beside the development build. */
export function whisperCliPath(): string {
  return join(builtFolder('development'), process.platform === 'win32' ? 'whisper-cli.exe' : 'whisper-cli');
}
