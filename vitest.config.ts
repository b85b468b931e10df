import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Every database thread, engine and command that a test starts would else strip and compile the same TypeScript anew, which
// is half of their starting time. The command line keeps its own code in the same folder.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'voicesync');

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'native/**/*.test.ts',
      'bench/**/*.test.ts',
      'checks/**/*.test.ts',
      'renderer/**/*.test.ts',
    ],
    // Those take minutes each: `npm run test:soak`.
    exclude: ['**/*.soak.test.ts', '**/node_modules/**'],
    setupFiles: ['src/core/database/testing/same-thread.setup.ts'],
    pool: 'forks',
    // Real engines and decoders run inside the tests; two at a time is what a two-core machine can take.
    maxWorkers: 2,
    // Each database thread reads TypeScript through Node's WebAssembly, and hundreds of them begin and end in one process
    // here. Where V8 13.6 (Node 24) compiles a better wrapper for an import and frees the old one, it aborts now and then
    // ("Check failed: jit_page.has_value()" below Runtime_TierUpWasmToJSWrapper). With this budget it never compiles one.
    execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
