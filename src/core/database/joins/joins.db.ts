import { AppError } from '../../../contract/errors.ts';
import type { ChannelLayout } from '../../../contract/recording.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection } from '../connection.db.ts';
import type { ObjectRecord, Objects } from '../recordings/objects.db.ts';
import type { NewPart, Parts } from '../recordings/parts.db.ts';
import { insertRecording, type NewRecording, type RecordingRepository } from '../recordings/recordings.db.ts';
import type { RecordingSource, Sources } from '../recordings/sources.db.ts';
import { type JoinedPart, rebaseText, type TextSources } from './joined-text.db.ts';

/** A recording joined from others: all its objects are sealed, none of its rows inserted yet. */
export interface NewJoin {
  readonly recording: NewRecording & {
    readonly state: 'ready' | 'incomplete';
    readonly layout: ChannelLayout;
    readonly channels: number;
    readonly durationMs: number;
  };
  /** Every source file of it, in order. */
  readonly sources: readonly RecordingSource[];
  readonly originals: readonly ObjectRecord[];
  readonly parts: readonly { readonly part: NewPart; readonly object: ObjectRecord }[];
  /** The recordings that it was joined from, in order. */
  readonly joined: readonly JoinedPart[];
  readonly atMs: number;
}

/** The repositories that a join uses. */
export interface JoinSources extends TextSources {
  readonly recordings: RecordingRepository;
  readonly objects: Objects;
  readonly parts: Parts;
  readonly sources: Sources;
  readonly audit: AuditLog;
}

/** Inserts joined recordings. */
export class Joins {
  readonly #connection: Connection;
  readonly #sources: JoinSources;

  constructor(connection: Connection, sources: JoinSources) {
    this.#connection = connection;
    this.#sources = sources;
  }

  /**
   * Adds the joined recording with its sources, its audio and, if all of the others are transcribed alike, their text,
   * and puts the others into the bin: all of it or, when it throws, nothing. Throws `recording.notFound`,
   * `recording.busy` if one is being processed or in the bin, `recording.corrected` if a correction would be lost.
   */
  commit({ recording, sources, originals, parts, joined, atMs }: NewJoin): { textCarried: boolean } {
    return this.#connection.transaction(() => {
      for (const { recordingId } of joined) this.#refuseBusy(recordingId);
      insertRecording(this.#connection, recording);
      for (const object of originals) this.#sources.objects.add({ object, createdAtMs: atMs });
      this.#sources.sources.add({ recordingId: recording.id, sources });
      for (const { part, object } of parts) this.#sources.parts.commit({ part, object, createdAtMs: atMs });
      const text = { recordingId: recording.id, parts: joined, atMs };
      const textCarried = rebaseText(this.#connection, this.#sources, text);
      for (const { recordingId } of joined) {
        this.#sources.recordings.setBinned({ recordingId, binnedAtMs: atMs });
      }
      this.#sources.audit.append({
        atMs,
        action: 'recording.joined',
        subjectId: recording.id,
        outcome: 'done',
        detail: {
          recordings: joined.map(({ recordingId }) => recordingId),
          sourceSha256: sources.map(({ sha256 }) => sha256),
          durationMs: recording.durationMs,
          channels: recording.channels,
        },
      });
      return { textCarried };
    });
  }

  #refuseBusy(recordingId: string): void {
    const { name, state, binnedAtMs } = this.#sources.recordings.get(recordingId);
    const isRunning = this.#sources.jobs.list({ recordingId, state: 'running' }).length > 0;
    if (state === 'importing' || binnedAtMs !== null || isRunning) {
      throw new AppError('recording.busy', { name });
    }
  }
}
