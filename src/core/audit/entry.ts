import { ExportFormat } from '../../contract/document.ts';
import { ERROR_CODES } from '../../contract/errors.ts';
import { SpokenFormat } from '../../contract/read-aloud.ts';
import { z } from '../../contract/schema.ts';

/** Everything that the audit log records. Append only: recorded entries keep their names for ever. */
export const AuditAction = z.enum([
  'vault.created',
  'vault.opened',
  'vault.locked',
  'vault.unlocked',
  'vault.sealed',
  'vault.passphraseChanged',
  'vault.recoveryKeyRenewed',
  'vault.keychainAdded',
  'vault.keychainRemoved',
  'vault.recovered',
  'vault.backedUp',
  'vault.restored',
  'vault.moved',
  'vault.verified',
  'recording.imported',
  'recording.joined',
  'recording.exported',
  'recording.erased',
  'matter.deleted',
  'matter.handedOver',
  'matter.received',
  'template.added',
  'template.deleted',
  'voice.remembered',
  'voice.expiryChanged',
  'voice.forgotten',
  'voice.expired',
  'job.ended',
  'version.finished',
  'version.exported',
  'version.editing',
  'version.edited',
  'version.checked',
  'version.checkTakenBack',
  'pseudonyms.keyExported',
  'recording.bleeped',
  'version.readAloud',
  'retention.set',
  'retention.held',
  'retention.released',
  'erasure.certified',
  'clock.confirmed',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/**
 * One value of an entry's detail: a number, a boolean, an id, a SHA-256, an error code, or the format of an export or of a sound file. Free text
 * is refused, so that no name and no transcript text can get into the log.
 */
const AuditValue = z.union([
  z.number(),
  z.boolean(),
  z.null(),
  z.uuid(),
  z.string().regex(/^[0-9a-f]{64}$/),
  z.enum(ERROR_CODES),
  ExportFormat,
  SpokenFormat,
]);

/** An entry to append; the log adds number and hashes. */
export const NewAuditEntry = z.object({
  atMs: z.number().int(),
  action: AuditAction,
  /** The recording, job, version, voice or slot that the entry is about. */
  subjectId: z.uuid().nullable(),
  outcome: z.enum(['done', 'failed', 'interrupted', 'paused', 'cancelled']),
  detail: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.union([AuditValue, z.array(AuditValue)])),
});
export type NewAuditEntry = z.infer<typeof NewAuditEntry>;

/** One entry of the log. */
export interface AuditEntry extends NewAuditEntry {
  /** 1 for the first entry, without gaps. */
  readonly sequence: number;
  /** The hash of the entry before; 32 zero bytes before the first. */
  readonly previousHash: Buffer;
  /** 32 bytes; see `entryHash`. */
  readonly hash: Buffer;
}

/** An entry as stored in the database: not validated, for an altered one may hold anything. */
export interface StoredAuditEntry {
  readonly sequence: number;
  readonly atMs: number;
  readonly action: string;
  readonly subjectId: string | null;
  readonly outcome: string;
  /** The canonical JSON of the detail. */
  readonly detail: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}
