import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** What `vault-child.ts` says. */
export interface ChildAnswer {
  readonly state: 'held' | 'committed' | 'refused';
  readonly code?: string;
  readonly folder?: string;
}

/** A child process of a test and what it said first; null where it died without a word. */
export interface TestChild {
  readonly process: ChildProcess;
  readonly answer: ChildAnswer | null;
}

/** Starts `vault-child.ts` and waits for its answer or its end. It is killed when the test ends. */
export async function startChild(...args: string[]): Promise<TestChild> {
  const child = fork(new URL('./vault-child.ts', import.meta.url), args, { execArgv: [] });
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
