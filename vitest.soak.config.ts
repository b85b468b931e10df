import { defineConfig } from 'vitest/config';
import { COMMON, SAME_THREAD } from './vitest.config.ts';

/** The long tests: grids of faults, random series, folders full of hard inputs. `npm test` leaves them out. */
export default defineConfig({
  test: {
    ...COMMON,
    // They mostly wait: for children to be killed, disks to fill up, sound to be recorded.
    maxWorkers: 4,
    include: ['{src,native}/**/*.soak.test.ts'],
    exclude: ['native/build/**'],
    setupFiles: SAME_THREAD,
    testTimeout: 600_000,
  },
});
