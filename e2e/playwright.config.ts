import { defineConfig } from '@playwright/test';
import { chooseRuntime } from './runtime.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './build-first.ts',
  outputDir: '../out-e2e',
  // The name prefixes every result: it is the app's runtime.
  projects: [{ name: chooseRuntime() }],
  // Each runs an engine and a browser: a two-core machine can run one at a time.
  workers: 1,
  // A shared machine may stall for longer than any state should take; what passes only on retry is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
