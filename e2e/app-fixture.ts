import { test as base } from '@playwright/test';
import { RunningApp, type StartOptions } from './running-app.ts';

/**
 * Specs of the built app: `app` starts on a data folder without a vault before each, removed after it; `start` holds
 * its options. The project's name in the report is the runtime.
 */
export const test = base.extend<{ start: StartOptions; app: RunningApp }>({
  start: [{}, { option: true }],
  app: async ({ start }, use) => {
    const app = await RunningApp.start(start);
    await use(app);
    await app.dispose();
  },
});

export { expect } from '@playwright/test';
