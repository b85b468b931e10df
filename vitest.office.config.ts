import { defineConfig } from 'vitest/config';
import { COMMON, OFFICE } from './vitest.config.ts';

/** The office on a real Redis: `npm run test:office`. */
export default defineConfig({ test: { ...COMMON, include: OFFICE } });
