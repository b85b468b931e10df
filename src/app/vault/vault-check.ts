import type { VaultCheck, VaultFault } from '../../contract/vault-check.ts';
import type { Database } from '../../core/database/database.ts';
import type { VaultFindings } from './verify-vault.ts';

/** Findings as the window shows them: those on a recording are grouped under its name. */
export async function vaultCheck(database: Database, findings: VaultFindings): Promise<VaultCheck> {
  const { objects, objectFaults, databaseFaults, auditFaults, versionFaults } = findings;
  const versions = await Promise.all(versionFaults.map(({ versionId }) => database.versions.get(versionId)));
  const texts = versions.map((version) => version?.recordingId ?? null);
  const ids = [...objectFaults.map(({ recordingId }) => recordingId), ...texts].filter((id) => id !== null);
  const recordings = await database.recordings.list({ ids: [...new Set(ids)] });
  const names = new Map(recordings.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));

  const faults: VaultFault[] = [];
  for (const [id, own] of Map.groupBy(objectFaults, ({ recordingId }) => recordingId)) {
    const missing = own.filter(({ code }) => code === 'object.missing').length;
    faults.push({ kind: 'sound', name: nameOf(id), damaged: own.length - missing, missing });
  }
  for (const [id, own] of Map.groupBy(texts, (recordingId) => recordingId)) {
    faults.push({ kind: 'text', name: nameOf(id), count: own.length });
  }
  if (databaseFaults.length > 0) faults.push({ kind: 'database', count: databaseFaults.length });
  if (auditFaults.length > 0) faults.push({ kind: 'log', count: auditFaults.length });
  return { objects, faults };
}
