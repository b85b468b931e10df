import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RunningDeadline } from './running-deadline.ts';

const LIMIT_MS = 500;

/** Starts a program with a deadline; reports when that passed. */
function watched(
  program: string,
  args: readonly string[],
): { pid: number; passed: Promise<number>; hasPassed: () => boolean } {
  const child = spawn(program, args, { stdio: 'ignore' });
  const begunAt = performance.now();
  const { promise, resolve } = Promise.withResolvers<number>();
  let hasPassed = false;
  const onPassed = () => {
    hasPassed = true;
    resolve(performance.now() - begunAt);
  };
  const deadline = new RunningDeadline({ limitMs: LIMIT_MS, pid: child.pid, onPassed });
  onTestFinished(() => {
    deadline.end();
    child.kill('SIGKILL');
  });
  return { pid: child.pid ?? 0, passed: promise, hasPassed: () => hasPassed };
}

describe('a deadline in running time', () => {
  test.each([
    ['sleeps', 'sleep', ['100']],
    ['works and never answers', 'sh', ['-c', 'while :; do :; done']],
  ])('passes for a child that %s', async (_, program, args) => {
    const { passed } = watched(program, args);
    const tookMs = await passed;
    expect(tookMs).toBeGreaterThan(LIMIT_MS * 0.9);
    expect(tookMs).toBeLessThan(LIMIT_MS * 8);
  });

  test('is never later than twice its limit for being held again and again', async () => {
    const { pid, passed, hasPassed } = watched('sleep', ['100']);
    let ranMs = 0;
    while (!hasPassed()) {
      const begunAt = performance.now();
      await pause(200);
      ranMs += performance.now() - begunAt;
      if (hasPassed()) break;
      process.kill(pid, 'SIGSTOP');
      await pause(200);
      process.kill(pid, 'SIGCONT');
    }
    await passed;
    // What is held between two steps counts as if it had run.
    expect(ranMs).toBeLessThan(LIMIT_MS * 3);
  });

  test.runIf(process.platform !== 'win32')(
    'does not pass while the child is stopped, and does afterwards',
    async () => {
      const { pid, passed, hasPassed } = watched('sleep', ['100']);
      await pause(LIMIT_MS / 2);
      process.kill(pid, 'SIGSTOP');
      await pause(LIMIT_MS * 3);
      expect(hasPassed()).toBe(false);
      process.kill(pid, 'SIGCONT');
      await passed;
    },
  );

  test('tells how long the child ran, without the time it was stopped', async () => {
    const child = spawn('sleep', ['100']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const deadline = new RunningDeadline({ limitMs: 2000, pid: child.pid, onPassed: () => undefined });
    child.kill('SIGSTOP');
    await pause(1000);
    child.kill('SIGCONT');
    await pause(300);
    deadline.end();
    expect(deadline.ranMs).toBeGreaterThan(100);
    expect(deadline.ranMs).toBeLessThan(900);
  });
});
