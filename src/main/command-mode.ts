import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { EXIT } from '../cli/exit-status.ts';
import { runAsProcess } from '../cli/own-process.ts';
import { launchUtilityEngine } from './engine-launcher.ts';
import { hardenBeforeReady } from './hardening.ts';

/** Chromium's switch for a machine without a display; read before any of our code runs. */
const WITHOUT_DISPLAY = '--ozone-platform=headless';

/**
 * Runs a command of the command line in the desktop app's program, and ends the process with its exit status: no window, no
 * display, no lock of a window that runs, nothing in the window's folder. Resolves where Electron may go on to be ready.
 */
export async function startCommand(command: readonly string[]): Promise<void> {
  if (process.platform === 'linux' && app.commandLine.getSwitchValue('ozone-platform') !== 'headless') {
    // Electron would look for a display before it is ready, and only then can it start the engine.
    app.exit(await withoutDisplay(command));
    return;
  }
  hardenBeforeReady(app);
  const folder = mkdtempSync(join(tmpdir(), 'voicesync-'));
  app.setPath('userData', folder);
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const end = (status: number) => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Chromium may still hold a file of its own there; nothing of the command's is in it.
    }
    app.exit(status);
  };
  // Not awaited: Electron is ready only after the first module has been loaded.
  app
    .whenReady()
    .then(() => run(command, end))
    .then(end, () => end(EXIT.someFailed));
}

/** Starts this program again on Chromium's platform without a display, and gives the exit status of that. */
async function withoutDisplay(command: readonly string[]): Promise<number> {
  const own = process.argv.slice(1, process.argv.length - command.length);
  const child = spawn(process.execPath, [WITHOUT_DISPLAY, ...own, ...command], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both: the one that works decides what becomes of it.
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
    // Without anything to end in order it ends as a program does that does not listen.
    if (!signals.emit(signal)) exit(EXIT.interrupted);
  };
  // Behind Electron's own handlers, which these replace.
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
