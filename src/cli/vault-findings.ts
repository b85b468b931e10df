import type { VaultFindings } from '../app/vault/verify-vault.ts';
import { shortId } from './short-id.ts';
import type { Words } from './words-en.ts';

/** One line for everything in a vault that is not as it was stored. */
export function findingLines(findings: VaultFindings, say: Words): string[] {
  const { objectFaults, databaseFaults, auditFaults, versionFaults } = findings;
  return [
    ...objectFaults.map(({ objectId, recordingId, code }) =>
      say.objectFault(shortId(objectId), shortId(recordingId), code === 'object.missing'),
    ),
    ...databaseFaults.map(say.databaseFault),
    ...auditFaults.map(({ kind, sequence, toSequence }) => say.auditFault(kind, sequence, toSequence)),
    ...versionFaults.map(({ kind, versionId }) => say.versionFault(shortId(versionId), kind)),
  ];
}
