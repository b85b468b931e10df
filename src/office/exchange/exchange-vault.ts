import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchNodeEngine } from '../../app/jobs/node-engine.ts';
import { PROMPT } from '../../app/jobs/retry-policy.ts';
import type { Matters } from '../../app/matters/matters.ts';
import { Models } from '../../app/models/models.ts';
import { openVaultApp, type VaultApp } from '../../app/open-app.ts';
import { openEphemeralVault, openVault } from '../../app/vault/open-vault.ts';
import { type EphemeralFolder, removeEphemeralFolder } from '../../core/vault/ephemeral-vaults.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { makeMemoryFolder } from '../memory-folder.ts';
import { importedTextOf, type TranscriptFile } from './result-file.ts';

/** A recording of a vault that may be sent to the office. */
export interface VaultRecording {
  readonly id: string;
  readonly name: string;
  /** Whether it has a text, whole or begun. */
  readonly hasText: boolean;
}

/**
 * The desktop's application on a vault, for what goes between office and desktop: recordings are read in and texts added, nothing is
 * transcribed. Opened recordings lie in memory, and are erased at the end.
 */
export class ExchangeVault implements AsyncDisposable {
  readonly app: VaultApp;
  readonly #memory: EphemeralFolder;
  readonly #erase = () => rmSync(this.#memory.folder, { recursive: true, force: true });

  private constructor(app: VaultApp, memory: EphemeralFolder) {
    this.app = app;
    this.#memory = memory;
    process.once('exit', this.#erase);
  }

  /** A vault that ends with this process. Throws the vault's errors. */
  static async openEphemeral(): Promise<ExchangeVault> {
    return await ExchangeVault.#openOn(await openEphemeralVault());
  }

  /** Opens a vault that is there. Throws the vault's errors: `vault.inUse` while the app has it open. */
  static async open(folder: string, passphrase: string): Promise<ExchangeVault> {
    return await ExchangeVault.#openOn(await openVault(folder, { kind: 'passphrase', passphrase }));
  }

  static async #openOn(vault: Vault): Promise<ExchangeVault> {
    const memory = await makeMemoryFolder('client');
    try {
      const app = await openVaultApp({
        vault,
        models: new Models(),
        launchEngine: launchNodeEngine,
        emit: () => undefined,
        retryPolicy: PROMPT,
        language: () => 'en',
        numbersLocale: () => 'en',
        documentsFolder: memory.folder,
      });
      return new ExchangeVault(app, memory);
    } catch (error) {
      await vault.seal();
      await removeEphemeralFolder(memory);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.app.close();
    } finally {
      process.off('exit', this.#erase);
      await removeEphemeralFolder(this.#memory);
    }
  }

  /** Adds a matter without further facts; returns its id. */
  async addMatter(name: string): Promise<string> {
    const facts: Parameters<Matters['save']>[0] = {
      ...{ id: null, name, caseNumber: '', vocabulary: [], speakers: [], options: {} },
    };
    return (await this.app.matters.save(facts)).id;
  }

  /** The matter of this name, made if there is none. */
  async matterNamed(name: string): Promise<string> {
    const known = (await this.app.matters.list()).find((matter) => matter.name === name);
    return known?.id ?? (await this.addMatter(name));
  }

  /** The recordings of a matter that are not in the bin, in the order in which they came. */
  async recordingsOf(matterId: string): Promise<VaultRecording[]> {
    const { database } = this.app.services;
    const recordings = await database.recordings.list({ matterId });
    const withText = new Set(await database.versions.recordingsWithText(recordings.map(({ id }) => id)));
    return recordings
      .filter(({ binnedAtMs }) => binnedAtMs === null)
      .map(({ id, name }) => ({ id, name, hasText: withText.has(id) }));
  }

  /** Reads a recording in, whole; returns its id. Throws the errors of import. */
  async addRecording(
    path: string,
    matterId: string | null,
    speakers: TranscriptFile['settings']['speakers'],
  ): Promise<string> {
    const { id } = await this.app.recordings.importFile(path, { matterId, track: null, speakers });
    return id;
  }

  /**
   * Adds the text of a result to the recording that it is the text of; once, however often it is called. Throws `result.otherRecording` if the
   * worker heard another one.
   */
  async addText(recordingId: string, jobId: string, file: TranscriptFile): Promise<void> {
    const { recordings, importedTexts } = this.app.services.database;
    const { channels, sourceSha256 } = await recordings.get(recordingId);
    if (sourceSha256 !== null && sourceSha256 !== file.recording.sha256) {
      throw new OfficeError('result.otherRecording');
    }
    await importedTexts.add(
      importedTextOf(file, { recordingId, jobId, channels: channels ?? 1, atMs: Date.now() }),
    );
  }

  /** A folder in memory, of this name. */
  async folderFor(name: string): Promise<string> {
    const folder = join(this.#memory.folder, name);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Writes the original of a recording into the folder in memory; null where it is joined of several, which are no one file. */
  async originalOf(recordingId: string): Promise<string | null> {
    const { database } = this.app.services;
    if ((await database.sources.ofRecording(recordingId)).length !== 1) return null;
    const folder = await this.folderFor(recordingId);
    const [path = null] = await this.app.recordings.writeOriginals(recordingId, { folder, overwrite: true });
    return path;
  }
}
