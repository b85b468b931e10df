import { dirname } from 'node:path';
import { v7 as newId } from 'uuid';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { VaultCheck } from '../../contract/vault-check.ts';
import { Database } from '../../core/database/database.ts';
import { folderSize } from '../../core/folder-size.ts';
import { requireSpace } from '../../core/free-space.ts';
import { asAppError } from '../../core/system-errors.ts';
import { generateRecoveryKey } from '../../core/vault/recovery-key.ts';
import type { Credential, KeychainSecretStore } from '../../core/vault/vault.ts';
import { backupVault, type CopiedVault, restoreVault } from '../../core/vault/vault-backup.ts';
import { type KeepingWatch, watchBytes } from './keeping-watch.ts';
import { assertTypedBack, type TypedGroup } from './typed-groups.ts';
import { vaultCheck } from './vault-check.ts';
import { type LoggedVault, type VaultFindings, verifyVault } from './verify-vault.ts';

/** A recovery key not yet confirmed by two of its groups. Until then the old one is valid. */
interface PendingRenewal {
  readonly passphrase: string;
  readonly recoveryKey: string;
}

/** The folder, backups, verification and keys of an open vault. The audit log records every operation. */
export class VaultKeeping {
  readonly #parts: LoggedVault;
  #underWay = 0;
  #renewal: PendingRenewal | null = null;

  constructor(parts: LoggedVault) {
    this.#parts = parts;
  }

  get folder(): string {
    return this.#parts.vault.folder;
  }

  /** Whether it is ephemeral: its key exists in this process alone. */
  get isEphemeral(): boolean {
    return this.#parts.vault.isEphemeral;
  }

  /** Whether a backup or a check is running: sealing the vault would abort it. */
  get isBusy(): boolean {
    return this.#underWay > 0;
  }

  /** Whether a recovery key is shown that is not valid yet. */
  get isRenewing(): boolean {
    return this.#renewal !== null;
  }

  /** When this vault was last backed up, milliseconds since 1970; null if its log records no backup. */
  async lastBackupAtMs(): Promise<number | null> {
    const backups = await this.#parts.database.audit.about(['vault.backedUp']);
    return backups.findLast(({ outcome }) => outcome === 'done')?.atMs ?? null;
  }

  /**
   * Copies the vault, as sealed, into a new or empty folder. The log records it; the copy's log ends with a mark, so
   * that its use is recorded there. Concurrent imports may be missing in the copy; nothing may be erased. Throws what
   * `backupVault` throws.
   */
  async backUp(folder: string, watch: KeepingWatch = {}): Promise<CopiedVault> {
    return await this.#busyWith(() => this.#backUp(folder, watch));
  }

  async #backUp(folder: string, watch: KeepingWatch): Promise<CopiedVault> {
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
      const copied = await backupVault(vault, folder, contents, watch);
      await log.write('vault.backedUp', { subjectId: backupId, detail: { objects: copied.objectCount } });
      return copied;
    } catch (error) {
      const { code } = failureOf(asAppError(error));
      await log.write('vault.backedUp', {
        subjectId: backupId,
        outcome: watch.signal?.aborted ? 'cancelled' : 'failed',
        detail: watch.signal?.aborted ? {} : { failure: code },
      });
      throw error;
    }
  }

  /**
   * Copies a backup into a new folder; this vault goes on as it is. Progress is in bytes. Throws `disk.full`, and what
   * `restoreVault` throws.
   */
  async restoreBeside(backup: string, folder: string, watch: KeepingWatch = {}): Promise<CopiedVault> {
    return await this.#busyWith(async () => {
      const { bytes } = await folderSize(backup);
      await requireSpace(dirname(folder), bytes);
      return await restoreVault(backup, folder, watchBytes(watch, bytes));
    });
  }

  /** Verifies the whole vault: see `verifyVault`. */
  verify(watch: KeepingWatch = {}): Promise<VaultFindings> {
    return this.#busyWith(() => verifyVault(this.#parts, watch));
  }

  /** The same, as the window shows it: by the names of recordings. */
  async verifyByName(watch: KeepingWatch = {}): Promise<VaultCheck> {
    return await vaultCheck(this.#parts.database, await this.verify(watch));
  }

  /** Checks that a credential opens this vault. Throws what opening throws. */
  check(credential: Credential): Promise<void> {
    return this.#parts.vault.check(credential);
  }

  /** Makes a new recovery key, to be shown, valid once two groups are typed back. Throws `vault.wrongPassphrase`. */
  async beginRenewal(passphrase: string): Promise<string> {
    this.#renewal = null;
    await this.check({ kind: 'passphrase', passphrase });
    const recoveryKey = generateRecoveryKey();
    this.#renewal = { passphrase, recoveryKey };
    return recoveryKey;
  }

  /** The recovery key that waits to be typed back. Throws `usage.invalid` if there is none. */
  get renewedKey(): string {
    return this.#pendingRenewal().recoveryKey;
  }

  /** Replaces the recovery key by the one that was begun. Throws `vault.recoveryKeyMistyped`, and what `check` throws. */
  async confirmRenewal(typed: readonly TypedGroup[]): Promise<void> {
    const { passphrase, recoveryKey } = this.#pendingRenewal();
    assertTypedBack(recoveryKey, typed);
    await this.#parts.vault.newRecoveryKey({ kind: 'passphrase', passphrase }, recoveryKey);
    this.#renewal = null;
  }

  /** Discards the recovery key that waits to be typed back: the old one stays valid. */
  cancelRenewal(): void {
    this.#renewal = null;
  }

  /** Throws `vault.wrongPassphrase` and `vault.passphraseTooShort`. */
  changePassphrase(current: string, next: string): Promise<void> {
    return this.#parts.vault.changePassphrase(current, next);
  }

  /** Replaces the recovery key, at once, and returns the new one, to be shown once. Throws what opening throws. */
  renewRecoveryKey(credential: Credential): Promise<string> {
    return this.#parts.vault.newRecoveryKey(credential);
  }

  /** Adds a keychain slot to this vault. Throws `vault.wrongPassphrase`, and what the keychain throws. */
  addKeychain(credential: Credential, keychain: KeychainSecretStore): Promise<void> {
    return this.#parts.vault.addKeychain(credential, keychain);
  }

  /** Removes the keychain's slot; without one does nothing. */
  removeKeychain(): Promise<void> {
    return this.#parts.vault.removeKeychain();
  }

  #pendingRenewal(): PendingRenewal {
    if (this.#renewal === null) throw new AppError('usage.invalid', { problem: 'renewal' });
    return this.#renewal;
  }

  async #busyWith<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }
}

/**
 * Copies a backup, or any vault that is not in use, into a new or empty folder. It needs no credential and so proves nothing
 * about the contents: open the restored vault and verify it. Throws what `restoreVault` throws.
 */
export function restoreBackup(backupFolder: string, targetFolder: string): Promise<CopiedVault> {
  return restoreVault(backupFolder, targetFolder);
}
