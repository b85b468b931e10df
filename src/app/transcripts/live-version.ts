import type { EventSink } from '../../contract/events.ts';
import type { TextMaking } from '../../contract/text-making.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { EditableSegment } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';

/** What a live text is written with. */
export interface LiveVersionServices {
  readonly database: Database;
  readonly emit: EventSink;
}

/**
 * The live text of a capture as it is stored: a machine version of the recording that grows while it is recorded. Its
 * segments can be read and edited as soon as they are committed, and never change.
 */
export class LiveVersion {
  readonly #services: LiveVersionServices;
  readonly #recordingId: string;
  readonly #versionId: string;

  private constructor(services: LiveVersionServices, recordingId: string, versionId: string) {
    this.#services = services;
    this.#recordingId = recordingId;
    this.#versionId = versionId;
  }

  /** Begins the live text of a recording that has a capture row. Throws the database's errors. */
  static async begin(
    services: LiveVersionServices,
    { recordingId, making }: { recordingId: string; making: TextMaking },
  ): Promise<LiveVersion> {
    const { liveTexts } = services.database;
    const { id } = await liveTexts.begin({ recordingId, making, atMs: Date.now() });
    return new LiveVersion(services, recordingId, id);
  }

  /** The version's id. */
  get versionId(): string {
    return this.#versionId;
  }

  /** Tells that another model is used, or that the language was detected. Throws the database's errors. */
  async setMaking(making: TextMaking): Promise<void> {
    await this.#services.database.liveTexts.setMaking({ recordingId: this.#recordingId, making });
  }

  /**
   * Stores segments of a channel, in recording time: they are durable when the promise is fulfilled, and sent to an open
   * window. Throws the database's errors; nothing is stored then.
   */
  async commit(segments: readonly Segment[], channel = 0): Promise<EditableSegment[]> {
    if (segments.length === 0) return [];
    const { database, emit } = this.#services;
    const ids = await database.liveTexts.add({ versionId: this.#versionId, channel, segments });
    const stored = segments.map((segment, index) => ({
      ...segment,
      id: ids[index] ?? '',
      channel,
      edited: false,
    }));
    emit({
      type: 'liveSegmentsCommitted',
      recordingId: this.#recordingId,
      versionId: this.#versionId,
      segments: stored.map(({ edited: _, ...segment }) => segment),
    });
    return stored;
  }

  /** Finishes the text; one without words is dropped. Throws the database's errors. */
  async finish(): Promise<void> {
    await this.#services.database.liveTexts.finish({ recordingId: this.#recordingId, atMs: Date.now() });
  }
}
