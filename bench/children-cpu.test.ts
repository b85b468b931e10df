import { expect, it } from 'vitest';
import { childrenCpuMs } from './children-cpu.ts';
import { runSuccessfully } from './run-process.ts';

it('counts what a child and its child have computed, in milliseconds', async () => {
  const busy = `const spent = () => { const { user, system } = process.cpuUsage(); return user + system; };
    while (spent() < 300_000) for (let i = 0; i < 1e6; i++);`;
  const parent = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}])`;
  const before = childrenCpuMs();
  await runSuccessfully(process.execPath, ['-e', parent]);
  const spent = childrenCpuMs() - before;
  expect(spent).toBeGreaterThanOrEqual(290);
  expect(spent).toBeLessThan(3000);
});
