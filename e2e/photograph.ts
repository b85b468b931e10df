/**
 * Photographs every screen of the built app in two sizes, with normal and double text size, in both themes and both
 * languages, with 0, 1 and 500 recordings; and finds what is clipped, overlaps or cannot be reached (`faults.txt`, and
 * exit status 1).
 * With `--quick` each only twice, in English and with text of normal size: small and light, and in the usual size and dark.
 * That is what CI runs.
 * `node e2e/photograph.ts [--quick] [--out folder] [--part gate|work|voices|library|record|settings|speakers|editor|models|places|privacy|templates|law|retention|hand-over|align|aloud|office|docs]… [--only pattern]`: `out-photographs/` if no folder is
 * named; the pattern is one of screens' names. The part `docs` remakes the pictures of README and docs.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './built-app.ts';
import { bringFixtureModel } from './fixture-model.ts';
import { fillVault } from './full-vault.ts';
import { GatePage } from './pages/gate-page.ts';
import { photographAlignedTexts } from './photographs/align-scenes.ts';
import { photographReadAloud } from './photographs/aloud-scenes.ts';
import { Camera } from './photographs/camera.ts';
import { photographForDocs } from './photographs/docs-pictures.ts';
import { photographEditorTools } from './photographs/editor-scenes.ts';
import { photographGate } from './photographs/gate-scenes.ts';
import { photographHandOver } from './photographs/hand-over-scenes.ts';
import { photographLaw } from './photographs/law-scenes.ts';
import { photographLibrary } from './photographs/library-scenes.ts';
import { photographModels } from './photographs/models-scenes.ts';
import { photographOffice } from './photographs/office-scenes.ts';
import { photographPlaces } from './photographs/places-scenes.ts';
import { photographPrivacy } from './photographs/privacy-scenes.ts';
import { photographRecordings } from './photographs/record-scenes.ts';
import { photographRetention } from './photographs/retention-scenes.ts';
import { photographSettings } from './photographs/settings-scenes.ts';
import { photographSpeakers } from './photographs/speakers-scenes.ts';
import { photographTemplates } from './photographs/templates-scenes.ts';
import { photographVoices } from './photographs/voice-scenes.ts';
import { photographWork } from './photographs/work-scenes.ts';
import { RunningApp } from './running-app.ts';
import { PASSPHRASE } from './vault-fixture.ts';

/** Photographs screens of an unlocked app with an empty vault. */
type Photograph = (app: RunningApp, camera: Camera) => Promise<void>;

/** The parts that begin with an unlocked app, in their order. */
const SCENES: readonly (readonly [string, Photograph])[] = [
  ['work', photographWork],
  ['voices', photographVoices],
  ['editor', photographEditorTools],
  ['speakers', photographSpeakers],
  ['models', photographModels],
  ['places', photographPlaces],
  ['privacy', photographPrivacy],
  ['settings', photographSettings],
  ['templates', photographTemplates],
  ['law', photographLaw],
  ['retention', photographRetention],
  ['hand-over', photographHandOver],
  ['align', photographAlignedTexts],
  ['aloud', photographReadAloud],
  ['docs', photographForDocs],
];

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out-photographs' },
    part: {
      type: 'string',
      multiple: true,
      default: [
        'gate',
        'library',
        'record',
        'office',
        ...SCENES.map(([part]) => part).filter((part) => part !== 'docs'),
      ],
    },
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
  },
});
const parts = new Set(values.part);
const folder = resolve(values.out);
await mkdir(folder, { recursive: true });
ensureBuilt();
const camera = new Camera(folder, new RegExp(values.only), values.quick);

/** Parts that can be photographed side by side: each has an app and a data folder of its own. */
const waiting: (readonly [string, () => Promise<void>])[] = [];

if (parts.has('record')) waiting.push(['record', () => photographRecordings(camera)]);
if (parts.has('office')) waiting.push(['office', () => photographOffice(camera)]);
const isMoreWanted = parts.size > waiting.length;
const home = isMoreWanted ? await emptyVault() : null;
if (home !== null) {
  if (parts.has('library')) waiting.push(['library', () => photographCopy(home, photographLibrary, 500)]);
  for (const [part, photograph] of SCENES) {
    if (parts.has(part)) waiting.push([part, () => photographCopy(home, photograph)]);
  }
}
try {
  // Much of the time of each is waiting.
  await Promise.all([photographWaiting(), photographWaiting()]);
} finally {
  if (home !== null) await rm(home, { recursive: true, force: true });
}

/** Photographs the parts that wait, one after the other. One that fails is tried again, as specs are: a busy machine may stand still. */
async function photographWaiting(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [part, photograph] = next;
    await photograph().catch(async (error: unknown) => {
      process.stdout.write(`${part} failed, and is tried again: ${error}\n`);
      await photograph();
    });
  }
}

/** The screens of a new user, if wanted; then a data folder with an empty vault and the fixtures' model, for all others. */
async function emptyVault(): Promise<string> {
  const app = await RunningApp.start({ model: 'bundled' });
  try {
    if (parts.has('gate')) await photographGate(app, camera);
    else await new GatePage(app).makeVault(PASSPHRASE);
    await app.quit();
    await bringFixtureModel(app.home);
    return app.home;
  } catch (error) {
    await app.dispose();
    throw error;
  }
}

/** Photographs an app with a copy of a data folder, with so many recordings in its vault. */
async function photographCopy(from: string, photograph: Photograph, recordings = 0): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'vs-'));
  await cp(from, copy, { recursive: true });
  if (recordings > 0) await fillVault(join(copy, 'vault'), PASSPHRASE, recordings, Date.now());
  const app = await RunningApp.start({}, copy);
  try {
    await new GatePage(app).unlock(PASSPHRASE);
    await photograph(app, camera);
  } finally {
    await app.dispose();
  }
}

await writeFile(join(folder, 'faults.txt'), `${[...camera.faults].join('\n')}\n`);
process.stdout.write(`${camera.pictures.size} pictures in ${folder}, ${camera.faults.size} faults\n`);
process.exitCode = camera.faults.size > 0 ? 1 : 0;
