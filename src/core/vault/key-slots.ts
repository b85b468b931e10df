import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { encodeAssociatedData } from './associated-data.ts';
import { deriveKey, KEY_BYTES, randomKey } from './key-derivation.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';
import { assertLongEnough, HASHING_COST, type HashingCost, hashPassphrase } from './passphrase.ts';
import { generateRecoveryKey, parseRecoveryKey } from './recovery-key.ts';
import { HEADER_VERSION, type KeySlot, type VaultHeader } from './vault-header.ts';

/**
 * Stores one secret per vault out of reach of other users of the machine: the operating system's keychain. Its errors,
 * of any kind, are passed on.
 */
export interface KeychainSecretStore {
  /** Stores 32 secret bytes for a vault, replacing any earlier ones. */
  store(vaultId: string, secret: Buffer): Promise<void>;
  /** Returns the secret, or null if there is none. */
  retrieve(vaultId: string): Promise<Buffer | null>;
}

/** A credential that opens a vault. */
export type Credential =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recoveryKey'; readonly recoveryKey: string }
  | { readonly kind: 'keychain'; readonly keychain: KeychainSecretStore };

type SlotOf<K extends KeySlot['kind']> = Extract<KeySlot, { kind: K }>;

/**
 * Unwraps the vault key. Throws `vault.wrongPassphrase`, `vault.wrongRecoveryKey` or the errors of reading a recovery
 * key; `vault.credentialNeeded` if the vault has no slot of this kind or the keychain lost its secret; and
 * `vault.damaged` if a slot's cost is out of bounds. The caller zeroes the key.
 */
export async function openSlot(header: VaultHeader, credential: Credential): Promise<Buffer> {
  switch (credential.kind) {
    case 'passphrase':
      return await openPassphraseSlot(header, credential.passphrase);
    case 'recoveryKey':
      return openRecoverySlot(header, credential.recoveryKey);
    case 'keychain':
      return await openKeychainSlot(header, credential.keychain);
  }
}

/** The header with a passphrase slot for this passphrase, replacing any earlier one. `vault.passphraseTooShort`. */
export async function withPassphrase(
  header: VaultHeader,
  vaultKey: Uint8Array,
  passphrase: string,
  cost: HashingCost = HASHING_COST,
): Promise<VaultHeader> {
  assertLongEnough(passphrase);
  const salt = randomBytes(KEY_BYTES);
  const { memoryKiB, iterations, parallelism } = cost;
  const slot: SlotOf<'passphrase'> = {
    id: newId(),
    kind: 'passphrase',
    parameters: { algorithm: 'argon2id', memoryKiB, iterations, parallelism, salt: salt.toString('hex') },
    wrappedKey: '',
  };
  const slotKey = await hashPassphrase(passphrase, salt, cost);
  return withSlot(header, sealSlot(header, slot, slotKey, vaultKey));
}

/**
 * The header with a slot for a recovery key, replacing any earlier one, and that key in groups: the given one, which
 * must not have been used before, or a fresh one.
 */
export function withRecoveryKey(
  header: VaultHeader,
  vaultKey: Uint8Array,
  recoveryKey: string = generateRecoveryKey(),
): { header: VaultHeader; recoveryKey: string } {
  const secret = parseRecoveryKey(recoveryKey);
  return { header: withSlot(header, sealSecretSlot(header, 'recoveryKey', secret, vaultKey)), recoveryKey };
}

/** The header with a slot for a fresh secret, stored in the keychain, replacing any earlier one. */
export async function withKeychain(
  header: VaultHeader,
  vaultKey: Uint8Array,
  keychain: KeychainSecretStore,
): Promise<VaultHeader> {
  const secret = randomKey();
  await keychain.store(header.id, secret);
  return withSlot(header, sealSecretSlot(header, 'keychain', secret, vaultKey));
}

/** The id of a header's slot of a kind, or null. */
export function slotIdOf(header: VaultHeader, kind: KeySlot['kind']): string | null {
  return header.slots.find((slot) => slot.kind === kind)?.id ?? null;
}

/** Whether a header has a slot for a keychain. */
export function hasKeychainSlot(header: VaultHeader): boolean {
  return slotIdOf(header, 'keychain') !== null;
}

/** The header without its slot for a keychain. */
export function withoutKeychain(header: VaultHeader): VaultHeader {
  return { ...header, slots: header.slots.filter((slot) => slot.kind !== 'keychain') };
}

