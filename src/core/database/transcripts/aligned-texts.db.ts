import { v7 as newId } from 'uuid';
import { BroughtText, ExistingText, TextFit, type TextOutcome } from '../../../contract/existing-text.ts';
import { type AlignedText, alignText } from '../../existing-text/align-text.ts';
import { heardWords } from '../../existing-text/text-words.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson, writeJson } from '../json-column.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import { idList, isOneOfIds, where } from '../where.ts';
import type { Segments } from './segments.db.ts';
import type { Version, Versions } from './versions.db.ts';

/**
 * A text is taken without asking if so much of it was heard, or so much of what was heard is in it: a text of another
 * recording has far less.
 */
const LIKE = 0.3;

/** The version is a column of its own, so that a hand-over finds it among the ids. */
const StoredText = BroughtText.omit({ baseVersionId: true });

/** An existing text that is not in its recording's transcript yet. */
export interface WaitingText {
  readonly recordingId: string;
  readonly name: string;
  /** Null while the recording is not transcribed. */
  readonly fit: TextFit | null;
}

/** What aligning uses of the other repositories. */
interface AlignedTextParts {
  readonly versions: Versions;
  readonly segments: Segments;
  readonly recordings: RecordingReader;
}

/** The newest text that the machine wrote of the whole recording, without edits and without texts that were brought along. */
const HEARD_VERSION = `SELECT id FROM versions AS version
  WHERE recording_id = @recordingId AND kind = 'machine' AND completed_at_ms IS NOT NULL
    AND NOT EXISTS (
      WITH RECURSIVE below (id) AS (
        SELECT version.id UNION ALL SELECT parent_id FROM versions JOIN below USING (id) WHERE parent_id IS NOT NULL
      )
      SELECT 1 FROM aligned_texts WHERE version_id IN below)
  ORDER BY completed_at_ms DESC LIMIT 1`;

/** Reads texts that were brought along. */
export class AlignedTextReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** What is known of a version that was brought along as a text; null for any other. */
  brought(versionId: string): BroughtText | null {
    const row = this.#connection.one<{ brought: string; baseVersionId: string }>(
      `SELECT brought, base_version_id AS baseVersionId FROM aligned_texts WHERE version_id = @versionId`,
      { versionId },
    );
    return row && { ...readJson(StoredText, row.brought), baseVersionId: row.baseVersionId };
  }

  /** The texts that wait, of these recordings or of all. */
  waiting(recordingIds: readonly string[] | null): WaitingText[] {
    const rows = this.#connection.all<{ recordingId: string; name: string; fit: string | null }>(
      `SELECT recording_id AS recordingId, name, fit FROM waiting_texts
       ${where(recordingIds !== null && isOneOfIds('recording_id'))} ORDER BY added_at_ms`,
      idList(recordingIds),
    );
    return rows.map(({ fit, ...row }) => ({ ...row, fit: readNullableJson(TextFit, fit) }));
  }

  /** The version whose words an existing text is aligned to; null while there is none. */
  heardVersion(recordingId: string): string | null {
    return this.#connection.one<{ id: string }>(HEARD_VERSION, { recordingId })?.id ?? null;
  }
}

/** Keeps texts that were brought along, and makes versions of them. */
export class AlignedTexts extends AlignedTextReader {
  readonly #connection: Connection;
  readonly #parts: AlignedTextParts;

  constructor(connection: Connection, parts: AlignedTextParts) {
    super(connection);
    this.#connection = connection;
    this.#parts = parts;
  }

  /** Keeps a text for its recording in place of any that waits there already. */
  keep({ recordingId, text, atMs }: { recordingId: string; text: ExistingText; atMs: number }): void {
    this.#connection.run(
      `INSERT INTO waiting_texts (recording_id, name, text, fit, added_at_ms)
       VALUES (@recordingId, @name, @text, NULL, @atMs)
       ON CONFLICT (recording_id) DO UPDATE SET name = @name, text = @text, fit = NULL, added_at_ms = @atMs`,
      { recordingId, name: text.name, text: writeJson(ExistingText, text), atMs },
    );
  }

  /** Forgets the text that waits. */
  drop({ recordingId }: { recordingId: string }): void {
    this.#connection.run('DELETE FROM waiting_texts WHERE recording_id = @recordingId', { recordingId });
  }

  /**
   * Makes the waiting text of a recording a version of its transcript, from then on the current one; every other version stays as
   * it is. One of which too few words were found goes on waiting, unless `isWanted`. Null if no text waits.
   */
  alignWaiting({
    recordingId,
    isWanted,
    atMs,
  }: {
    recordingId: string;
    isWanted: boolean;
    atMs: number;
  }): TextOutcome | null {
    const row = this.#connection.one<{ text: string }>(
      'SELECT text FROM waiting_texts WHERE recording_id = @recordingId',
      { recordingId },
    );
    if (row === null) return null;
    const baseVersionId = this.heardVersion(recordingId);
    if (baseVersionId === null) return { state: 'waiting' };
    const text = readJson(ExistingText, row.text);
    const { aligned, heardCount } = this.#aligned(recordingId, baseVersionId, text);
    const { fit } = aligned;
    const found = Math.max(fit.foundWords / fit.words, fit.foundWords / Math.max(1, heardCount));
    if (found < LIKE && !isWanted) {
      this.#connection.run('UPDATE waiting_texts SET fit = @fit WHERE recording_id = @recordingId', {
        recordingId,
        fit: writeJson(TextFit, fit),
      });
      return { state: 'unlike', fit };
    }
    return this.#connection.transaction(() => {
      const version = this.#store(recordingId, baseVersionId, text, aligned, atMs);
      this.drop({ recordingId });
      return { state: 'added', fit, versionNumber: version.number };
    });
  }

  #aligned(recordingId: string, baseVersionId: string, { passages }: ExistingText) {
    const { recordings, segments } = this.#parts;
    const heard = segments.all(baseVersionId);
    const words = heardWords(heard);
    const durationMs = recordings.get(recordingId).durationMs ?? words.at(-1)?.endMs ?? 0;
    const language = heard[0]?.segment.language ?? 'en';
    return { aligned: alignText(passages, { heard: words, durationMs, language }), heardCount: words.length };
  }

  #store(
    recordingId: string,
    baseVersionId: string,
    { name, sha256 }: ExistingText,
    { segments, fit, notInText }: AlignedText,
    atMs: number,
  ): Version {
    const { versions } = this.#parts;
    const version = versions.create({
      ...{ id: newId(), recordingId, jobId: null, kind: 'machine', parentId: null, createdAtMs: atMs },
    });
    const versionId = version.id;
    for (const { channel, segment } of segments)
      this.#parts.segments.addOfWindow({ versionId, channel, windowIndex: 0, segments: [segment] });
    const brought = {
      name,
      sha256,
      fit,
      notInText: notInText.map(({ startMs, endMs }) => ({ startMs, endMs })),
    };
    this.#connection.run(
      `INSERT INTO aligned_texts (version_id, base_version_id, brought)
       VALUES (@versionId, @baseVersionId, @brought)`,
      { versionId, baseVersionId, brought: writeJson(StoredText, brought) },
    );
    return versions.finish({
      versionId,
      completedAtMs: atMs,
      detail: { broughtSha256: sha256, baseVersionId },
    });
  }
}
