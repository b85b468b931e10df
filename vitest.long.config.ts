import { defineConfig } from 'vitest/config';
import { CostliestFirst } from './costliest-first.vitest.ts';
import office from './vitest.office.config.ts';
import soak from './vitest.soak.config.ts';

/** What takes minutes, for CI: the long tests and those of the office side by side, since either leaves the processor idle now and then. */
export default defineConfig({
  test: {
    sequence: { sequencer: CostliestFirst },
    projects: [
      { test: { ...soak.test, name: 'soak' } },
      // Projects that run together must have as many workers.
      { test: { ...office.test, name: 'office', maxWorkers: soak.test?.maxWorkers ?? 4 } },
    ],
  },
});
