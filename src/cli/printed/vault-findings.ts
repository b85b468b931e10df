import type { VaultFindings } from '../../app/vault/verify-vault.ts';
import type { CliTexts } from '../texts.ts';
import { shortId } from './short-id.ts';

/** One line per fault of a vault. */
export function vaultFindingLines(findings: VaultFindings, say: CliTexts): string[] {
  const { objectFaults, databaseFaults, auditFaults, versionFaults } = findings;
  return [
    ...objectFaults.map(({ objectId, recordingId, code }) =>
      say(code === 'object.missing' ? 'objectMissing' : 'objectDamaged', {
        id: shortId(objectId),
        recording: shortId(recordingId),
      }),
    ),
    ...databaseFaults.map((fault) => say('databaseFault', { fault })),
    ...auditFaults.map(({ kind, sequence, toSequence }) =>
      say('auditFault', { kind, from: sequence, to: toSequence }),
    ),
    ...versionFaults.map(({ kind, versionId }) => say('versionFault', { id: shortId(versionId), kind })),
  ];
}
