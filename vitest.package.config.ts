import { defineConfig } from 'vitest/config';
import { COMMON, PACKAGED } from './vitest.config.ts';

/** What is packaged, and whether that runs: `npm run package:check`. */
export default defineConfig({ test: { ...COMMON, include: PACKAGED } });
