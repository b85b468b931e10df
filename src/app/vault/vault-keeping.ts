import { v7 as newId } from 'uuid';
import { failureOf } from '../../contract/errors.ts';
import { Database } from '../../core/database/database.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { Credential, KeychainSecretStore } from '../../core/vault/vault.ts';
import { backupVault, type CopiedVault, restoreVault } from '../../core/vault/vault-backup.ts';
import { type LoggedVault, type VaultFindings, verifyVault } from './verify-vault.ts';

/** Where an open vault lies, its copies, its checking and its keys. The audit log tells of everything that is done here. */
export class VaultKeeping {
  readonly #parts: LoggedVault;

  constructor(parts: LoggedVault) {
    this.#parts = parts;
  }

  get folder(): string {
    return this.#parts.vault.folder;
  }

  /** Whether its key exists in this process alone: it is gone with it. */
  get isEphemeral(): boolean {
    return this.#parts.vault.isEphemeral;
  }

  /**
   * Copies the vault, as sealed, into a new or empty folder. The log tells of it, and the copy's own log ends with a mark, so
   * that its use is told there. Nothing may be imported or erased meanwhile. Throws what `backupVault` throws.
   */
  async backUp(folder: string): Promise<CopiedVault> {
    const { vault, database, log } = this.#parts;
    const backupId = newId();
    const atMs = Date.now();
    await database.editSessions.bind({ recordingId: null, atMs });
    const contents = {
      copyDatabase: async (file: string) => {
        await database.backupTo(file);
        const { database: key, audit: auditKey } = vault.keys;
        const copy = await Database.open({ file, key, auditKey });
        const mark = { action: 'vault.backedUp', subjectId: backupId, outcome: 'done' } as const;
        await copy.audit.append({ atMs, ...mark, detail: { copy: true } }).finally(() => copy.close());
      },
      listObjects: () => database.objects.page({ afterId: '', limit: Number.MAX_SAFE_INTEGER }),
    };
    try {
      const copied = await backupVault(vault, folder, contents);
      await log.write('vault.backedUp', { subjectId: backupId, detail: { objects: copied.objectCount } });
      return copied;
    } catch (error) {
      const { code } = failureOf(asAppError(error));
      await log.write('vault.backedUp', {
        subjectId: backupId,
        outcome: 'failed',
        detail: { failure: code },
      });
      throw error;
    }
  }

  /** Checks everything that is in the vault: see `verifyVault`. */
  verify(): Promise<VaultFindings> {
    return verifyVault(this.#parts);
  }

  /** Checks that a credential opens this vault. Throws what opening throws. */
  check(credential: Credential): Promise<void> {
    return this.#parts.vault.check(credential);
  }

  /** Throws `vault.wrongPassphrase` and `vault.passphraseTooShort`. */
  changePassphrase(current: string, next: string): Promise<void> {
    return this.#parts.vault.changePassphrase(current, next);
  }

  /** Replaces the recovery key, at once, and gives the new one, to be shown once. Throws what opening throws. */
  renewRecoveryKey(credential: Credential): Promise<string> {
    return this.#parts.vault.newRecoveryKey(credential);
  }

  /** Lets a keychain open this vault. Throws `vault.wrongPassphrase`, and what the keychain throws. */
  addKeychain(credential: Credential, keychain: KeychainSecretStore): Promise<void> {
    return this.#parts.vault.addKeychain(credential, keychain);
  }

  /** Takes the keychain's slot away; without one does nothing. */
  removeKeychain(): Promise<void> {
    return this.#parts.vault.removeKeychain();
  }
}

/**
 * Copies a backup, or any vault that is not in use, into a new or empty folder. It needs no credential and so proves nothing
 * about the contents: open the restored vault and verify it. Throws what `restoreVault` throws.
 */
export function restoreBackup(backupFolder: string, targetFolder: string): Promise<CopiedVault> {
  return restoreVault(backupFolder, targetFolder);
}
