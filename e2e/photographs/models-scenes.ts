import { whileEngineWaits } from '../engine-process.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { ModelsPage } from '../pages/models-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { cutRecording, ownModel } from '../recordings.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const MODELS = ['base-q8_0', 'ggml-sample-dictation'] as const;
const MEMO = 'memo-en.mp3';
/** The machine may be busy. */
const PATIENT = { timeout: 300_000 };

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** Models with their speeds, when a row is ready with each, and two minutes tried: an unlocked app with the fixtures' model. */
export async function photographModels(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const models = new ModelsPage(app);
  await models.open();
  await camera.take(app, 'models-unmeasured');
  await inUsualFrame(app);
  for (const name of MODELS) await models.measure(name);
  for (const name of MODELS) await models.expectMeasured(name);
  await app.dropFiles([ownModel(app.home, 'dictation-of-our-chambers-2026.bin')]);
  await expect(models.row('dictation-of-our-chambers-2026')).toBeVisible(PATIENT);
  await models.open();
  await models.expectMeasured('dictation-of-our-chambers-2026');
  await camera.take(app, 'models', () => models.row(MODELS[0]).scrollIntoViewIfNeeded());
  await camera.take(app, 'models-advice', () => models.advice.scrollIntoViewIfNeeded());
  await inUsualFrame(app);
  await models.advice.getByText('Read the request').click();
  await camera.take(app, 'models-request', () =>
    models.advice.getByText('Dear colleagues').scrollIntoViewIfNeeded(),
  );
  await inUsualFrame(app);
  await new SettingsPage(app).open('Speed and quiet');
  await camera.take(app, 'quality');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.drop(cutRecording('hearing-12min.opus', 240, app.home));
  await whileEngineWaits(app, async () => {
    await library.drop(fixtureFile(MEMO), fixtureFile('three-speakers.flac'));
    await expect(library.row(MEMO)).toContainText('Ready at about', PATIENT);
    await camera.take(app, 'ready-times');
    await inUsualFrame(app);
    await library.button(MEMO, 'Pause').click();
  });
  await library.button(MEMO, 'Try two minutes…').click();
  const dialog = page.getByRole('dialog', { name: /^Try two minutes/ });
  await camera.take(app, 'trial-choice');
  await inUsualFrame(app);
  await dialog.getByRole('checkbox', { name: 'dictation-of-our-chambers-2026' }).setChecked(true);
  await dialog.getByRole('button', { name: 'Try', exact: true }).click();
  await expect(dialog.getByText(/took \d/).first()).toBeVisible(PATIENT);
  await camera.take(app, 'trial-running');
  await expect(dialog.getByText(/took \d/)).toHaveCount(3, PATIENT);
  await camera.take(app, 'trial');
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}
