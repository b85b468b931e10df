import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { builtFolder, kernelCheckPath } from '../build-paths.ts';

test('the kernels compute what plain loops do, whatever the shape and the number of threads', () => {
  const { status, stdout, stderr } = spawnSync(kernelCheckPath(), [builtFolder('development')], {
    encoding: 'utf8',
  });
  expect(stdout).not.toMatch(/^BAD/m);
  expect(stdout.match(/^good/gm)?.length, stderr).toBeGreaterThan(30);
  expect(status).toBe(0);
});
