import { AppError } from '../../contract/errors.ts';
import type { RequestOutput } from '../../contract/ipc.ts';
import type { SimilarSegment, SpeakerCount, SpeakersView } from '../../contract/speakers.ts';
import type { Database } from '../../core/database/database.ts';

/** Who speaks in the recordings of a vault. */
export class Speakers {
  readonly #database: Database;

  constructor({ database }: { database: Database }) {
    this.#database = database;
  }

  /** Who speaks when, by the current text. */
  async overview(recordingId: string): Promise<SpeakersView> {
    const stored = await this.#database.diarizations.get(recordingId);
    return {
      recordingId,
      by: stored === null ? 'nothing' : 'voices',
      ...{ count: stored?.count ?? null, canRecount: false, lanes: [], recognised: [] },
    };
  }

  /** Tells the speakers apart again, as one edit. */
  async recount(
    _recordingId: string,
    _count: SpeakerCount | null,
  ): Promise<RequestOutput<'speakers.recount'>> {
    throw new AppError('speakers.notHeard', {});
  }

  /** Tells a speaker's turns apart as two, as one edit. */
  async split(_recordingId: string, _speaker: string): Promise<RequestOutput<'speakers.split'>> {
    throw new AppError('speakers.notHeard', {});
  }

  /** Segments of other speakers with a voice like that of these. */
  async similar(_asked: {
    recordingId: string;
    segments: string[];
    speaker: string;
  }): Promise<SimilarSegment[]> {
    throw new AppError('speakers.notHeard', {});
  }
}
