import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';

/** The message of `vault-child.ts`. */
export interface ChildAnswer {
  readonly state: 'held' | 'committed' | 'refused';
  readonly code?: string;
  readonly details?: unknown;
  readonly folder?: string;
}

/** A child process of a test and its first message; null if it died without one. */
export interface TestChild {
  readonly process: ChildProcess;
  readonly answer: ChildAnswer | null;
}

/** Starts a process that acquires the lock of a folder. */
export async function startLockChild(folder: string): Promise<TestChild> {
  return await start(new URL('./lock-child.ts', import.meta.url), [folder]);
}

/** Asserts that of so many processes that take the lock of a folder at once one has it, and the others are told. */
export async function assertOneGetsTheVault(folder: string, processes: number): Promise<void> {
  const children = await Promise.all(Array.from({ length: processes }, () => startLockChild(folder)));
  const held = children.filter((child) => child.answer?.state === 'held');
  const refused = children.filter((child) => child.answer?.code === 'vault.inUse');
  expect([held.length, refused.length]).toEqual([1, processes - 1]);
}

/** Starts `vault-child.ts` in one of its modes. */
export async function startVaultChild(
  mode: 'ephemeral' | 'commit' | 'move',
  ...args: string[]
): Promise<TestChild> {
  return await start(new URL('./vault-child.ts', import.meta.url), [mode, ...args]);
}

/** Starts a process and waits for its answer or its end. It is killed when the test ends. */
async function start(program: URL, args: string[]): Promise<TestChild> {
  const child = fork(program, args, { execArgv: [] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const answer = await new Promise<ChildAnswer | null>((resolve) => {
    child.once('message', (message) => resolve(message as ChildAnswer));
    child.once('exit', () => resolve(null));
  });
  return { process: child, answer };
}

/** Kills a child as a power cut would, and waits until it is gone. */
export async function killChild(child: TestChild): Promise<void> {
  if (child.process.exitCode !== null || child.process.signalCode !== null) return;
  const gone = once(child.process, 'exit');
  child.process.kill('SIGKILL');
  await gone;
}
