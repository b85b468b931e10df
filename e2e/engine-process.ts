import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import type { RunningApp } from './running-app.ts';

/** What an engine's command line contains: on Electron, and on its stand-in. */
const MARKS = ['--utility-sub-type=node.mojom.NodeService', '/out/main/engine.js'];

/** The engine is fast: it must be found, or stopped, before it ends. */
const OFTEN = { intervals: [20], timeout: 60_000 };

/** How long the engine runs between two polls. */
const TURN_MS = 60;

/** Waits for the running app's speech engine and returns its process id. Linux only: reads `/proc`. */
export async function engineOf(app: RunningApp): Promise<number> {
  const main = app.electron.process().pid ?? 0;
  const engines = () => descendantsOf(main).filter(isEngine);
  await expect.poll(() => engines().length, OFTEN).toBe(1);
  return engines()[0] ?? 0;
}

/**
 * Stops the engine (SIGSTOP) while `action` runs, so that its work stays unfinished. With `reached`, the engine first
 * runs in short turns until that is true; between them it is stopped, however long the poll takes. The action gets its
 * process id.
 */
export async function whileEngineWaits(
  app: RunningApp,
  action: (engine: number) => Promise<void>,
  reached: () => Promise<boolean> = async () => true,
): Promise<void> {
  const engine = await engineOf(app);
  const workOneTurn = async () => {
    process.kill(engine, 'SIGCONT');
    await pause(TURN_MS);
    process.kill(engine, 'SIGSTOP');
  };
  process.kill(engine, 'SIGSTOP');
  try {
    await expect
      .poll(async () => {
        if (await reached()) return true;
        await workOneTurn();
        return false;
      }, OFTEN)
      .toBe(true);
    await action(engine);
  } finally {
    // The action may have killed it.
    if (isEngine(engine)) process.kill(engine, 'SIGCONT');
  }
}

function descendantsOf(parent: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
  return children.flatMap((pid) => [pid, ...descendantsOf(pid)]);
}

function parentOf(pid: number): number | null {
  const status = read(`/proc/${pid}/status`);
  const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? null : Number(parent);
}

function isEngine(pid: number): boolean {
  const commandLine = read(`/proc/${pid}/cmdline`);
  return MARKS.some((mark) => commandLine.includes(mark));
}

/** A process may have ended since it was listed. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
