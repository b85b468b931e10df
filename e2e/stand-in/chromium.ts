import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { DevTools } from './devtools.ts';

/** A running Chromium: its protocol, and its exit. */
export interface Chromium {
  readonly devTools: DevTools;
  /** Whether its windows are on a display. */
  readonly headed: boolean;
  onExit(listener: () => void): void;
  /** Kills it and deletes its profile. */
  kill(): void;
}

const PROFILE = 'vs-chromium-';
const HEADLESS = ['chromium-headless-shell'];
const HEADED = ['chromium', 'chromium-browser', 'google-chrome'];

/** Whether windows are visible: `VOICESYNC_STAND_IN_HEADED=1`, on a machine with a display. */
export const wantsHeaded = (): boolean =>
  process.env.VOICESYNC_STAND_IN_HEADED === '1' &&
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The Chromium of this machine, or null if there is none. Headless runs can use either kind. */
export function findChromium(headed: boolean): string | null {
  const names = headed ? HEADED : [...HEADLESS, ...HEADED];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts Chromium with the app's `switches`. With `forPlaywright` it also listens on a random port, which
 * Playwright reads from the line that Chromium itself would print.
 */
export async function startChromium(switches: readonly string[], forPlaywright: boolean): Promise<Chromium> {
  const headed = wantsHeaded();
  const executable = findChromium(headed);
  if (executable === null) {
    throw new Error(
      `No ${headed ? 'chromium' : 'chromium-headless-shell'} on PATH: install Debian's package.`,
    );
  }
  deleteDeadProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${PROFILE}${process.pid}-`));
  const child = spawn(
    executable,
    [
      ...switches,
      ...ownSwitches(headed, forPlaywright),
      `--user-data-dir=${profile}`,
      headed ? '--app=data:text/html,' : 'about:blank',
    ],
    {
      // Ctrl+C on a terminal reaches the app alone: Chromium's helpers ignore it in Electron.
      detached: true,
      stdio: [
        'ignore',
        'ignore',
        process.env.VOICESYNC_STAND_IN_DEBUG ? 'inherit' : 'ignore',
        'pipe',
        'pipe',
      ],
    },
  );
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const devTools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  if (!headed) await closeSparePages(devTools);
  if (forPlaywright) {
    process.stderr.write(`DevTools listening on ${await readEndpoint(profile, child)}\n`);
  }
  return { devTools, headed, onExit: (listener) => void child.once('exit', listener), kill };
}

/** Deletes the profiles of killed starts. */
function deleteDeadProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PROFILE) ? Number.parseInt(name.slice(PROFILE.length), 10) : 0;
    if (pid > 0 && !isRunning(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function ownSwitches(headed: boolean, forPlaywright: boolean): string[] {
  return [
    '--remote-debugging-pipe',
    ...(forPlaywright ? ['--remote-debugging-port=0'] : []),
    ...(headed ? [] : ['--headless']),
    // As root, Chromium refuses to start with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // No infobar about unsupported switches.
    ...(headed ? ['--test-type'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
  ];
}

/** Electron has no page before the first window; Playwright would use Chromium's. On a display that is the window. */
async function closeSparePages(devTools: DevTools): Promise<void> {
  const { targetInfos } = await devTools.browser.send('Target.getTargets');
  for (const { type, targetId } of targetInfos) {
    if (type === 'page') await devTools.browser.send('Target.closeTarget', { targetId });
  }
}

async function readEndpoint(profile: string, child: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  while (child.exitCode === null) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    await delay(10);
  }
  throw new Error('Chromium ended at its start.');
}
