import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { makeEphemeralFolder, removeEphemeralFolder } from './ephemeral-vaults.ts';
import {
  CURRENT_EPOCH,
  deriveVaultKeys,
  deriveWrappingKey,
  randomKey,
  type VaultKeys,
} from './key-derivation.ts';
import {
  type Credential,
  hasKeychainSlot,
  type KeychainSecretStore,
  openSlot,
  slotIdOf,
  withKeychain,
  withoutKeychain,
  withPassphrase,
  withRecoveryKey,
} from './key-slots.ts';
import { ObjectStore } from './object-store.ts';
import { assertLongEnough, type HashingCost } from './passphrase.ts';
import { assertNotSynced } from './synced-folder.ts';
import {
  DATABASE_NAME,
  HEAD_NAME,
  INCOMING_NAME,
  makeSkeleton,
  OBJECTS_NAME,
  prepareNewFolder,
} from './vault-folder.ts';
import { HEADER_NAME, newHeader, readHeader, type VaultHeader, writeHeader } from './vault-header.ts';
import { VaultLock } from './vault-lock.ts';

export { sweepEphemeralVaults } from './ephemeral-vaults.ts';
export type { VaultKeys } from './key-derivation.ts';
export type { Credential, KeychainSecretStore } from './key-slots.ts';

/** Options for creating or opening a vault. */
export interface VaultOptions {
  /** Purpose of opening the vault, for the holder file. */
  readonly purpose?: string;
  /** Cost of hashing new passphrases. For tests only, which cannot afford the real one a hundred times. */
  readonly hashingCost?: HashingCost;
  /**
   * The recovery key for `create` and `recover`, from `generateRecoveryKey` and already shown to the user; by default a
   * fresh one.
   */
  readonly recoveryKey?: string;
}

/** A vault just created or recovered, with the recovery key to show to the user, once. */
export interface VaultWithRecoveryKey {
  readonly vault: Vault;
  /** 13 checksummed groups joined by dashes. */
  readonly recoveryKey: string;
}

/** Changes of an open vault's keys. */
export type KeyChange = 'passphraseChanged' | 'recoveryKeyRenewed' | 'keychainAdded' | 'keychainRemoved';

/** How a vault was opened, for its audit log. */
export interface VaultOpening {
  readonly how: 'created' | 'opened' | 'recovered';
  /** The key slot that it was opened with, or the new passphrase slot; null for an ephemeral vault, which has none. */
  readonly slotId: string | null;
}

interface VaultPlace {
  readonly id: string;
  readonly folder: string;
  readonly isEphemeral: boolean;
  readonly lock: VaultLock;
  readonly options: VaultOptions;
  readonly opening: VaultOpening;
}

/**
 * An open vault: its lock is held and its keys are in memory until `seal`. Its folder holds `vault.json` (the public
 * header), `database.sqlite`, `objects/<2 hex>/<id>`, `incoming/` (temporary), `head` (of the audit log), and `lock`
 * with `holder`. The vault key itself is not kept: every change of a slot requires a credential.
 */
export class Vault {
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** Whether the key exists in memory only, and the folder is deleted by `seal`. */
  readonly isEphemeral: boolean;
  /** Zeroed by `seal`. */
  readonly keys: VaultKeys;
  readonly objects: ObjectStore;
  #opening: VaultOpening;
  #untold: KeyChange[] = [];
  #record: ((change: KeyChange) => Promise<void>) | null = null;
  readonly #lock: VaultLock;
  readonly #hashingCost: HashingCost | undefined;
  #sealing: Promise<void> | null = null;

  private constructor(place: VaultPlace, vaultKey: Uint8Array) {
    this.id = place.id;
    this.folder = place.folder;
    this.isEphemeral = place.isEphemeral;
    this.#opening = place.opening;
    this.#lock = place.lock;
    this.#hashingCost = place.options.hashingCost;
    this.keys = deriveVaultKeys(vaultKey, place.id);
    this.objects = new ObjectStore(
      {
        objects: join(place.folder, OBJECTS_NAME),
        incoming: join(place.folder, INCOMING_NAME),
        isEphemeral: place.isEphemeral,
      },
      place.id,
      deriveWrappingKey(vaultKey, place.id, CURRENT_EPOCH),
    );
  }

