import { defineConfig } from '@playwright/test';
import { chooseRuntime } from './runtime.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './build-first.ts',
  outputDir: '../out-e2e',
  // The name stands before every result: it says what the app ran on.
  projects: [{ name: chooseRuntime() }],
  // Each runs an engine and a browser: one at a time is what a two-core machine can take.
  workers: 1,
  // A machine that many share may stand still for longer than any state should take; what passes only then is told as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
