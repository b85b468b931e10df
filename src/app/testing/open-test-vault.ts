import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoreEvent } from '../../contract/events.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { chooseDictationModel } from '../../core/models/testing/dictation-model.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { Models } from '../models/models.ts';
import { openWindowApp, type WindowApp } from '../open-app.ts';
import { VaultSession } from '../vault/vault-session.ts';

/** The passphrase of vaults that tests make. */
export const PASSPHRASE = 'correct horse battery';

/** A session with its open vault in a temporary folder, and its events. */
export interface TestSession extends AsyncDisposable {
  readonly folder: string;
  readonly vaultFolder: string;
  readonly session: VaultSession<WindowApp>;
  readonly told: AppEvent[];
  readonly heard: CoreEvent[];
}

/** Makes a vault and opens it, with everything that works on it and the fixture model as the default; disposing of it seals it and removes it. */
export async function openTestVault(launchEngine: EngineLauncher = replayEngine): Promise<TestSession> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-main-'));
  const vaultFolder = join(folder, 'vault');
  const told: AppEvent[] = [];
  const heard: CoreEvent[] = [];
  const models = new ModelStore(join(folder, 'models'));
  await chooseDictationModel(models);
  const session = new VaultSession<WindowApp>({
    folder: vaultFolder,
    keychain: null,
    hashingCost: HASHING_FLOOR,
    onChange: () => undefined,
    begin: (vault: Vault) =>
      openWindowApp({
        vault,
        models: new Models(models),
        launchEngine,
        ffmpegFolder: join(folder, 'ffmpeg'),
        tell: (event) => told.push(event),
        watch: (event) => heard.push(event),
        language: () => 'en',
        numbersLocale: () => 'en-US',
        documentsFolder: folder,
        printer: () => Promise.reject(new Error('there is no browser here')),
      }),
  });
  const groups = (await session.begin(PASSPHRASE)).split('-');
  await session.confirm([0, 1].map((index) => ({ index, text: groups[index] ?? '' })));
  return {
    folder,
    vaultFolder,
    session,
    told,
    heard,
    async [Symbol.asyncDispose]() {
      await session.lock('seal');
      await rm(folder, { recursive: true });
    },
  };
}
