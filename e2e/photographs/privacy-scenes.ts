import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';

/** The privacy report before its self-test and after it, its top and its table: an unlocked app. */
export async function photographPrivacy(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  await new SettingsPage(app).open('Privacy');
  await page.getByRole('button', { name: 'Save the report…' }).and(page.locator(':enabled')).waitFor();
  await camera.take(app, 'privacy');
  await setLanguage(app, 'en');
  await page.getByRole('button', { name: 'Run the self-test' }).click();
  await page.getByRole('table', { name: 'Self-test' }).waitFor({ timeout: 120_000 });
  await camera.take(app, 'privacy-tested', async () => {
    // In any language: the second table.
    await page
      .locator('table')
      .nth(1)
      .evaluate((table) => table.scrollIntoView());
  });
}
