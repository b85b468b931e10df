import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Mutex } from 'async-mutex';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { AppPhase } from '../../contract/views.ts';
import { hasKeychainSlot, type KeychainSecretStore } from '../../core/vault/key-slots.ts';
import { assertLongEnough, type HashingCost } from '../../core/vault/passphrase.ts';
import { PassphraseDelay } from '../../core/vault/passphrase-delay.ts';
import { generateRecoveryKey } from '../../core/vault/recovery-key.ts';
import { assertNotSynced } from '../../core/vault/synced-folder.ts';
import { type Credential, Vault } from '../../core/vault/vault.ts';
import { restoreVault } from '../../core/vault/vault-backup.ts';
import { HEADER_NAME, readHeader } from '../../core/vault/vault-header.ts';
import { settleMoves } from '../../core/vault/vault-move.ts';
import { VaultPlace } from '../../core/vault/vault-place.ts';
import { openVault, VAULT_HOLDER } from './open-vault.ts';
import { assertTypedBack, type TypedGroup } from './typed-groups.ts';

/** Events of the curtain behind which work goes on. */
export type CurtainEvent = 'drawn' | 'drawnBack' | 'refused';

/** What works on an open vault. */
export interface VaultWork {
  readonly vault: Pick<Vault, 'check' | 'changePassphrase' | 'addKeychain' | 'removeKeychain'>;
  /** Whether nothing is queued, running, waiting, being read or unsaved. */
  isIdle(): Promise<boolean>;
  /** Logs that the curtain was drawn, drawn back, or tried with a wrong credential. */
  curtain(event: CurtainEvent): Promise<void>;
  /** Stops all work such that it can be resumed, and seals the vault. */
  close(): Promise<void>;
}

/** Dependencies of a session. */
export interface SessionParts<Work extends VaultWork> {
  /** The usual folder of the vault, existing or to be made. */
  readonly folder: string;
  /** Takes over an open vault and starts work on it; on failure the session seals the vault. */
  readonly begin: (vault: Vault) => Promise<Work>;
  /** Called after every change of phase. */
  readonly onChange: () => void;
  /** The system's keychain; null if there is no real one. */
  readonly keychain: KeychainSecretStore | null;
  /** For tests only, where the real cost would be paid a hundred times. */
  readonly hashingCost?: HashingCost;
}

/** A vault not yet confirmed by two groups of its recovery key. Until then nothing on disk has changed. */
interface Pending {
  readonly passphrase: string;
  readonly recoveryKey: string;
  /** The old recovery key if a vault is recovered; null if one is made. */
  readonly oldRecoveryKey: string | null;
  /** Whether to add a keychain slot. */
  readonly withKeychain: boolean;
}

type State<Work> =
  | { readonly kind: 'empty' }
  | { readonly kind: 'confirming'; readonly pending: Pending }
  | { readonly kind: 'sealed'; readonly lockedByUser: boolean }
  | { readonly kind: 'moving' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'curtain'; readonly work: Work }
  | { readonly kind: 'open'; readonly work: Work };

const PHASES: Readonly<Record<State<unknown>['kind'], AppPhase>> = {
  empty: 'firstRun',
  confirming: 'confirmKey',
  sealed: 'locked',
  moving: 'moving',
  missing: 'missing',
  curtain: 'locked',
  open: 'open',
};

/**
 * The state of the app's one vault: none, being made, locked, being moved, not in sight or open. Locking draws a
 * curtain while work runs: the passphrase is needed to see anything, and the vault seals itself when the work is done.
 * One step at a time; every method throws AppErrors.
 */
export class VaultSession<Work extends VaultWork> {
  readonly #parts: SessionParts<Work>;
  /** Where the vault lies. */
  readonly place: VaultPlace;
  readonly #steps = new Mutex();
  readonly #delay = new PassphraseDelay();
  #state: State<Work>;

  constructor(parts: SessionParts<Work>) {
    this.#parts = parts;
    this.place = new VaultPlace(parts.folder);
    this.#state = this.#resting(false);
  }

