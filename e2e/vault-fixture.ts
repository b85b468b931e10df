import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from './app-fixture.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { RunningApp } from './running-app.ts';

/** The passphrase of every vault that these fixtures make. */
export const PASSPHRASE = 'quiet lamp over seven rivers';

/** The recordings of `transcribed`: short, and suited to the fixture model. */
export const TRANSCRIBED = ['memo-en.mp3', 'phone-8k.wav'] as const;

/** The recording of `conversation`: two people in one channel, told apart by their voices. */
export const CONVERSATION = 'two-speakers.flac';

/** A vault's content at a spec's start: `transcribed` has two recordings with their text, `conversation` has one. */
export type VaultContent = 'empty' | 'transcribed' | 'conversation';

const RECORDINGS = { transcribed: TRANSCRIBED, conversation: [CONVERSATION] } as const;

/** The path of a recording for specs. */
export function fixtureFile(name: string): string {
  return join(import.meta.dirname, 'fixtures', name);
}

/** A data folder with a vault, to be copied. */
interface PreparedVault {
  readonly home: string;
  readonly recoveryKey: string;
}

/** Vaults made through the window, once for all specs of a worker. */
class PreparedVaults {
  readonly #prepared = new Map<VaultContent, Promise<PreparedVault>>();

  /** A copy of its own of a vault with this content. */
  async copy(content: VaultContent): Promise<PreparedVault> {
    const { home, recoveryKey } = await this.#get(content);
    const copy = await mkdtemp(join(tmpdir(), 'vs-'));
    await cp(home, copy, { recursive: true });
    return { home: copy, recoveryKey };
  }

  async remove(): Promise<void> {
    for (const vault of this.#prepared.values()) {
      const { home } = await vault;
      await rm(home, { recursive: true, force: true });
    }
  }

  #get(content: VaultContent): Promise<PreparedVault> {
    const there = this.#prepared.get(content);
    if (there !== undefined) return there;
    const made = content === 'empty' ? this.#makeEmpty() : this.#makeTranscribed(RECORDINGS[content]);
    this.#prepared.set(content, made);
    return made;
  }

  async #makeEmpty(): Promise<PreparedVault> {
    const app = await RunningApp.start();
    const recoveryKey = await new GatePage(app).makeVault(PASSPHRASE);
    await app.quit();
    return { home: app.home, recoveryKey };
  }

  async #makeTranscribed(recordings: readonly string[]): Promise<PreparedVault> {
    const { home, recoveryKey } = await this.copy('empty');
    const app = await RunningApp.start({}, home);
    await new GatePage(app).unlock(PASSPHRASE);
    await new LibraryPage(app).transcribe(...recordings.map(fixtureFile));
    await app.quit();
    return { home, recoveryKey };
  }
}

/** Specs of what happens inside the vault: `app` runs on a copy of a vault of its own, and is unlocked. */
export const test = base.extend<
  { vault: VaultContent; copiedVault: PreparedVault; gate: GatePage; library: LibraryPage },
  { vaults: PreparedVaults }
>({
  vault: ['empty', { option: true }],
  vaults: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const vaults = new PreparedVaults();
      await use(vaults);
      await vaults.remove();
    },
    { scope: 'worker' },
  ],
  // Transcribing before the first spec must not count as that spec's time.
  copiedVault: [async ({ vaults, vault }, use) => use(await vaults.copy(vault)), { timeout: 240_000 }],
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
