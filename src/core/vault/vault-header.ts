import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { z } from '../../contract/schema.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { replaceFile } from './durable-files.ts';
import { KEY_BYTES } from './key-derivation.ts';
import { WRAPPED_KEY_BYTES } from './key-wrap.ts';

/** Name of the public header in a vault's folder. */
export const HEADER_NAME = 'vault.json';

const FORMAT = 'voicesync-vault';

/** Version of the vault format. A vault with a higher one is refused. */
export const HEADER_VERSION = 1;

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const salt = hex(KEY_BYTES);
const slotFields = { id: z.uuid(), wrappedKey: hex(WRAPPED_KEY_BYTES) };

/**
 * One wrapping of the vault key: by the key of a passphrase, by the recovery key or by a keychain's secret. Kind, id
 * and parameters are authenticated with the wrapped key; bytes are in hexadecimal.
 */
export const KeySlot = z.discriminatedUnion('kind', [
  z.strictObject({
    ...slotFields,
    kind: z.literal('passphrase'),
    parameters: z.strictObject({
      algorithm: z.literal('argon2id'),
      memoryKiB: z.number().int(),
      iterations: z.number().int(),
      parallelism: z.number().int(),
      salt,
    }),
  }),
  z.strictObject({
    ...slotFields,
    kind: z.literal('recoveryKey'),
    parameters: z.strictObject({ algorithm: z.literal('hkdf-sha256'), salt }),
  }),
  z.strictObject({
    ...slotFields,
    kind: z.literal('keychain'),
    parameters: z.strictObject({ algorithm: z.literal('hkdf-sha256'), salt }),
  }),
]);
export type KeySlot = z.infer<typeof KeySlot>;

/** The public header of a vault, `vault.json`: nothing in it is secret. At most one slot of each kind. */
export const VaultHeader = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(HEADER_VERSION),
  id: z.uuid(),
  /** ISO 8601; only informative. */
  created: z.iso.datetime(),
  slots: z
    .array(KeySlot)
    .min(1)
    .refine((slots) => new Set(slots.map((slot) => slot.kind)).size === slots.length),
});
export type VaultHeader = z.infer<typeof VaultHeader>;

/** A header without slots, for a new vault. */
export function newHeader(id: string): VaultHeader {
  return { format: FORMAT, version: HEADER_VERSION, id, created: new Date().toISOString(), slots: [] };
}

/**
 * Reads a vault's header. Throws `vault.notFound` without the folder, `vault.notAVault` without a VoiceSync header,
 * `vault.newer` for a later format, `vault.damaged` if it is invalid.
 */
export async function readHeader(folder: string): Promise<VaultHeader> {
  const text = await readHeaderText(folder);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new AppError('vault.damaged', {}, { cause: error });
  }
  const claim = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(content);
  if (!claim.success) throw new AppError('vault.notAVault', { folder });
  if (claim.data.version > HEADER_VERSION) throw new AppError('vault.newer', {});
  const header = VaultHeader.safeParse(content);
  if (!header.success) throw new AppError('vault.damaged', {}, { cause: header.error });
  return header.data;
}

/** Replaces a vault's header durably; after a crash it is the old or the new one. */
export async function writeHeader(folder: string, header: VaultHeader): Promise<void> {
  await replaceFile(join(folder, HEADER_NAME), Buffer.from(`${JSON.stringify(header, null, 2)}\n`, 'utf8'));
}

async function readHeaderText(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, HEADER_NAME), 'utf8');
  } catch (error) {
    switch (systemErrorCode(error)) {
      case 'ENOENT':
        if (!(await isPresent(folder))) throw new AppError('vault.notFound', { folder }, { cause: error });
        throw new AppError('vault.notAVault', { folder }, { cause: error });
      case 'ENOTDIR':
      case 'EISDIR':
        throw new AppError('vault.notAVault', { folder }, { cause: error });
      case 'EACCES':
      case 'EPERM':
        throw new AppError('file.noPermission', { file: folder }, { cause: error });
      default:
        throw storageError(error);
    }
  }
}

async function isPresent(folder: string): Promise<boolean> {
  try {
    await stat(folder);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw storageError(error);
  }
}
