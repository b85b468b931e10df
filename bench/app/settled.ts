import type { Page } from '@playwright/test';

/** Waits until the page has had idle time five times, a fifth of a second apart: what it prepares in idle time is done. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let idle = 0; idle < 5; idle += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
    }
  });
}
