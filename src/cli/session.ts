import { PROMPT } from '../app/jobs/retry-policy.ts';
import { Workspace } from '../app/workspace.ts';
import { AppError, isAppError } from '../contract/errors.ts';
import type { EventSink } from '../contract/events.ts';
import { forkEngine } from '../core/engine/engine-process.ts';
import { ephemeralVaultsFolder } from '../core/folders.ts';
import { findFfmpeg } from '../core/media/find-ffmpeg.ts';
import { sweepEphemeralVaults, Vault } from '../core/vault/vault.ts';
import { credentialFor, type SecretFiles } from './secrets.ts';
import type { Terminal } from './terminal.ts';

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
  const ffmpeg = findFfmpeg();
  // Awaited where the workspace is made; until then a failed search is no unhandled rejection.
  ffmpeg.catch(() => undefined);
  try {
    return await Workspace.open({
      vault,
      ffmpeg,
      launchEngine: forkEngine,
      ...(expectedModel === undefined ? {} : { expectedModel }),
      emit,
      retryPolicy: PROMPT,
      language: terminal.language,
    });
  } catch (error) {
    await vault.seal();
    throw error;
  }
}
