import { BYTES_PER_SAMPLE, SAMPLE_RATE, SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';
import type { BleepSound, SoundFormat } from '../../contract/pseudonyms.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { encodedSound } from '../../core/media/encoding/encode-sound.ts';
import type { Ffmpeg } from '../../core/media/find-ffmpeg.ts';
import { WAV_HEADER_BYTES } from '../../core/media/sound/wav-header.ts';
import { BleepMaker } from '../../core/pseudonyms/bleep.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { WorkingCopyAudio } from '../recordings/playback/working-copy-audio.ts';

/** How sound with bleeps is made. */
export interface BleepWish {
  readonly sound: BleepSound;
  readonly format: SoundFormat;
}

/**
 * The working copy of a recording as a sound file with bleeps in all channels, in pieces; it holds nothing else of the
 * source. Throws `recording.noOriginal` if there is no sound yet, and what encoding throws.
 */
export async function* bleepedSound(
  store: {
    readonly vault: Vault;
    readonly database: Database;
    readonly ffmpeg: () => Promise<Ffmpeg>;
  },
  recording: Recording,
  places: readonly Span[],
  { sound, format }: BleepWish,
): AsyncGenerator<Uint8Array> {
  const audio = await WorkingCopyAudio.open(store, recording.id);
  if (audio === null) throw new AppError('recording.noOriginal', { name: recording.name });
  const channels = recording.channels ?? 1;
  try {
    const bytes = covered(audio, new BleepMaker(places, channels, SAMPLES_PER_MS, sound));
    if (format === 'wav') {
      yield await audio.read(0, WAV_HEADER_BYTES);
      yield* bytes;
    } else {
      const count = (audio.sizeBytes - WAV_HEADER_BYTES) / (BYTES_PER_SAMPLE * channels);
      const samples = { bytes, count, channels, sampleRate: SAMPLE_RATE };
      yield* encodedSound(await store.ffmpeg(), samples, format);
    }
  } finally {
    await audio.close();
  }
}

async function* covered(audio: WorkingCopyAudio, maker: BleepMaker): AsyncGenerator<Uint8Array> {
  for (let at = WAV_HEADER_BYTES; at < audio.sizeBytes; ) {
    const bytes = Buffer.from(await audio.read(at, audio.sizeBytes));
    at += bytes.length;
    maker.cover(bytes);
    yield bytes;
  }
}
