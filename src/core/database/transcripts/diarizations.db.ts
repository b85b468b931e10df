import { z } from '../../../contract/schema.ts';
import { SpeakerCount } from '../../../contract/speakers.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson, writeJson, writeNullableJson } from '../json-column.ts';
import { StoredSpeaker, StoredTurn } from './stored-turns.ts';

/** Who speaks when in a recording, as its voices told. */
export interface StoredDiarization {
  readonly recordingId: string;
  /** The number that was asked for; null: found automatically. */
  readonly count: SpeakerCount | null;
  readonly turns: readonly z.infer<typeof StoredTurn>[];
  readonly speakers: readonly z.infer<typeof StoredSpeaker>[];
  readonly madeAtMs: number;
}

/** Reads diarizations. */
export class DiarizationReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The recording's last diarization; null if there is none. */
  get(recordingId: string): StoredDiarization | null {
    const row = this.#connection.one<{
      count: string | null;
      turns: string;
      speakers: string;
      madeAtMs: number;
    }>(
      'SELECT count, turns, speakers, made_at_ms AS madeAtMs FROM diarizations WHERE recording_id = @recordingId',
      { recordingId },
    );
    if (row === null) return null;
    return {
      recordingId,
      count: readNullableJson(SpeakerCount, row.count),
      turns: readJson(z.array(StoredTurn), row.turns),
      speakers: readJson(z.array(StoredSpeaker), row.speakers),
      madeAtMs: row.madeAtMs,
    };
  }
}

/** Reads and stores diarizations. */
export class Diarizations extends DiarizationReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Forgets that a speaker was recognised as this voice: the user has said whether that is right. */
  settle({ recordingId, voiceId }: { recordingId: string; voiceId: string }): void {
    this.#connection.transaction(() => {
      const stored = this.get(recordingId);
      if (stored === null) return;
      const speakers = stored.speakers.map((speaker) =>
        speaker.known?.voiceId === voiceId ? { ...speaker, known: null } : speaker,
      );
      this.keep({ ...stored, speakers });
    });
  }

  /** Sets the number that was asked for, as the text has it: that of an edit that was undone or redone. */
  setCount({ recordingId, count }: Pick<StoredDiarization, 'recordingId' | 'count'>): void {
    this.#connection.run('UPDATE diarizations SET count = @count WHERE recording_id = @recordingId', {
      recordingId,
      count: writeNullableJson(SpeakerCount, count),
    });
  }

  /** Stores the recording's diarization, in the place of an earlier one. */
  keep({ recordingId, count, turns, speakers, madeAtMs }: StoredDiarization): void {
    this.#connection.run(
      `INSERT INTO diarizations (recording_id, count, turns, speakers, made_at_ms)
       VALUES (@recordingId, @count, @turns, @speakers, @madeAtMs)
       ON CONFLICT DO UPDATE SET
         count = excluded.count, turns = excluded.turns, speakers = excluded.speakers, made_at_ms = excluded.made_at_ms`,
      {
        recordingId,
        count: writeNullableJson(SpeakerCount, count),
        turns: writeJson(z.array(StoredTurn), [...turns]),
        speakers: writeJson(z.array(StoredSpeaker), [...speakers]),
        madeAtMs,
      },
    );
  }
}
