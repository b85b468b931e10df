import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import type { InlineConfig } from 'vitest/node';
import { CostliestFirst } from './costliest-first.vitest.ts';

// Every database thread, engine and command that a test starts would else strip and compile the same TypeScript, which
// is half of their start time. The command line caches its own code in the same folder.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'voicesync');

/** Tests of functions without lasting side effects: their files share a process, which saves reloading all modules. */
const SHARING = [
  'renderer/**/*.test.ts',
  'src/{contract,messages}/**/*.test.ts',
  'src/core/{export,speech,text-alignment,transcripts}/**/*.test.ts',
];

/** These take minutes each: `npm run test:soak`. */
const SOAK = ['**/*.soak.test.ts', '**/node_modules/**'];

/** Packages the app and runs what came out: `npm run package:check`. */
export const PACKAGED = ['checks/packaged-*.test.ts'];

/** Needs Debian's `redis-server`: `npm run test:office`. */
export const OFFICE = ['src/office/**/*.redis.test.ts'];

/** Runs the tests' databases and comparing of voices in the test's own thread. */
export const SAME_THREAD = ['src/core/testing/same-thread.setup.ts'];

/** Settings of both `npm test` and `npm run test:soak`. */
export const COMMON = {
  pool: 'forks',
  // Real engines and decoders run inside the tests, which wait for disks and children a third of their time: three keep
  // the two cores of a small machine busy.
  maxWorkers: 3,
  // Each database thread reads TypeScript through Node's WebAssembly, and hundreds of them begin and end in one process
  // here. When V8 13.6 (Node 24) compiles a better wrapper for an import and frees the old one, it aborts now and then
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
      // Components are rendered into a DOM without layout, one per file.
      {
        extends: true,
        test: { name: 'window', include: ['renderer/**/*.test.tsx'], environment: 'happy-dom' },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['{src,native,bench,checks}/**/*.test.ts'],
          exclude: [...SOAK, ...SHARING, ...PACKAGED, ...OFFICE],
          setupFiles: SAME_THREAD,
        },
      },
    ],
  },
});
