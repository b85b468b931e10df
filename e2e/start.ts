/**
 * Builds the app where that is needed and opens it: on Electron where its binary is installed, else on its stand-in where
 * there is a Chromium and a display, else it says what to do. With `--watch`, again whenever a source changes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './built-app.ts';
import { executableOf, installedElectron, REPOSITORY, type Runtime } from './runtime.ts';
import { findChromium } from './stand-in/chromium.ts';

const EXAMPLE = 'npm run transcribe -- resources/samples/interview-en.m4a';
// Editors write in several steps.
const QUIET_MS = 300;

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const args = process.argv.slice(2).filter((argument) => argument !== '--watch');

const runtime = chooseRuntime();
if (runtime === null) {
  process.exitCode = 1;
} else {
  ensureBuilt();
  if (process.argv.includes('--watch')) openAndWatch(runtime);
  else open(runtime).on('exit', (code) => process.exit(code ?? 1));
}

/** What the app can be seen on here; null, and a sentence, where that is nothing. */
function chooseRuntime(): Runtime | null {
  if (!hasDisplay) {
    console.error(`This machine has no display. The command line needs none: ${EXAMPLE}`);
    return null;
  }
  if (installedElectron() !== null) return 'electron';
  if (findChromium(true) !== null) {
    console.error(
      'Electron is not installed (npx install-electron): the app opens on Chromium in its place.',
    );
    return 'stand-in';
  }
  console.error(
    'Run `npx install-electron` on a machine with internet, or install Debian’s chromium, then try again.',
  );
  return null;
}

function open(on: Runtime): ChildProcess {
  return spawn(executableOf(on), [REPOSITORY, ...args], {
    stdio: 'inherit',
    env: { ...process.env, VOICESYNC_STAND_IN_HEADED: '1' },
  });
}

function openAndWatch(on: Runtime): void {
  let child = open(on);
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    try {
      ensureBuilt();
    } catch (error) {
      // The old one stays open until the mistake is mended.
      console.error(error instanceof Error ? error.message : error);
      return;
    }
    child.once('exit', () => {
      child = open(on);
    });
    child.kill();
  };
  for (const folder of ['src', 'renderer']) {
    watch(join(REPOSITORY, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, QUIET_MS);
    });
  }
}
