import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chooseRuntime, REPOSITORY } from './runtime.ts';

// Every start of the app, which is one or two for each spec, would else compile the same code, as with vitest.
process.env.NODE_COMPILE_CACHE ??= join(REPOSITORY, 'node_modules', '.cache', 'voicesync');

export default defineConfig({
  testDir: '.',
  globalSetup: './build-first.ts',
  outputDir: '../out-e2e',
  // The name prefixes every result: it is the app's runtime.
  projects: [{ name: chooseRuntime() }],
  // Each has a vault and a data folder of its own. Half of a spec's time is waiting, so three share two cores well.
  workers: 3,
  // A machine that many share may stand still for longer than any state should take; what passes only then is told as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
