import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';

/** What is stored where: an unlocked app. */
export async function photographPlaces(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  await new SettingsPage(app).open('Places and sizes');
  await page.getByText('Measuring…').first().waitFor({ state: 'detached' });
  await camera.take(app, 'places');
}
