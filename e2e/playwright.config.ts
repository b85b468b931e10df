import { defineConfig } from '@playwright/test';
import { ensureBuilt } from './built-app.ts';
import { chooseRuntime } from './runtime.ts';

// Workers read this file, too.
if (process.env.TEST_WORKER_INDEX === undefined) ensureBuilt();

export default defineConfig({
  testDir: '.',
  outputDir: '../out-e2e',
  // The name stands before every result: it says what the app ran on.
  projects: [{ name: chooseRuntime() }],
  // Each runs an engine and a browser: one at a time is what a two-core machine can take.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
