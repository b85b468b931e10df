import { join } from 'node:path';
import { PROMPT } from '../app/jobs/retry-policy.ts';
import { Models } from '../app/models/models.ts';
import { type AppServices, openVaultApp, type VaultApp } from '../app/open-app.ts';
import { AppError, isAppError } from '../contract/errors.ts';
import type { EventSink } from '../contract/events.ts';
import { numbersLocale } from '../contract/locale.ts';
import { ephemeralVaultsFolder, resourcesFolder } from '../core/folders.ts';
import { sweepEphemeralVaults, Vault } from '../core/vault/vault.ts';
import { credentialFor, type SecretFiles } from './secrets.ts';
import type { Terminal } from './terminal.ts';

/** An open vault as commands work in it. */
export interface Workspace extends AppServices {
  readonly app: VaultApp;
  close(): Promise<void>;
}

/** Which vault a command works in, as the user named it. */
export interface VaultChoice extends SecretFiles {
  readonly vault?: string;
}

/** Opens the chosen vault; without one an ephemeral vault, whose key never leaves this process. Throws vault errors. */
export async function openVault(terminal: Terminal, choice: VaultChoice): Promise<Vault> {
  const purpose = 'voicesync';
  if (choice.vault !== undefined) {
    return await Vault.open(choice.vault, await credentialFor(terminal, choice.vault, choice), { purpose });
  }
  const parent = ephemeralVaultsFolder();
  try {
    await sweepEphemeralVaults(parent);
    return await Vault.createEphemeral(parent, { purpose });
  } catch (error) {
    // The user has not chosen this folder, and cannot choose another with an option.
    if (isAppError(error, 'folder.notWritable'))
      throw new AppError('folder.dataNotWritable', { folder: parent });
    throw error;
  }
}

/**
 * Opens the chosen vault with everything that works on it. The queue is not started. The engine starts meanwhile with the
 * model that is expected to be asked for, if one is.
 */
export async function openWorkspace(
  terminal: Terminal,
  choice: VaultChoice,
  emit: EventSink,
  expectedModel?: string,
): Promise<Workspace> {
  const vault = await openVault(terminal, choice);
  try {
    const app = await openVaultApp({
      vault,
      models: new Models(),
      ffmpegFolder: join(resourcesFolder(), 'ffmpeg'),
      launchEngine: terminal.launchEngine,
      ...(expectedModel === undefined ? {} : { expectedModel }),
      emit,
      retryPolicy: PROMPT,
      language: () => terminal.language,
      numbersLocale: () => numbersLocale(terminal.env) ?? 'en',
      documentsFolder: process.cwd(),
    });
    return { ...app.services, app, close: () => app.close() };
  } catch (error) {
    await vault.seal();
    throw error;
  }
}
