import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the app runs on: Electron itself, or its stand-in over the system's Chromium. */
export type Runtime = 'electron' | 'stand-in';

/** The repository. */
export const REPOSITORY = join(import.meta.dirname, '..');

const STAND_IN = join(import.meta.dirname, 'stand-in', 'dist');

/** Electron's executable, or null if it was never downloaded. Asking the package would try to download it. */
export function installedElectron(): string | null {
  const folder = join(REPOSITORY, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const executable = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

/** Electron if it is installed, unless `VOICESYNC_RUNTIME=stand-in` asks for the other. */
export function chooseRuntime(): Runtime {
  return installedElectron() !== null && process.env.VOICESYNC_RUNTIME !== 'stand-in'
    ? 'electron'
    : 'stand-in';
}

/** The executable of a runtime. */
export function executableOf(runtime: Runtime): string {
  return runtime === 'electron' ? (installedElectron() ?? '') : join(STAND_IN, 'electron');
}

/** Makes Playwright, which asks the `electron` package for its executable, use the runtime's. */
export function pointPlaywrightTo(runtime: Runtime): void {
  if (runtime === 'stand-in') process.env.ELECTRON_OVERRIDE_DIST_PATH = STAND_IN;
}
