import { LibraryPage } from '../pages/library-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const CALL = 'phone-8k.wav';
const MATTER = 'Thorne v. Brightwater Housing Association';

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** A matter's form, what was checked and has changed since, and pseudonyms: an unlocked app with the fixtures' model. */
export async function photographLaw(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const dialog = page.getByRole('dialog');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.transcribe(fixtureFile(CALL));
  await page.keyboard.press('ControlOrMeta+n');
  await camera.take(app, 'matter-new');
  await inUsualFrame(app);
  await dialog.getByLabel('Name', { exact: true }).fill(MATTER);
  await dialog.getByLabel('Case number').fill('24-cv-00817');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: MATTER, level: 1 })).toBeVisible();
  await camera.take(app, 'matter-empty');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.choose(CALL, MATTER);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${MATTER}`) })
    .first()
    .click();
  await library.editMatter(MATTER);
  await camera.take(app, 'matter');
  await inUsualFrame(app);
  await dialog.locator('summary', { hasText: 'Automatic corrections' }).click();
  await dialog.getByLabel('Heard as').fill('Mr Thorn');
  await dialog.getByLabel('Write instead').fill('Mr Thorne');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Mr Thorn → Mr Thorne')).toBeVisible();
  await camera.take(app, 'matter-corrections', () =>
    dialog
      .locator('summary', { hasText: 'Automatic corrections' })
      .evaluate((summary) => summary.scrollIntoView()),
  );
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
  await library.open(CALL);
  await photographChecking(app, camera);
  await photographPseudonyms(app, camera);
}

async function photographChecking(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const chip = page.locator('[data-checked]');
  await transcript.expectOpen(CALL);
  await page.keyboard.press('Escape');
  await expect.poll(() => transcript.playheadMs(), { timeout: 60_000 }).toBeGreaterThan(3000);
  await page.keyboard.press('Escape');
  await expect(transcript.button('Play')).toBeVisible();
  await camera.take(app, 'listened');
  await inUsualFrame(app);
  await chip.click();
  await camera.take(app, 'checking');
  await inUsualFrame(app);
  await page.getByRole('dialog').getByLabel('Your name').fill('Rosa Delgado');
  await page.keyboard.press('Enter');
  await expect(chip).toHaveAttribute('data-checked', 'yes');
  await transcript.putCaretBehind('My name is Laura');
  await page.keyboard.type(' Villanueva');
  await transcript.expectSaved();
  await expect(chip).toHaveAttribute('data-checked', 'changed', { timeout: 60_000 });
  // Toasts keep the language that they were said in.
  await expect(page.getByText(/^Marked as checked by/)).toHaveCount(0, { timeout: 20_000 });
  await camera.take(app, 'changed-since');
  await inUsualFrame(app);
  await transcript.text().getByText('My name is Laura').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Text' })).toBeVisible();
  await camera.take(app, 'text-menu');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await transcript.text().focus();
  await page.keyboard.press('ControlOrMeta+Shift+g');
  await page.getByRole('dialog').getByLabel('Page:line').fill('2:1');
  await camera.take(app, 'go-to-citation');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await chip.click();
  await camera.take(app, 'checked-changes');
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}

async function photographPseudonyms(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await transcript.button('More').click();
  await page.getByRole('menuitem', { name: 'Pseudonyms…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pseudonyms' });
  await expect(dialog.getByRole('heading', { name: 'The key' })).toBeVisible({ timeout: 60_000 });
  await camera.take(app, 'pseudonyms-undecided');
  await inUsualFrame(app);
  await dialog.getByRole('button', { name: /^Replace “Laura/ }).click();
  await expect(dialog.getByLabel('What [Person 1] stands for')).toBeVisible();
  await dialog
    .getByRole('button', { name: /^Leave “/ })
    .first()
    .click();
  await expect(dialog.getByRole('heading', { name: 'Left as they are' })).toBeVisible();
  await camera.take(app, 'pseudonyms');
  await camera.take(app, 'pseudonyms-key', () =>
    dialog
      .locator('section')
      .last()
      .evaluate((section) => section.scrollIntoView()),
  );
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}
