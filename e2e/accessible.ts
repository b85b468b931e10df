import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { atRest } from './layout-faults.ts';
import type { RunningApp } from './running-app.ts';

/** Expects that axe finds nothing on what the window shows, in either theme. */
export async function expectAccessible(app: RunningApp, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await atRest(app.page);
    expect.soft(await violations(app), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** What axe finds on what the window shows. */
export async function violations(app: RunningApp): Promise<string[]> {
  // The default mode opens a second window, which this app refuses.
  const found = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
}
