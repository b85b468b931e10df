import type { TranscriptDocument } from '../../contract/document.ts';
import type { OpenedTranscript, TranscriptView, VersionReading, VersionView } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Version } from '../../core/database/transcripts/versions.db.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { type EditObserver, TranscriptEditor } from './transcript-editor.ts';
import { readVersion, transcriptVersions, versionOf } from './transcript-versions.ts';
import { openTranscript } from './transcript-view.ts';

export type { Version };

/** The transcripts of an open vault. They are changed by `editor`. */
export class Transcripts {
  readonly editor: TranscriptEditor;
  readonly #database: Database;

  constructor(database: Database, observer: EditObserver = {}) {
    this.editor = new TranscriptEditor(database, observer);
    this.#database = database;
  }

  /** The current version of a recording's text, finished or not; null where it has none. */
  latest(recordingId: string): Promise<Version | null> {
    return this.#database.versions.latest(recordingId);
  }

  /** The current text of a recording as it is exported. Throws `recording.notFound`, `recording.notTranscribed`. */
  async document(recordingId: string): Promise<TranscriptDocument> {
    return await latestDocument(this.#database, await this.#database.recordings.get(recordingId));
  }

  /** The current text of a recording as the editor opens it. Throws `recording.notFound`, `recording.notTranscribed`. */
  open(recordingId: string): Promise<OpenedTranscript> {
    return openTranscript(this.#database, recordingId);
  }

  /** The editor has left a text: what was edited in it is one session, which the audit log tells of. */
  async leave(recordingId: string): Promise<void> {
    await this.#database.editSessions.bind({ recordingId, atMs: Date.now() });
  }

  /** Keeps where the user is in a text. Throws `recording.notFound`. */
  async keepViewState(recordingId: string, place: TranscriptView['place']): Promise<void> {
    await this.#database.recordings.get(recordingId);
    await this.#database.viewStates.keep({ recordingId, state: place });
  }

  /** The versions of a recording's text, the newest first: see `transcriptVersions`. Throws `recording.notFound`. */
  versions(recordingId: string): Promise<VersionView[]> {
    return transcriptVersions(this.#database, recordingId);
  }

  /** A version to be read, with where the current text differs from it. Throws `version.notFound`. */
  readVersion(recordingId: string, versionId: string): Promise<VersionReading> {
    return readVersion(this.#database, recordingId, versionId);
  }

  /** Makes a version the current text, as one edit; gives whether the texts differed. Throws `version.notFound`. */
  async useVersion(recordingId: string, versionId: string): Promise<boolean> {
    const { id } = await versionOf(this.#database, recordingId, versionId);
    return await this.editor.useVersion(recordingId, id);
  }
}
