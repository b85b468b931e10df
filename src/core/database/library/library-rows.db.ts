import type { ReadableConnection } from '../connection.db.ts';
import { type Job, JobReader } from '../jobs/jobs.db.ts';
import { type Recording, RecordingReader } from '../recordings/recordings.db.ts';
import { type RecordingSource, SourceReader } from '../recordings/sources.db.ts';
import { SpeakerCountReader } from '../speakers/speaker-counts.db.ts';
import { AlignedTextReader, type WaitingText } from '../transcripts/aligned-texts.db.ts';
import { VersionReader, type WordlessText } from '../transcripts/versions.db.ts';
import { ViewStateReader } from '../transcripts/view-states.db.ts';

/** Recordings with what a list shows of them. */
export interface LibraryRows {
  /** Oldest first. */
  readonly recordings: readonly Recording[];
  /** Their jobs in queue order. */
  readonly jobs: readonly Job[];
  /** The ids of those that have a transcript, finished or not. */
  readonly withText: readonly string[];
  /** Those whose transcript is complete and has no words. */
  readonly wordless: readonly WordlessText[];
  /** The sources of joined ones, by the recording's id. */
  readonly joined: Readonly<Record<string, readonly RecordingSource[]>>;
  /** The playhead in ms of those with a view state, by the recording's id. */
  readonly playheads: Readonly<Record<string, number>>;
  /** How many speakers are named in those texts that name any, by the recording's id. */
  readonly speakers: Readonly<Record<string, number>>;
  /** The existing texts that wait. */
  readonly waitingTexts: readonly WaitingText[];
}

/** Reads the rows of the library in one call, as each call is a round trip to the database's thread. */
export class LibraryRowReader {
  readonly #recordings: RecordingReader;
  readonly #jobs: JobReader;
  readonly #versions: VersionReader;
  readonly #sources: SourceReader;
  readonly #viewStates: ViewStateReader;
  readonly #speakers: SpeakerCountReader;
  readonly #texts: AlignedTextReader;

  constructor(connection: ReadableConnection) {
    this.#recordings = new RecordingReader(connection);
    this.#jobs = new JobReader(connection);
    this.#versions = new VersionReader(connection);
    this.#sources = new SourceReader(connection);
    this.#viewStates = new ViewStateReader(connection);
    this.#texts = new AlignedTextReader(connection);
    this.#speakers = new SpeakerCountReader(connection);
  }

  /** The rows of these recordings, of all if null; the others are not read. */
  read(ids: readonly string[] | null): LibraryRows {
    return {
      recordings: this.#recordings.list({ ids }),
      jobs: this.#jobs.list({ recordingIds: ids }),
      withText: this.#versions.recordingsWithText(ids),
      wordless: this.#versions.recordingsWithoutWords(ids),
      joined: this.#sources.ofJoined(ids),
      playheads: this.#viewStates.playheads(ids),
      speakers: this.#speakers.ofTexts(ids),
      waitingTexts: this.#texts.waiting(ids),
    };
  }
}
