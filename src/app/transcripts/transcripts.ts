import type { TranscriptDocument } from '../../contract/document.ts';
import type {
  KeptEditView,
  OpenedTranscript,
  TranscriptView,
  VersionReading,
  VersionView,
} from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Version } from '../../core/database/transcripts/versions.db.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { type EditObserver, TranscriptEditor } from './transcript-editor.ts';
import { readVersion, transcriptVersions, versionOf } from './transcript-versions.ts';
import { openTranscript } from './transcript-view.ts';

export type { Version };

/** The transcripts of an open vault. `editor` changes them. */
export class Transcripts {
  readonly editor: TranscriptEditor;
  readonly #database: Database;

  constructor(database: Database, observer: EditObserver = {}) {
    this.editor = new TranscriptEditor(database, observer);
    this.#database = database;
  }

  /** The current version of a recording's text, finished or not; null if it has none. */
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

  /** The editor has closed a text: its edits form one session, which the audit log records. */
  async leave(recordingId: string): Promise<void> {
    await this.#database.editSessions.bind({ recordingId, atMs: Date.now() });
  }

  /** Stores the user's view state in a text. Throws `recording.notFound`. */
  async keepViewState(recordingId: string, place: TranscriptView['place']): Promise<void> {
    await this.#database.recordings.get(recordingId);
    await this.#database.viewStates.keep({ recordingId, state: place });
  }

  /** The versions of a recording's text, newest first: see `transcriptVersions`. Throws `recording.notFound`. */
  versions(recordingId: string): Promise<VersionView[]> {
    return transcriptVersions(this.#database, recordingId);
  }

  /** A version to be read, with its differences from the current text. Throws `version.notFound`. */
  readVersion(recordingId: string, versionId: string): Promise<VersionReading> {
    return readVersion(this.#database, recordingId, versionId);
  }

  /** The edits that stayed as a final transcript took the place of the live text. Throws `recording.notFound`. */
  async keptEdits(recordingId: string): Promise<KeptEditView[]> {
    await this.#database.recordings.get(recordingId);
    return await this.#database.finalTranscripts.keptEdits({ recordingId });
  }

  /** Makes a version the current text, as one edit; returns whether the texts differed. Throws `version.notFound`. */
  async useVersion(recordingId: string, versionId: string): Promise<boolean> {
    const { id } = await versionOf(this.#database, recordingId, versionId);
    return await this.editor.useVersion(recordingId, id);
  }
}