  /**
   * Creates a vault in a new or empty folder and opens it. The header is written last: before that there is no vault.
   * Throws `vault.passphraseTooShort`, `vault.exists`, `vault.notEmpty`, `vault.syncedFolder`, `vault.inUse`,
   * `folder.notWritable`, `disk.full`, `disk.failed`.
   */
  static async create(
    folder: string,
    secret: { readonly passphrase: string },
    options: VaultOptions = {},
  ): Promise<VaultWithRecoveryKey> {
    assertLongEnough(secret.passphrase);
    const place = resolve(folder);
    await assertNotSynced(place);
    await prepareNewFolder(place);
    const lock = VaultLock.acquire(place, options.purpose ?? '');
    try {
      if (existsSync(join(place, HEADER_NAME))) throw new AppError('vault.exists', { folder: place });
      await makeSkeleton(place);
      return await withZeroed(randomKey(), async (vaultKey) => {
        const empty = newHeader(newId());
        const first = await withPassphrase(empty, vaultKey, secret.passphrase, options.hashingCost);
        const { header, recoveryKey } = withRecoveryKey(first, vaultKey, options.recoveryKey);
        await writeNewHeader(place, header);
        const opening: VaultOpening = { how: 'created', slotId: slotIdOf(header, 'passphrase') };
        const at = { id: header.id, folder: place, isEphemeral: false, lock, options, opening };
        return { vault: new Vault(at, vaultKey), recoveryKey };
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /**
   * Opens a vault. Throws `vault.notFound`, `vault.notAVault`, `vault.newer`, `vault.damaged`, `vault.syncedFolder`,
   * `vault.inUse`, `folder.notWritable`, and the errors of `openSlot`.
   */
  static async open(folder: string, credential: Credential, options: VaultOptions = {}): Promise<Vault> {
    const place = resolve(folder);
    await readHeader(place);
    await assertNotSynced(place);
    const lock = VaultLock.acquire(place, options.purpose ?? '');
    try {
      // Read again: before the lock was held, another process could have changed the slots.
      const header = await readHeader(place);
      return await withZeroed(await openSlot(header, credential), async (vaultKey) => {
        await makeSkeleton(place);
        const opening: VaultOpening = { how: 'opened', slotId: slotIdOf(header, credential.kind) };
        return new Vault(
          { id: header.id, folder: place, isEphemeral: false, lock, options, opening },
          vaultKey,
        );
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /**
   * Opens a vault with its recovery key and atomically replaces both that key and the passphrase; a keychain slot is
   * removed. Throws what `open` throws, and `vault.passphraseTooShort`.
   */
  static async recover(
    folder: string,
    recoveryKey: string,
    secret: { readonly passphrase: string },
    options: VaultOptions = {},
  ): Promise<VaultWithRecoveryKey> {
    assertLongEnough(secret.passphrase);
    const credential: Credential = { kind: 'recoveryKey', recoveryKey };
    const vault = await Vault.open(folder, credential, options);
    try {
      const fresh = await vault.#changeSlots(credential, async (header, vaultKey) => {
        const next = await withPassphrase(header, vaultKey, secret.passphrase, options.hashingCost);
        return withRecoveryKey(withoutKeychain(next), vaultKey, options.recoveryKey);
      });
      vault.#opening = { ...vault.#opening, how: 'recovered' };
      return { vault, recoveryKey: fresh.recoveryKey };
    } catch (error) {
      await vault.seal();
      throw error;
    }
  }

  /**
   * Creates a vault whose key exists only in this process's memory, in a folder of its own inside `parentFolder`. After
   * a kill its remains are unreadable, and `sweepEphemeralVaults` deletes them.
   */
  static async createEphemeral(parentFolder: string, options: VaultOptions = {}): Promise<Vault> {
    const parent = resolve(parentFolder);
    await assertNotSynced(parent);
    const { folder, lock } = await makeEphemeralFolder(parent, options.purpose ?? '');
    try {
      await makeSkeleton(folder);
      return await withZeroed(randomKey(), async (vaultKey) => {
        const opening: VaultOpening = { how: 'created', slotId: null };
        return new Vault({ id: newId(), folder, isEphemeral: true, lock, options, opening }, vaultKey);
      });
    } catch (error) {
      await removeEphemeralFolder({ folder, lock });
      throw error;
    }
  }

  /** How it was opened. */
  get opening(): VaultOpening {
    return this.#opening;
  }

  /**
   * Sets the recorder of key changes, called when each is in force; returns the changes made before. Errors of `record`
   * neither undo the change nor are passed on: the next opening finds it.
   */
  recordKeyChanges(record: (change: KeyChange) => Promise<void>): KeyChange[] {
    this.#record = record;
    return this.#untold.splice(0);
  }

  /** Path of the database. */
  get databaseFile(): string {
    return join(this.folder, DATABASE_NAME);
  }

  /** Path of the audit log's head file. */
  get headFile(): string {
    return join(this.folder, HEAD_NAME);
  }

  /**
   * Rewraps the vault key for a new passphrase; the old one opens only older copies of the header. Throws
   * `vault.wrongPassphrase` and `vault.passphraseTooShort`.
   */
  async changePassphrase(current: string, next: string): Promise<void> {
    assertLongEnough(next);
    await this.#changeSlots({ kind: 'passphrase', passphrase: current }, async (header, vaultKey) => ({
      header: await withPassphrase(header, vaultKey, next, this.#hashingCost),
    }));
    await this.#told('passphraseChanged');
  }

  /** Checks that a credential opens this vault, to unlock the curtain while work goes on. Throws what `open` throws. */
  async check(credential: Credential): Promise<void> {
    this.#assertOpen();
    const vaultKey = await openSlot(await readHeader(this.folder), credential);
    vaultKey.fill(0);
  }

  /** Replaces the recovery key, by `key` or a fresh one, and returns it, in groups, to be shown once. */
  async newRecoveryKey(credential: Credential, key?: string): Promise<string> {
    const change = async (header: VaultHeader, vaultKey: Buffer) => withRecoveryKey(header, vaultKey, key);
    const { recoveryKey } = await this.#changeSlots(credential, change);
    await this.#told('recoveryKeyRenewed');
    return recoveryKey;
  }

  /** Lets a keychain open this vault, with a fresh secret. */
  async addKeychain(credential: Credential, keychain: KeychainSecretStore): Promise<void> {
    await this.#changeSlots(credential, async (header, vaultKey) => ({
      header: await withKeychain(header, vaultKey, keychain),
    }));
    await this.#told('keychainAdded');
  }

  /** Removes the keychain's slot, if any. */
  async removeKeychain(): Promise<void> {
    this.#assertOpen();
    const header = await readHeader(this.folder);
    if (!hasKeychainSlot(header)) return;
    await writeHeader(this.folder, withoutKeychain(header));
    await this.#told('keychainRemoved');
  }

  /**
   * Ends the use of the vault: open objects are closed or discarded, keys zeroed, the lock released; an ephemeral
   * vault's folder is deleted. Close the database before. Sealing twice does nothing more.
   */
  seal(): Promise<void> {
    this.#sealing ??= this.#seal();
    return this.#sealing;
  }

  async #seal(): Promise<void> {
    this.keys.database.fill(0);
    this.keys.audit.fill(0);
    try {
      await this.objects.close();
    } finally {
      if (this.isEphemeral) await removeEphemeralFolder({ folder: this.folder, lock: this.#lock });
      else this.#lock.release();
    }
  }

  async #changeSlots<T extends { readonly header: VaultHeader }>(
    credential: Credential,
    change: (header: VaultHeader, vaultKey: Buffer) => Promise<T>,
  ): Promise<T> {
    this.#assertOpen();
    if (this.isEphemeral) throw new Error('an ephemeral vault has no key slots');
    const header = await readHeader(this.folder);
    if (header.id !== this.id) throw new AppError('vault.damaged', {});
    return await withZeroed(await openSlot(header, credential), async (vaultKey) => {
      const changed = await change(header, vaultKey);
      this.#assertOpen();
      await writeHeader(this.folder, changed.header);
      return changed;
    });
  }

  /** Reports a change that is in force, at once or, without a recorder yet, when one is set. */
  async #told(change: KeyChange): Promise<void> {
    if (this.#record === null) this.#untold.push(change);
    else await this.#record(change).catch(() => undefined);
  }

  #assertOpen(): void {
    if (this.#sealing !== null) throw new AppError('vault.sealed', {});
  }
}

/** Writes the first header of a vault; if that fails in any way, there is no vault. */
async function writeNewHeader(folder: string, header: VaultHeader): Promise<void> {
  try {
    await writeHeader(folder, header);
  } catch (error) {
    await rm(join(folder, HEADER_NAME), { force: true });
    throw error;
  }
}

/** Runs an action with a key and zeroes the key afterwards. */
async function withZeroed<T>(key: Buffer, action: (key: Buffer) => Promise<T>): Promise<T> {
  try {
    return await action(key);
  } finally {
    key.fill(0);
  }
}
