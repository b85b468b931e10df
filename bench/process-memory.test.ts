import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { descendantsOf, sampleMemory } from './process-memory.ts';

const MEGABYTE = 2 ** 20;
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    const closed = once(child, 'exit');
    child.stdin?.end();
    await closed;
  }
});

/** Starts a program that prints a line when it is ready, and that ends with its standard input. */
async function start(program: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  if (child.pid === undefined) throw new Error('no child');
  await once(child.stdout, 'data');
  return child.pid;
}

const READY = 'process.stdin.resume(); console.log("ready");';

it('counts the memory of a process and of what it has started', async () => {
  const small = await start(READY);
  const withGrandchild = await start(`
    const { spawn } = require('node:child_process');
    const program = 'globalThis.held = Buffer.alloc(200 * 2 ** 20, 1); ${READY}';
    const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    process.stdin.on('end', () => child.stdin.end());
    child.stdout.once('data', () => { ${READY} });
  `);
  expect(descendantsOf(withGrandchild)).toHaveLength(1);
  const difference = sampleMemory(withGrandchild).bytes - sampleMemory(small).bytes;
  expect(difference).toBeGreaterThan(200 * MEGABYTE);
  expect(difference).toBeLessThan(320 * MEGABYTE);
});

it('counts nothing for a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(sampleMemory(child.pid ?? -1).bytes).toBe(0);
});
