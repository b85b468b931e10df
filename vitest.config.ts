import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'native/**/*.test.ts',
      'bench/**/*.test.ts',
      'checks/**/*.test.ts',
      'renderer/**/*.test.ts',
    ],
    pool: 'forks',
    // Real engines and decoders run inside the tests; two at a time is what a two-core machine can take.
    maxWorkers: 2,
    // Hundreds of database threads begin and end in one process here, which no other use of the core does. V8's register of
    // code pages under memory protection keys does not endure that: "Check failed: jit_page.has_value()" (Node 24).
    execArgv: ['--no-memory-protection-keys'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
