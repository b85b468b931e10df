import { join } from 'node:path';
import { test as base } from './app-fixture.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { copyOf, type PreparedVault, prepared } from './prepared-vaults.ts';
import { RunningApp } from './running-app.ts';

/** The passphrase of every vault that these fixtures make. */
export const PASSPHRASE = 'quiet lamp over seven rivers';

/** The recordings of `transcribed`: short, and suited to the fixture model. */
export const TRANSCRIBED = ['memo-en.mp3', 'phone-8k.wav'] as const;

/** The recording of `conversation`: two people in one channel, told apart by their voices. */
export const CONVERSATION = 'two-speakers.flac';

/** The recording of `bilingual`: English with a passage in Spanish, transcribed as English. */
export const BILINGUAL = 'bilingual.wav';

/** A vault's content at a spec's start: `transcribed` has two recordings with their text, the others have one. */
export type VaultContent = 'empty' | 'transcribed' | 'conversation' | 'bilingual';

const RECORDINGS = {
  transcribed: TRANSCRIBED,
  conversation: [CONVERSATION],
  bilingual: [BILINGUAL],
} as const;

/** The path of a recording for specs. */
export function fixtureFile(name: string): string {
  return join(import.meta.dirname, 'fixtures', name);
}

/** The vault with this content, made through the window. */
async function preparedVault(content: VaultContent): Promise<PreparedVault> {
  return await prepared(content, () =>
    content === 'empty' ? makeEmpty() : makeTranscribed(RECORDINGS[content]),
  );
}

async function makeEmpty(): Promise<PreparedVault> {
  const app = await RunningApp.start();
  const recoveryKey = await new GatePage(app).makeVault(PASSPHRASE);
  await app.quit();
  return { home: app.home, recoveryKey };
}

async function makeTranscribed(recordings: readonly string[]): Promise<PreparedVault> {
  const vault = await copyOf(await preparedVault('empty'));
  const app = await RunningApp.start({}, vault.home);
  await new GatePage(app).unlock(PASSPHRASE);
  await new LibraryPage(app).transcribe(...recordings.map(fixtureFile));
  await app.quit();
  return vault;
}

/** Specs of what happens inside the vault: `app` runs on a copy of a vault of its own, and is unlocked. */
export const test = base.extend<{
  vault: VaultContent;
  copiedVault: PreparedVault;
  gate: GatePage;
  library: LibraryPage;
}>({
  vault: ['empty', { option: true }],
  // Transcribing before the first spec must not count as that spec's time.
  copiedVault: [
    async ({ vault }, use) => use(await copyOf(await preparedVault(vault))),
    { timeout: 240_000 },
  ],
  app: async ({ start, copiedVault }, use) => {
    const app = await RunningApp.start(start, copiedVault.home);
    try {
      await new GatePage(app).unlock(PASSPHRASE);
      await use(app);
    } finally {
      await app.dispose();
    }
  },
  gate: async ({ app }, use) => use(new GatePage(app)),
  library: async ({ app }, use) => use(new LibraryPage(app)),
});

export { expect } from '@playwright/test';