async function openPassphraseSlot(header: VaultHeader, passphrase: string): Promise<Buffer> {
  const slot = findSlot(header, 'passphrase');
  const slotKey = await hashPassphrase(passphrase, Buffer.from(slot.parameters.salt, 'hex'), slot.parameters);
  const vaultKey = unsealSlot(header, slot, slotKey);
  if (vaultKey === null) throw new AppError('vault.wrongPassphrase', {});
  return vaultKey;
}

function openRecoverySlot(header: VaultHeader, recoveryKey: string): Buffer {
  const secret = parseRecoveryKey(recoveryKey);
  const slot = findSlot(header, 'recoveryKey');
  const vaultKey = unsealSlot(header, slot, slotKeyOf(header, slot, secret));
  secret.fill(0);
  if (vaultKey === null) throw new AppError('vault.wrongRecoveryKey', {});
  return vaultKey;
}

async function openKeychainSlot(header: VaultHeader, keychain: KeychainSecretStore): Promise<Buffer> {
  const slot = findSlot(header, 'keychain');
  const secret = await keychain.retrieve(header.id);
  if (secret === null) throw new AppError('vault.credentialNeeded', {});
  const vaultKey = unsealSlot(header, slot, slotKeyOf(header, slot, secret));
  secret.fill(0);
  if (vaultKey === null) throw new AppError('vault.credentialNeeded', {});
  return vaultKey;
}

function findSlot<K extends KeySlot['kind']>(header: VaultHeader, kind: K): SlotOf<K> {
  const slot = header.slots.find((candidate): candidate is SlotOf<K> => candidate.kind === kind);
  if (slot === undefined) throw new AppError('vault.credentialNeeded', {});
  return slot;
}

function withSlot(header: VaultHeader, slot: KeySlot): VaultHeader {
  return { ...header, slots: [...header.slots.filter((other) => other.kind !== slot.kind), slot] };
}

/** Creates the slot of a random secret, and zeroes the secret. */
function sealSecretSlot(
  header: VaultHeader,
  kind: 'recoveryKey' | 'keychain',
  secret: Buffer,
  vaultKey: Uint8Array,
): KeySlot {
  const slot: SlotOf<'recoveryKey' | 'keychain'> = {
    id: newId(),
    kind,
    parameters: { algorithm: 'hkdf-sha256', salt: randomBytes(KEY_BYTES).toString('hex') },
    wrappedKey: '',
  };
  const slotKey = slotKeyOf(header, slot, secret);
  secret.fill(0);
  return sealSlot(header, slot, slotKey, vaultKey);
}

function slotKeyOf(header: VaultHeader, slot: SlotOf<'recoveryKey' | 'keychain'>, secret: Buffer): Buffer {
  const purpose = encodeAssociatedData('voicesync slot key', header.id, slot.kind);
  return deriveKey(secret, Buffer.from(slot.parameters.salt, 'hex'), purpose);
}

/** Fills in `wrappedKey`, and zeroes the slot's key. */
function sealSlot(header: VaultHeader, slot: KeySlot, slotKey: Buffer, vaultKey: Uint8Array): KeySlot {
  const wrappedKey = wrapKey(slotKey, slotBinding(header, slot), vaultKey).toString('hex');
  slotKey.fill(0);
  return { ...slot, wrappedKey };
}

/** Unwraps the vault key, or returns null; zeroes the slot's key. */
function unsealSlot(header: VaultHeader, slot: KeySlot, slotKey: Buffer): Buffer | null {
  const vaultKey = unwrapKey(slotKey, slotBinding(header, slot), Buffer.from(slot.wrappedKey, 'hex'));
  slotKey.fill(0);
  return vaultKey;
}

/** What a slot's wrapped key is bound to: version, vault, slot, kind and every parameter. Must never change. */
function slotBinding(header: VaultHeader, slot: KeySlot): Uint8Array {
  const start = ['voicesync slot', HEADER_VERSION, header.id, slot.id, slot.kind] as const;
  switch (slot.kind) {
    case 'passphrase': {
      const { algorithm, memoryKiB, iterations, parallelism, salt } = slot.parameters;
      return encodeAssociatedData(...start, algorithm, memoryKiB, iterations, parallelism, salt);
    }
    case 'recoveryKey':
    case 'keychain':
      return encodeAssociatedData(...start, slot.parameters.algorithm, slot.parameters.salt);
  }
}
