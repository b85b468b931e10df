import { defineConfig } from 'vitest/config';
import { OFFICE } from './vitest.config.ts';
import soak from './vitest.soak.config.ts';

/** What takes minutes, for CI: the long tests and those of the office side by side, since either leaves the processor idle now and then. */
export default defineConfig({
  test: { ...soak.test, include: [...(soak.test?.include ?? []), ...OFFICE] },
});
