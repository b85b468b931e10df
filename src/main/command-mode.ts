import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { TEMPORARY_PREFIX } from '../app/settings/app-folders.ts';
import { runAsProcess } from '../cli/own-process.ts';
import { EXIT } from '../cli/terminal/exit-status.ts';
import { launchUtilityEngine } from './engine-launcher.ts';
import { hardenBeforeReady } from './hardening.ts';

/** Chromium's switch for headless machines; read before any of our code runs. */
const WITHOUT_DISPLAY = '--ozone-platform=headless';

/**
 * Runs a command of the command line in the desktop app's program, and exits with its status: no window, no display, no
 * single-instance lock, nothing in the window's folder. Resolves when Electron may become ready.
 */
export async function startCommand(command: readonly string[]): Promise<void> {
  if (process.platform === 'linux' && app.commandLine.getSwitchValue('ozone-platform') !== 'headless') {
    // Electron would require a display before it is ready, and can start the engine only then.
    app.exit(await withoutDisplay(command));
    return;
  }
  hardenBeforeReady(app);
  const folder = mkdtempSync(join(tmpdir(), TEMPORARY_PREFIX));
  app.setPath('userData', folder);
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const end = (status: number) => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Chromium may still have a file open there; it holds nothing of the command's.
    }
    app.exit(status);
  };
  // Not awaited: Electron is ready only after the first module has been loaded.
  app
    .whenReady()
    .then(() => run(command, end))
    .then(end, () => end(EXIT.someFailed));
}

/** Starts this program again on Chromium's headless platform, and returns its exit status. */
async function withoutDisplay(command: readonly string[]): Promise<number> {
  const own = process.argv.slice(1, process.argv.length - command.length);
  const child = spawn(process.execPath, [WITHOUT_DISPLAY, ...own, ...command], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both: the child handles it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function run(command: readonly string[], end: (status: number) => void): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const signals = new EventEmitter();
  const exit = (status: number) => {
    signals.emit('exit', status);
    end(status);
  };
  const wish = (signal: 'SIGINT' | 'SIGTERM') => {
    // Without a handler it exits, as by default.
    if (!signals.emit(signal)) exit(EXIT.interrupted);
  };
  // After Electron's own handlers, which these replace.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => wish(signal));
  app.on('before-quit', (event) => {
    event.preventDefault();
    wish('SIGTERM');
  });
  const surroundings = { argv: command, stdin, stdout, stderr, env, signals, exit };
  const status = await runAsProcess({ ...surroundings, launchEngine: launchUtilityEngine });
  for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve));
  return status;
}
