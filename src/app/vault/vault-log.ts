import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Mutex } from 'async-mutex';
import { isAppError } from '../../contract/errors.ts';
import type { AuditAction, NewAuditEntry } from '../../core/audit/entry.ts';
import { Database } from '../../core/database/database.ts';
import { slotIdOf } from '../../core/vault/key-slots.ts';
import type { KeyChange, Vault } from '../../core/vault/vault.ts';
import { readHeader } from '../../core/vault/vault-header.ts';
import { MOVED_NAME } from '../../core/vault/vault-move.ts';

/** The ids of a vault's key slots, as stored in entries about its keys; null if there is no such slot. */
type KeySlotIds = Record<'passphrase' | 'recoveryKey' | 'keychain', string | null>;

const KEY_ACTIONS: readonly AuditAction[] = [
  'vault.created',
  'vault.opened',
  'vault.passphraseChanged',
  'vault.recoveryKeyRenewed',
  'vault.keychainAdded',
  'vault.keychainRemoved',
  'vault.recovered',
];

const CHANGED_SLOT: Readonly<Record<KeyChange, keyof KeySlotIds>> = {
  passphraseChanged: 'passphrase',
  recoveryKeyRenewed: 'recoveryKey',
  keychainAdded: 'keychain',
  keychainRemoved: 'keychain',
};

/**
 * The audit log's entries on a vault as a whole: how it was opened, how its keys changed, that it was copied, checked
 * and sealed. Every entry about keys has the ids of all key slots, so that a change without an entry (a program that
 * was killed between the two, an older header put back) is found at the next opening, and logged as `interrupted`.
 * An ephemeral vault keeps no log.
 */
export class VaultLog {
  readonly #vault: Vault;
  readonly #database: Database;
  readonly #turns = new Mutex();
  readonly #waiting: NewAuditEntry[] = [];

  private constructor(vault: Vault, database: Database) {
    this.#vault = vault;
    this.#database = database;
  }

  /** Logs how an open vault was opened, and from then on every change of its keys. */
  static async begin(vault: Vault, database: Database): Promise<VaultLog> {
    const log = new VaultLog(vault, database);
    if (!vault.isEphemeral) await log.#begin();
    return log;
  }

  /**
   * Appends an entry about the vault. A full disk must not keep a user out of a vault, who may want to free space:
   * entries that cannot be written are written before the next one.
   */
  async write(
    action: AuditAction,
    { subjectId = null, outcome = 'done', detail = {} }: Partial<NewAuditEntry> = {},
  ): Promise<void> {
    if (this.#vault.isEphemeral) return;
    this.#waiting.push({ atMs: Date.now(), action, subjectId, outcome, detail });
    await this.#turns.runExclusive(() => this.#appendWaiting());
  }

  /** Logs that the vault is sealed. Close the database and seal the vault behind it. */
  async end(): Promise<void> {
    await this.write('vault.sealed');
  }

  async #appendWaiting(): Promise<void> {
    try {
      for (let entry = this.#waiting[0]; entry !== undefined; entry = this.#waiting[0]) {
        await this.#database.audit.append(entry);
        this.#waiting.shift();
      }
    } catch (error) {
      if (!isAppError(error, 'disk.full')) throw error;
    }
  }

  async #begin(): Promise<void> {
    const slots = await this.#slots();
    await this.#tellOfRestoring();
    await this.#tellOfMoving();
    const changes = this.#vault.recordKeyChanges((change) => this.#tellOfChange(change));
    const { how, slotId } = this.#vault.opening;
    if (how === 'opened' && changes.length === 0) await this.#tellOfUnknownChanges(slots);
    await this.write(`vault.${how}`, { subjectId: slotId, detail: slots });
    for (const change of changes) await this.#tellOfChange(change);
  }

  /** A backup marks its copy's log, and only the copy's log ends with that mark: opening it means that it is in use. */
  async #tellOfRestoring(): Promise<void> {
    const { audit } = this.#database;
    const mark = await audit.last(['vault.backedUp']);
    if (mark === null || mark.detail.copy !== true || mark.sequence !== (await audit.end()).sequence) return;
    await this.write('vault.restored', { subjectId: mark.subjectId });
  }

  /** A vault that was moved while it was sealed holds a note of it. */
  async #tellOfMoving(): Promise<void> {
    const note = join(this.#vault.folder, MOVED_NAME);
    if (!existsSync(note)) return;
    await this.write('vault.moved');
    await rm(note, { force: true });
  }

  async #tellOfUnknownChanges(slots: KeySlotIds): Promise<void> {
    const known = await this.#database.audit.last(KEY_ACTIONS);
    if (known === null) return;
    const isChanged = (kind: keyof KeySlotIds) => (known.detail[kind] ?? null) !== slots[kind];
    const changes: KeyChange[] = [
      ...(isChanged('passphrase') ? (['passphraseChanged'] as const) : []),
      ...(isChanged('recoveryKey') ? (['recoveryKeyRenewed'] as const) : []),
      ...(isChanged('keychain')
        ? ([slots.keychain === null ? 'keychainRemoved' : 'keychainAdded'] as const)
        : []),
    ];
    for (const change of changes) await this.#tellOfChange(change, 'interrupted');
  }

  async #tellOfChange(change: KeyChange, outcome: NewAuditEntry['outcome'] = 'done'): Promise<void> {
    const slots = await this.#slots();
    await this.write(`vault.${change}`, { subjectId: slots[CHANGED_SLOT[change]], outcome, detail: slots });
  }

  async #slots(): Promise<KeySlotIds> {
    const header = await readHeader(this.#vault.folder);
    return {
      passphrase: slotIdOf(header, 'passphrase'),
      recoveryKey: slotIdOf(header, 'recoveryKey'),
      keychain: slotIdOf(header, 'keychain'),
    };
  }
}

/**
 * Seals a vault on which nothing else has worked, after logging how it was opened and how its keys changed.
 * It is sealed even on failure. Throws what opening a database throws.
 */
export async function sealWithLog(vault: Vault): Promise<void> {
  try {
    const { database: key, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key, auditKey });
    try {
      await (await VaultLog.begin(vault, database)).end();
    } finally {
      await database.close();
    }
  } finally {
    await vault.seal();
  }
}
