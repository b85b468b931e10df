import type { EventSink } from '../contract/events.ts';
import type { EngineLauncher } from '../core/engine/engine-process.ts';
import { PATIENT } from '../core/jobs/retry-policy.ts';
import { findFfmpeg } from '../core/media/find-ffmpeg.ts';
import type { Vault } from '../core/vault/vault.ts';
import { Workspace } from '../core/workspace.ts';
import type { VaultWork } from './session/vault-session.ts';

/** What an open vault needs of its surroundings. */
export interface OpenVaultParts {
  readonly launchEngine: EngineLauncher;
  readonly emit: EventSink;
  /** Language of the labels in exports. */
  readonly language: 'en' | 'es';
}

/** An open vault with all that works on it. */
export class OpenVault implements VaultWork {
  readonly workspace: Workspace;

  private constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  static async begin(vault: Vault, parts: OpenVaultParts): Promise<OpenVault> {
    const ffmpeg = await findFfmpeg();
    const workspace = await Workspace.open({ vault, ffmpeg, retryPolicy: PATIENT, ...parts });
    await workspace.queue.start();
    return new OpenVault(workspace);
  }

  get vault(): Vault {
    return this.workspace.vault;
  }

  async isIdle(): Promise<boolean> {
    const jobs = await this.workspace.database.jobs.list();
    return !jobs.some(({ state }) => state === 'queued' || state === 'running' || state === 'waiting');
  }

  async close(): Promise<void> {
    await this.workspace.close();
  }
}
