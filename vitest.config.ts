import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import type { InlineConfig } from 'vitest/node';
import { CostliestFirst } from './costliest-first.vitest.ts';

// Every database thread, engine and command that a test starts would else strip and compile the same TypeScript anew, which
// is half of their starting time. The command line keeps its own code in the same folder.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'voicesync');

/** Tests of functions that keep nothing behind: their files may share a process, which saves reading all modules anew. */
const SHARING = [
  'renderer/**/*.test.ts',
  'src/{contract,messages}/**/*.test.ts',
  'src/core/{export,speech,text-alignment,transcripts}/**/*.test.ts',
];

/** Those take minutes each: `npm run test:soak`. */
const SOAK = ['**/*.soak.test.ts', '**/node_modules/**'];

/** Runs the databases of tests in their own thread. */
export const SAME_THREAD = ['src/core/database/testing/same-thread.setup.ts'];

/** What holds for the tests of `npm test` and of `npm run test:soak`. */
export const COMMON = {
  pool: 'forks',
  // Real engines and decoders run inside the tests; two at a time is what a two-core machine can take.
  maxWorkers: 2,
  // Each database thread reads TypeScript through Node's WebAssembly, and hundreds of them begin and end in one process
  // here. Where V8 13.6 (Node 24) compiles a better wrapper for an import and frees the old one, it aborts now and then
  // ("Check failed: jit_page.has_value()" below Runtime_TierUpWasmToJSWrapper). With this budget it never compiles one.
  execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
} satisfies InlineConfig;

export default defineConfig({
  test: {
    ...COMMON,
    sequence: { sequencer: CostliestFirst },
    projects: [
      { extends: true, test: { name: 'shared', include: SHARING, exclude: SOAK, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['{src,native,bench,checks}/**/*.test.ts'],
          exclude: [...SOAK, ...SHARING],
          setupFiles: SAME_THREAD,
        },
      },
    ],
  },
});
