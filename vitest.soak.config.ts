import { defineConfig } from 'vitest/config';
import suite from './vitest.config.ts';

/** The long tests: grids of faults, random series, folders full of hard inputs. `npm test` leaves them out. */
export default defineConfig({
  test: {
    ...suite.test,
    include: ['{src,native}/**/*.soak.test.ts'],
    exclude: ['native/build/**'],
    testTimeout: 600_000,
  },
});
