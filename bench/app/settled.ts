import type { Page } from '@playwright/test';

/** Waits for five idle callbacks of the page, 200 ms apart: its idle-time work is done by then. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let idle = 0; idle < 5; idle += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
    }
  });
}