  get phase(): AppPhase {
    return PHASES[this.#state.kind];
  }

  /** Whether work goes on behind the curtain. */
  get isWorkingLocked(): boolean {
    return this.#state.kind === 'curtain';
  }

  /** The vault's folder, existing or to be made. */
  get folder(): string {
    return this.place.folder;
  }

  /** Whether there is a vault on the disk. */
  get vaultExists(): boolean {
    return existsSync(join(this.folder, HEADER_NAME));
  }

  /** Milliseconds until the next passphrase may be tried. */
  get delayMs(): number {
    return this.#delay.remainingMs(Date.now());
  }

  /** What works on the vault. Throws `vault.sealed` unless it is open. */
  get work(): Work {
    if (this.#state.kind !== 'open') throw new AppError('vault.sealed', {});
    return this.#state.work;
  }

  /** What works on the vault, behind the curtain too; null if it is sealed. For code that shows nothing to the user. */
  get runningWork(): Work | null {
    return this.#state.kind === 'open' || this.#state.kind === 'curtain' ? this.#state.work : null;
  }

  /** Whether this vault has a keychain slot, and whether it may be used now. */
  async keychain(): Promise<{ state: 'unavailable' | 'off' | 'on'; offered: boolean }> {
    if (this.#parts.keychain === null) return { state: 'unavailable', offered: false };
    // While it is moved its header may go at any moment.
    const isAtRest = this.#state.kind !== 'moving' && this.vaultExists;
    const isOn = isAtRest && hasKeychainSlot(await readHeader(this.folder));
    const offered = isOn && this.#state.kind === 'sealed' && !this.#state.lockedByUser;
    return { state: isOn ? 'on' : 'off', offered };
  }

  /** The groups of the recovery key that waits to be typed back. Throws `usage.invalid` if there is none. */
  get recoveryKey(): string {
    return this.#pending().recoveryKey;
  }

  /**
   * Prepares a new vault, with a keychain slot if requested and the keychain is available, and returns its
   * recovery key. Throws `vault.passphraseTooShort`, `vault.exists`, `vault.syncedFolder`.
   */
  begin(passphrase: string, withKeychain = false): Promise<string> {
    return this.#step(async () => {
      assertLongEnough(passphrase);
      this.assertNoVault();
      await assertNotSynced(this.folder);
      const recoveryKey = generateRecoveryKey();
      return this.#await({ passphrase, recoveryKey, oldRecoveryKey: null, withKeychain });
    });
  }

  /** Checks a recovery key, and prepares and returns its replacement. Throws what opening throws. */
  recover(recoveryKey: string, passphrase: string): Promise<string> {
    return this.#step(async () => {
      assertLongEnough(passphrase);
      await this.#tryCredential({ kind: 'recoveryKey', recoveryKey });
      const next = { recoveryKey: generateRecoveryKey(), oldRecoveryKey: recoveryKey };
      return this.#await({ passphrase, ...next, withKeychain: false });
    });
  }

  /**
   * Makes or recovers the vault once two groups of its key are typed back. Throws `vault.recoveryKeyMistyped`. If the
   * keychain does not store its secret, that is thrown, but the vault is made and open.
   */
  confirm(groups: readonly TypedGroup[]): Promise<void> {
    return this.#step(async () => {
      const { passphrase, recoveryKey, oldRecoveryKey, withKeychain } = this.#pending();
      assertTypedBack(recoveryKey, groups);
      const { hashingCost, keychain } = this.#parts;
      const { folder } = this;
      const options = { purpose: VAULT_HOLDER, recoveryKey, ...(hashingCost && { hashingCost }) };
      const secret = { passphrase };
      const { vault } =
        oldRecoveryKey === null
          ? await Vault.create(folder, secret, options)
          : await Vault.recover(folder, oldRecoveryKey, secret, options);
      await this.#open(vault);
      if (withKeychain && keychain !== null) {
        await vault.addKeychain({ kind: 'passphrase', passphrase }, keychain);
      }
    });
  }

  /** Discards the vault that waits for its recovery key. */
  back(): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind === 'confirming') this.#enter(this.#resting(true));
    });
  }

  /** Throws `vault.exists` if a vault is in this session's folder, and `vault.missing` if one should be. */
  assertNoVault(): void {
    if (this.vaultExists) throw new AppError('vault.exists', { folder: this.folder });
    if (this.place.isChosen) throw new AppError('vault.missing', { folder: this.folder });
  }

  /** Restores a backup to the vault's folder, sealed. Throws `vault.exists`, and what restoring throws. */
  restore(backupFolder: string): Promise<void> {
    return this.#step(async () => {
      this.assertNoVault();
      await restoreVault(backupFolder, this.folder);
      this.#enter(this.#resting(true));
    });
  }

  /**
   * Seals the open vault and runs `move` on its folder, while nothing else may open it; then the vault is sealed, wherever it
   * lies. Throws `vault.sealed` if it was not open, and what `move` throws.
   */
  async moveAway(move: (folder: string) => Promise<void>): Promise<void> {
    await this.#step(async () => {
      const { work } = this;
      this.#enter({ kind: 'moving' });
      await work.close().catch((error: unknown) => {
        this.#enter(this.#resting(true));
        throw error;
      });
    });
    try {
      await move(this.folder);
    } finally {
      await this.#step(async () => this.#enter(this.#resting(true)));
    }
  }

  /**
   * Seals what is open, and takes the vault in this folder for the app's from now on. Throws `vault.notFound`,
   * `vault.notAVault`, `vault.newer`, `vault.damaged`, `vault.syncedFolder`.
   */
  changeVault(folder: string): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind === 'moving') throw new AppError('vault.sealed', {});
      await readHeader(folder);
      await assertNotSynced(folder);
      if (this.#state.kind === 'open' || this.#state.kind === 'curtain') await this.#seal(this.#state.work);
      await this.place.choose(folder);
      this.#enter(this.#resting(true));
    });
  }

  /** Looks again for a vault that was not in sight. */
  lookAgain(): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind !== 'missing') return;
      await settleMoves(this.place);
      this.#enter(this.#resting(false));
    });
  }

  /** Uses the usual folder instead of the one where a vault is missing. */
  goWithout(): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind !== 'missing') return;
      await this.place.choose(this.place.usual);
      this.#enter(this.#resting(true));
    });
  }

  /** Opens the vault, or draws the curtain back. Throws `vault.waitBeforeTrying` and what opening throws. */
  unlock(passphrase: string): Promise<void> {
    return this.#step(() => this.#unlock({ kind: 'passphrase', passphrase }));
  }

  /** Opens the vault with the keychain's secret. Throws `vault.credentialNeeded` if that may not be used now. */
  unlockWithKeychain(): Promise<void> {
    return this.#step(async () => {
      const { keychain } = this.#parts;
      const { offered } = await this.keychain();
      if (keychain === null || !offered) throw new AppError('vault.credentialNeeded', {});
      await this.#unlock({ kind: 'keychain', keychain });
    });
  }

  /** Adds or removes the keychain slot. Throws `vault.wrongPassphrase`, `vault.credentialNeeded`. */
  setKeychain(enabled: boolean, passphrase: string): Promise<void> {
    return this.#step(async () => {
      const { keychain } = this.#parts;
      const { vault } = this.work;
      const credential: Credential = { kind: 'passphrase', passphrase };
      if (!enabled) {
        await vault.check(credential);
        return await vault.removeKeychain();
      }
      if (keychain === null) throw new AppError('vault.credentialNeeded', {});
      await vault.addKeychain(credential, keychain);
    });
  }

  /** Throws `vault.wrongPassphrase` and `vault.passphraseTooShort`. */
  changePassphrase(current: string, next: string): Promise<void> {
    return this.#step(() => this.work.vault.changePassphrase(current, next));
  }

  /**
   * Locks: with `curtain` work goes on and the vault seals itself after it; with `seal` work is paused and the vault sealed
   * at once, from behind the curtain too. Without an open vault does no more than that.
   */
  lock(how: 'curtain' | 'seal'): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind !== 'open' && this.#state.kind !== 'curtain') return;
      const { work } = this.#state;
      // The phase changes first: pausing work can take seconds.
      if (this.#state.kind === 'open') this.#enter({ kind: 'curtain', work });
      if (how === 'seal' || (await work.isIdle())) await this.#seal(work);
      else await work.curtain('drawn');
    });
  }

  /** To be called whenever work may have ended: behind the curtain an idle vault is sealed. */
  sealIfIdle(): Promise<void> {
    return this.#step(async () => {
      if (this.#state.kind === 'curtain' && (await this.#state.work.isIdle())) {
        await this.#seal(this.#state.work);
      }
    });
  }

  async #unlock(credential: Credential): Promise<void> {
    if (this.#state.kind === 'open') return;
    if (this.#state.kind === 'confirming' || this.#state.kind === 'moving') {
      throw new AppError('vault.credentialNeeded', {});
    }
    if (this.#state.kind === 'curtain') {
      const { work } = this.#state;
      await this.#guarded(() => work.vault.check(credential)).catch(async (error) => {
        if (isWrongCredential(error)) await work.curtain('refused');
        throw error;
      });
      await work.curtain('drawnBack');
      return this.#enter({ kind: 'open', work });
    }
    await this.#assertInSight();
    await this.#open(await this.#guarded(() => openVault(this.folder, credential)));
  }

  async #tryCredential(credential: Credential): Promise<void> {
    if (this.#state.kind !== 'sealed') throw new AppError('vault.credentialNeeded', {});
    await this.#assertInSight();
    const vault = await this.#guarded(() => openVault(this.folder, credential));
    await vault.seal();
  }

  /** Throws `vault.missing` if the vault is not where it was chosen to be: its disk may have been unplugged meanwhile. */
  async #assertInSight(): Promise<void> {
    await settleMoves(this.place);
    if (this.vaultExists || !this.place.isChosen) return;
    this.#enter({ kind: 'missing' });
    throw new AppError('vault.missing', { folder: this.folder });
  }

  /** Tries a credential, with the delay after wrong ones. */
  async #guarded<T>(attempt: () => Promise<T>): Promise<T> {
    const waitMs = this.delayMs;
    if (waitMs > 0) throw new AppError('vault.waitBeforeTrying', { waitMs });
    try {
      const result = await attempt();
      this.#delay.succeeded();
      return result;
    } catch (error) {
      if (isWrongCredential(error)) {
        this.#delay.failed(Date.now());
        this.#parts.onChange();
      }
      throw error;
    }
  }

  async #open(vault: Vault): Promise<void> {
    try {
      this.#enter({ kind: 'open', work: await this.#parts.begin(vault) });
    } catch (error) {
      await vault.seal();
      this.#enter(this.#resting(true));
      throw error;
    }
  }

  async #seal(work: Work): Promise<void> {
    try {
      await work.close();
    } finally {
      this.#enter({ kind: 'sealed', lockedByUser: true });
    }
  }

  #await(pending: Pending): string {
    this.#enter({ kind: 'confirming', pending });
    return pending.recoveryKey;
  }

  #pending(): Pending {
    if (this.#state.kind !== 'confirming') throw new AppError('usage.invalid', { problem: 'phase' });
    return this.#state.pending;
  }

  #resting(lockedByUser: boolean): State<Work> {
    if (this.vaultExists) return { kind: 'sealed', lockedByUser };
    return { kind: this.place.isChosen ? 'missing' : 'empty' };
  }

  #enter(state: State<Work>): void {
    this.#state = state;
    this.#parts.onChange();
  }

  #step<T>(step: () => Promise<T>): Promise<T> {
    return this.#steps.runExclusive(step);
  }
}

function isWrongCredential(error: unknown): boolean {
  return isAppError(error, 'vault.wrongPassphrase', 'vault.wrongRecoveryKey');
}
