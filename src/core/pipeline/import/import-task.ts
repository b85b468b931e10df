import type { EventSink } from '../../../contract/events.ts';
import type { SpeakerChoice } from '../../../contract/job.ts';
import type { MediaFacts } from '../../../contract/recording.ts';
import type { Database } from '../../database/database.ts';
import type { Ffmpeg } from '../../media/find-ffmpeg.ts';
import type { Source } from '../../media/source.ts';
import type { Vault } from '../../vault/vault.ts';

/** The services of an import. */
export interface ImportServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly ffmpeg: Ffmpeg;
  readonly emit: EventSink;
}

/** One recording to read: its row exists, its source is open and probed. */
export interface ImportTask {
  readonly recordingId: string;
  readonly source: Source;
  readonly facts: MediaFacts;
  /** Index of the audio stream in the container, or all of them mixed. */
  readonly track: number | 'mix';
  readonly speakers: SpeakerChoice;
  readonly signal: AbortSignal;
}
