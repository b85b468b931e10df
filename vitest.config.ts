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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
