/**
 * Builds the app if needed and opens it: on Electron if its binary is installed, else on its stand-in if
 * there is a Chromium and a display, else it prints what to do. With `--watch`, again whenever a source changes.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './built-app.ts';
import { executableOf, installedElectron, REPOSITORY, type Runtime } from './runtime.ts';
import { findChromium } from './stand-in/chromium.ts';

const EXAMPLE = 'npm run transcribe -- resources/samples/interview-en.m4a';
// Editors save in several steps.
const QUIET_MS = 300;

const arguments_ = process.argv.slice(2);
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
let child: ChildProcess | undefined;

const runtime = chooseRuntime();
if (runtime === null || !buildEngine() || !build()) process.exit(1);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child?.kill(signal));
if (arguments_.includes('--watch')) openAndWatch(runtime);
else open(runtime).on('exit', (code) => process.exit(code ?? 1));

/** The runtime that can show the app here; prints a message and returns null if there is none. */
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
    'Run `npx install-electron` on a machine with internet, or install the package chromium on Debian, then try again.',
  );
  return null;
}

function buildEngine(): boolean {
  const script = join(REPOSITORY, 'native', 'build.ts');
  return spawnSync(process.execPath, [script, '--if-needed'], { stdio: 'inherit' }).status === 0;
}

function build(): boolean {
  try {
    ensureBuilt();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

function open(on: Runtime): ChildProcess {
  child = spawn(executableOf(on), [REPOSITORY, ...arguments_.filter((argument) => argument !== '--watch')], {
    stdio: 'inherit',
    env: { ...process.env, VOICESYNC_STAND_IN_HEADED: '1' },
  });
  return child;
}

function openAndWatch(on: Runtime): void {
  let timer: NodeJS.Timeout | undefined;
  let restarting = false;
  const openOnce = () => {
    open(on).on('exit', (code) => {
      if (!restarting) process.exit(code ?? 1);
      restarting = false;
      openOnce();
    });
  };
  const restart = () => {
    // If the build fails, the running app stays open until the source is fixed.
    if (restarting || !build()) return;
    restarting = true;
    child?.kill();
  };
  openOnce();
  for (const folder of ['src', 'renderer']) {
    watch(join(REPOSITORY, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, QUIET_MS);
    });
  }
}
