import { expect as usual } from '@playwright/test';

/** Waits longer than the runner's five seconds: several apps are photographed at once. */
export const expect = usual.configure({ timeout: 30_000 });
