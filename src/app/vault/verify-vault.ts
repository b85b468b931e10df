import { type ErrorCode, isAppError } from '../../contract/errors.ts';
import type { AuditFault } from '../../core/audit/verify-chain.ts';
import type { Database } from '../../core/database/database.ts';
import type { VersionFault } from '../../core/database/transcripts/versions.db.ts';
import type { Vault } from '../../core/vault/vault.ts';
import type { VaultLog } from './vault-log.ts';

/** An open vault with its database and its log. */
export interface LoggedVault {
  readonly vault: Vault;
  readonly database: Database;
  readonly log: VaultLog;
}

/** What was verified, and everything that is not as it was stored. */
export interface VaultFindings {
  readonly objects: number;
  /** Objects that are damaged or missing. */
  readonly objectFaults: {
    readonly objectId: string;
    readonly recordingId: string;
    readonly code: ErrorCode;
  }[];
  /** Findings of SQLite's own check. */
  readonly databaseFaults: string[];
  readonly auditFaults: AuditFault[];
  readonly versionFaults: VersionFault[];
}

/** Progress of a check, and a signal to stop it. */
export interface VerifyWatch {
  /** Called after each object, with the number of objects at the start. */
  readonly onProgress?: (done: number, total: number) => void;
  /** If aborted, the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

const PAGE = 200;

/**
 * Reads every object of a vault completely, and checks the database, the audit log with its head, and every
 * finished or edited version; the log records the outcome. A rollback of the whole folder is undetectable inside it.
 */
export async function verifyVault(
  { vault, database, log }: LoggedVault,
  { onProgress, signal }: VerifyWatch = {},
): Promise<VaultFindings> {
  const total = onProgress === undefined ? 0 : (await database.objects.allIds()).length;
  const objectFaults: VaultFindings['objectFaults'] = [];
  let objects = 0;
  for (let afterId = ''; ; ) {
    const page = await database.objects.page({ afterId, limit: PAGE });
    for (const object of page) {
      signal?.throwIfAborted();
      objects += 1;
      try {
        await vault.objects.verify(object);
      } catch (error) {
        if (!isAppError(error, 'object.damaged', 'object.missing')) throw error;
        objectFaults.push({ objectId: object.id, recordingId: object.recordingId, code: error.code });
      }
      onProgress?.(objects, Math.max(objects, total));
    }
    const last = page.at(-1);
    if (last === undefined) break;
    afterId = last.id;
  }
  signal?.throwIfAborted();
  const findings: VaultFindings = {
    objects,
    objectFaults,
    databaseFaults: await database.checkIntegrity(),
    auditFaults: await database.audit.verify(),
    versionFaults: [...(await database.versions.verify()), ...(await database.editSessions.verify())],
  };
  const faults = faultsIn(findings);
  await log.write('vault.verified', {
    outcome: faults === 0 ? 'done' : 'failed',
    detail: { objects, faults },
  });
  return findings;
}

/** Whether nothing is wrong. */
export function isSound(findings: VaultFindings): boolean {
  return faultsIn(findings) === 0;
}

function faultsIn({ objectFaults, databaseFaults, auditFaults, versionFaults }: VaultFindings): number {
  return objectFaults.length + databaseFaults.length + auditFaults.length + versionFaults.length;
}
