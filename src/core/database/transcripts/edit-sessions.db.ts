import { editContentHash } from '../../audit/edit-content.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection } from '../connection.db.ts';
import type { VersionFault } from './versions.db.ts';

interface EditedVersion {
  readonly id: string;
  readonly recordingId: string;
  readonly machineVersionId: string | null;
}

/** The audit log's record of an edited version: that it is being edited, or the hash of its edits. */
type Recorded = { readonly state: 'editing' } | { readonly state: 'edited'; readonly editsHash: string };

const PAGE_LENGTH = 200;

const VERSIONS = `SELECT id, recording_id AS recordingId, parent_id AS machineVersionId FROM versions
  WHERE kind = 'edited' AND (@recordingId IS NULL OR recording_id = @recordingId) ORDER BY id`;

const LOG_PAGE = `SELECT number, at_ms AS atMs, undone, undo_group, changes FROM edits
  WHERE version_id = @versionId AND number > @after ORDER BY number LIMIT ${PAGE_LENGTH}`;

const REPLACED =
  'SELECT segment_id AS id FROM replaced_segments WHERE version_id = @versionId ORDER BY segment_id';

const SEGMENT_PAGE = `SELECT id, origins, channel, window_index AS windowIndex,
    start_ms AS startMs, end_ms AS endMs, text, speaker, language, confidence, flags, words
  FROM segments WHERE version_id = @versionId AND id > @after ORDER BY id LIMIT ${PAGE_LENGTH}`;

/**
 * Binds edits to the audit log, at the cost of two entries per editing session, however much is typed: one records that
 * a version is being edited, the next has the hash of its edits and their result. While the first is the last, no hash
 * covers the edits; after a crash they are bound as found at the next opening.
 */
export class EditSessions {
  readonly #connection: Connection;
  readonly #audit: AuditLog;
  readonly #open = new Set<string>();

  constructor(connection: Connection, audit: AuditLog) {
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Records that a version is about to be edited. Call within the transaction of the edit. */
  begin({ versionId, recordingId, atMs }: { versionId: string; recordingId: string; atMs: number }): void {
    if (this.#open.has(versionId)) return;
    const about = { subjectId: versionId, outcome: 'done', detail: { recordingId } } as const;
    this.#audit.append({ atMs, action: 'version.editing', ...about });
    this.#connection.afterCommit(() => this.#open.add(versionId));
  }

  /**
   * Binds the unbound edits of a recording's versions, or of all if it is null. `interrupted`: the session was not
   * ended, as the process died.
   */
  bind({
    recordingId,
    atMs,
    interrupted = false,
  }: {
    recordingId: string | null;
    atMs: number;
    interrupted?: boolean;
  }): void {
    this.#connection.transaction(() => {
      const { recorded } = this.#recorded();
      for (const version of this.#connection.all<EditedVersion>(VERSIONS, { recordingId })) {
        if (recorded.get(version.id)?.state === 'edited') continue;
        this.#audit.append({
          atMs,
          action: 'version.edited',
          subjectId: version.id,
          outcome: interrupted ? 'interrupted' : 'done',
          detail: { recordingId: version.recordingId, editsHash: this.#hash(version) },
        });
        this.#connection.afterCommit(() => this.#open.delete(version.id));
      }
    });
  }

  /**
   * Compares every edited version with what the audit log recorded of it when its editing ended. Meaningful only for a
   * log that is itself sound.
   */
  verify(): VersionFault[] {
    const { recorded, erased } = this.#recorded();
    const there = this.#connection.all<EditedVersion>(VERSIONS, { recordingId: null });
    const byId = new Map(there.map((version) => [version.id, version]));
    const faults: VersionFault[] = [];
    for (const [versionId, record] of recorded) {
      const version = byId.get(versionId);
      if (version === undefined) {
        if (!erased.has(versionId)) faults.push({ kind: 'missing', versionId });
      } else if (record.state === 'edited' && this.#hash(version) !== record.editsHash) {
        faults.push({ kind: 'altered', versionId });
      }
    }
    return faults;
  }

  #recorded(): { recorded: Map<string, Recorded>; erased: Set<string> } {
    const recorded = new Map<string, Recorded>();
    const erased = new Set<string>();
    for (const entry of this.#audit.about(['version.editing', 'version.edited', 'recording.erased'])) {
      const { subjectId, detail } = entry;
      if (Array.isArray(detail.versions)) for (const id of detail.versions) erased.add(String(id));
      if (subjectId === null) continue;
      if (entry.action === 'version.editing') recorded.set(subjectId, { state: 'editing' });
      const { editsHash } = detail;
      if (entry.action === 'version.edited' && typeof editsHash === 'string')
        recorded.set(subjectId, { state: 'edited', editsHash });
    }
    return { recorded, erased };
  }

  #hash({ id: versionId, recordingId, machineVersionId }: EditedVersion): string {
    return editContentHash({ versionId, recordingId, machineVersionId, rows: this.#rows(versionId) });
  }

  *#rows(versionId: string): Generator<(string | number | null)[]> {
    for (const row of this.#pages(LOG_PAGE, versionId, -1)) yield ['edit', ...row];
    const replaced = this.#connection.all<{ id: string }>(REPLACED, { versionId });
    yield ['replaced', ...replaced.map(({ id }) => id)];
    for (const row of this.#pages(SEGMENT_PAGE, versionId, '')) yield ['segment', ...row];
  }

  *#pages(sql: string, versionId: string, beforeAll: string | number): Generator<(string | number | null)[]> {
    for (let after = beforeAll; ; ) {
      const page = this.#connection.all<Record<string, string | number | null>>(sql, { versionId, after });
      const rows: (string | number | null)[][] = page.map((row) => Object.values(row));
      yield* rows;
      // Both pages are sorted by their first column.
      const [last = null] = rows.at(-1) ?? [];
      if (last === null) return;
      after = last;
    }
  }
}
