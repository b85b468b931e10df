import { mkdir, readFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { z } from '../../contract/schema.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeKeysAnswer } from '../contract/office-keys-api.ts';
import { fingerprintOfKeys, isSameFingerprint, type OfficeKeys } from '../sealing/key-fingerprint.ts';
import type { OfficeClient } from './office-client.ts';

const Known = z.object({ fingerprint: z.string() });

/**
 * For whom to seal, as the gateway tells it, if it is what this client knows: the fingerprint that it was given, else the one that it
 * saw first, which `file` keeps. Throws `keys.changed`, and the office's errors.
 */
export async function trustedKeys(
  client: Pick<OfficeClient, 'keys'>,
  { file, expected = null }: { readonly file: string; readonly expected?: string | null },
): Promise<OfficeKeys> {
  const keys = keysOf(await client.keys());
  const fingerprint = fingerprintOfKeys(keys);
  const known = expected ?? (await knownIn(file));
  if (known === null) await trust(file, fingerprint);
  else if (!isSameFingerprint(known, fingerprint)) throw new OfficeError('keys.changed');
  return keys;
}

/** The keys of the gateway's answer; what it says of their fingerprint counts for nothing. */
export function keysOf({ workers, vault }: OfficeKeysAnswer): OfficeKeys {
  return {
    workers: workers.map((key) => Buffer.from(key, 'base64')),
    vault: vault === null ? null : Buffer.from(vault, 'base64'),
  };
}

/** Keeps a fingerprint that somebody has compared: from now on these keys are the office's. */
export async function trust(file: string, fingerprint: string): Promise<void> {
  const { dir: folder, name: baseName, ext } = parse(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const content = Buffer.from(JSON.stringify({ fingerprint }));
  await writeAtomically([content], { folder, baseName, extension: ext.slice(1), overwrite: true });
}

/** The fingerprint that a client trusts; null where no office has been seen yet. Throws what is there and no fingerprint: it is not taken for a first sight. */
export async function knownIn(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : Known.parse(JSON.parse(text)).fingerprint;
}
