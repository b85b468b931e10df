import type { VaultFindings } from '../../app/vault/verify-vault.ts';
import { z } from '../../contract/schema.ts';
import { id } from './listing-fields.ts';

/** What `vault verify --json` prints. */
export const VaultReport = z.strictObject({
  sound: z.boolean(),
  objects: z.int().nonnegative(),
  objectFaults: z.array(z.strictObject({ objectId: id, recordingId: id, code: z.string() })),
  databaseFaults: z.array(z.string()),
  auditFaults: z.array(z.strictObject({ kind: z.string(), sequence: z.int(), toSequence: z.int() })),
  versionFaults: z.array(z.strictObject({ versionId: id, kind: z.string() })),
});

/** Faults of a vault. */
export function vaultReport(findings: VaultFindings, sound: boolean): z.infer<typeof VaultReport> {
  return {
    sound,
    objects: findings.objects,
    objectFaults: findings.objectFaults.map(({ objectId, recordingId, code }) => ({
      objectId,
      recordingId,
      code,
    })),
    databaseFaults: [...findings.databaseFaults],
    auditFaults: findings.auditFaults.map(({ kind, sequence, toSequence }) => ({
      kind,
      sequence,
      toSequence,
    })),
    versionFaults: findings.versionFaults.map(({ kind, versionId }) => ({ versionId, kind })),
  };
}
