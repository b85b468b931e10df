import type { VaultFindings } from '../app/vault/verify-vault.ts';
import { shortId } from './short-id.ts';
import { SAY } from './words.ts';

/** One line for everything in a vault that is not as it was stored. */
export function findingLines(findings: VaultFindings): string[] {
  const { objectFaults, databaseFaults, auditFaults, versionFaults } = findings;
  return [
    ...objectFaults.map(({ objectId, recordingId, code }) =>
      SAY.objectFault(shortId(objectId), shortId(recordingId), code === 'object.missing'),
    ),
    ...databaseFaults.map(SAY.databaseFault),
    ...auditFaults.map(({ kind, sequence, toSequence }) => SAY.auditFault(kind, sequence, toSequence)),
    ...versionFaults.map(({ kind, versionId }) => SAY.versionFault(shortId(versionId), kind)),
  ];
}
