import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bringFixtureModel } from '../../e2e/fixture-model.ts';
import { GatePage } from '../../e2e/pages/gate-page.ts';
import { LibraryPage } from '../../e2e/pages/library-page.ts';
import { RunningApp } from '../../e2e/running-app.ts';
import { Vault } from '../../src/core/vault/vault.ts';
import type { ReferenceRecording } from '../reference-recordings.ts';
import type { WorkFolder } from '../work-folder.ts';
import { watchAppearance } from './page-watch.ts';
import { settled } from './settled.ts';

/** The passphrase of the benchmark's vaults. */
export const PASSPHRASE = 'a passphrase for benchmarks alone';

/** How long one drop took, in milliseconds from the event in the page to the drawn frame. */
export interface Drop {
  /** Until a row with the file's name is in the list. */
  readonly rowMs: number;
  /** Until that is the row of a stored recording, with all its actions. */
  readonly recordingMs: number;
  /** Until it shows words. */
  readonly wordsMs: number;
}

/** A data folder with an empty vault, and the fixtures' speech model. */
export async function makeDropHome(folder: WorkFolder): Promise<string> {
  const home = folder.make('drop-home');
  const { vault } = await Vault.create(join(home, 'vault'), { passphrase: PASSPHRASE });
  await vault.seal();
  await bringFixtureModel(home);
  return home;
}

/** Starts the app on a copy of `home`, drops one recording on the library, and waits for its first words. */
export async function measureDrop(
  folder: WorkFolder,
  home: string,
  recording: Pick<ReferenceRecording, 'path' | 'segments'>,
): Promise<Drop> {
  const copy = folder.make(`h${randomUUID().slice(0, 8)}`);
  await cp(home, copy, { recursive: true });
  const app = await RunningApp.start({}, copy);
  try {
    await new GatePage(app).unlock(PASSPHRASE);
    await settled(app.page);
    const name = basename(recording.path);
    const row = await watchAppearance(app.page, 'drop', isRowThere, name);
    const recorded = await watchAppearance(app.page, 'drop', isRecordingThere, name);
    const words = await watchAppearance(app.page, 'drop', areWordsThere, {
      name,
      words: firstWords(recording),
    });
    await app.dropFiles([recording.path]);
    const drop = {
      rowMs: await row.drawnMs(),
      recordingMs: await recorded.drawnMs(),
      wordsMs: await words.drawnMs(),
    };
    await new LibraryPage(app).row(name).waitFor();
    return drop;
  } finally {
    await app.dispose();
  }
}

/** Runs in the page. */
function isRowThere(name: string): boolean {
  return [...document.querySelectorAll('[role=grid] [role=row]')].some((row) =>
    row.textContent?.includes(name),
  );
}

/** Runs in the page. */
function isRecordingThere(name: string): boolean {
  const rows = [...document.querySelectorAll('[role=grid] [data-recording-id]')];
  return rows.some((row) => row.textContent?.includes(name));
}

/** Runs in the page: the row shows two of the words that are spoken first. */
function areWordsThere({ name, words }: { name: string; words: readonly string[] }): boolean {
  const row = [...document.querySelectorAll('[role=grid] [role=row]')].find((one) =>
    one.textContent?.includes(name),
  );
  const text = row?.textContent?.replace(name, '').toLowerCase() ?? '';
  return words.filter((word) => text.includes(word)).length >= 2;
}

/** Long words of the first half minute: no label of a row has two of them. */
function firstWords({ segments }: Pick<ReferenceRecording, 'segments'>): string[] {
  const spoken = segments.filter(({ start }) => start < 30).map(({ text }) => text.toLowerCase());
  return [...new Set(spoken.join(' ').match(/\p{L}{4,}/gu) ?? [])];
}
