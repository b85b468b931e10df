import type { Connection, ReadableConnection } from '../connection.db.ts';
import type { PartPlace } from '../recordings/parts.db.ts';

/** Voice activity of one part of one channel, as the engine returns it. */
export interface PartVoiceActivity {
  /** One for each 512 samples: 255 is certain speech. */
  readonly probabilities: Uint8Array;
  /** The detector's state, to continue with the next part. */
  readonly state: Uint8Array;
}

export const VOICE_ACTIVITY_OF_PART = `SELECT probabilities, state FROM voice_activity
  WHERE recording_id = @recordingId AND channel = @channel AND part_index = @partIndex`;

/** Reads the voice activity of parts. */
export class VoiceActivityReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** A part's voice activity, or null if not yet detected. */
  get({ recordingId, channel, partIndex }: PartPlace): PartVoiceActivity | null {
    return this.#connection.one<PartVoiceActivity>(VOICE_ACTIVITY_OF_PART, {
      recordingId,
      channel,
      partIndex,
    });
  }
}

/** Reads and stores the voice activity of parts. */
export class VoiceActivities extends VoiceActivityReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Stores a part's voice activity, unless it is stored already. */
  keep({ recordingId, channel, partIndex, probabilities, state }: PartPlace & PartVoiceActivity): void {
    this.#connection.run(
      `INSERT INTO voice_activity (recording_id, channel, part_index, probabilities, state)
       VALUES (@recordingId, @channel, @partIndex, @probabilities, @state) ON CONFLICT DO NOTHING`,
      {
        recordingId,
        channel,
        partIndex,
        probabilities: Buffer.from(probabilities),
        state: Buffer.from(state),
      },
    );
  }
}
