import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSound, verifyVault } from '../vault/verify-vault.ts';
import type { Workspace } from './test-workspace.ts';

/** Throws unless every object, page, audit entry and version of a vault is intact and no file is orphaned. */
export async function assertWhole(workspace: Workspace): Promise<void> {
  const findings = await verifyVault(workspace);
  if (!isSound(findings)) throw new Error(`The vault is damaged: ${JSON.stringify(findings)}`);
  const orphans = await orphansIn(workspace);
  if (orphans.length > 0) throw new Error(`Files that nothing owns: ${orphans.join(', ')}`);
}

/** Names of the orphaned files in a vault's object folders. */
export async function orphansIn({ vault, database }: Workspace): Promise<string[]> {
  const known = new Set(await database.objects.allIds());
  const incoming = await readdir(join(vault.folder, 'incoming'));
  const entries = await readdir(join(vault.folder, 'objects'), { recursive: true, withFileTypes: true });
  const objects = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return [...incoming, ...objects.filter((name) => !known.has(name))];
}
