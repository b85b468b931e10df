import type { KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError } from '../../contract/errors.ts';
import { VaultLock } from '../../core/vault/vault-lock.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { keyDerivedFrom, makeOfficeKeys, privateKeyFromPem, rawPublicKey } from '../sealing/office-keys.ts';
import { ClientState } from './client-state.db.ts';

/**
 * The folder of a client: its key pair, made with the folder, what it has sent (encrypted under a key that is derived of the private
 * one), its outbox, and the office's fingerprint. Whoever has the key opens what was sealed for this client.
 */
export class ClientFolder implements Disposable {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
  readonly state: ClientState;
  /** Under it the office sees that this client has sent a file before, and nothing else. */
  readonly secret: Buffer;
  /** Where sealed recordings lie until the store has them. */
  readonly outbox: string;
  /** Keeps the office's fingerprint. */
  readonly knownOffice: string;
  readonly #lock: VaultLock;

  private constructor(folder: string, privateKey: KeyObject, state: ClientState, lock: VaultLock) {
    this.privateKey = privateKey;
    this.publicKey = rawPublicKey(privateKey);
    this.state = state;
    this.secret = keyDerivedFrom(privateKey, 'fingerprints');
    this.outbox = join(folder, 'outbox');
    this.knownOffice = knownOfficeIn(folder);
    this.#lock = lock;
  }

  /** Opens the folder for this process alone, making it if it does not exist. Throws `client.busy`, `vault.damaged`, the disk's errors. */
  static async open(folder: string): Promise<ClientFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = locked(folder);
    try {
      const privateKey = privateKeyFromPem(await keyIn(join(folder, 'client.key')));
      const key = keyDerivedFrom(privateKey, 'state');
      try {
        return new ClientFolder(folder, privateKey, ClientState.open(join(folder, 'client.db'), key), lock);
      } finally {
        key.fill(0);
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.state.close();
    this.secret.fill(0);
    this.#lock.release();
  }
}

/** The file in a client's folder that keeps the office's fingerprint. */
export function knownOfficeIn(folder: string): string {
  return join(folder, 'known-office.json');
}

function locked(folder: string): VaultLock {
  try {
    return VaultLock.acquire(folder, 'VoiceSync office');
  } catch (error) {
    throw isAppError(error, 'vault.inUse') ? new OfficeError('client.busy', { cause: error }) : error;
  }
}

/** The private key, made at first. */
async function keyIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKeyPem } = makeOfficeKeys();
  await writeFile(file, privateKeyPem, { flag: 'wx', mode: 0o600, flush: true });
  return privateKeyPem;
}
