import { SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';
import type { BleepSound } from '../../contract/pseudonyms.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { BleepMaker } from '../../core/pseudonyms/bleep.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { WAV_HEADER_BYTES } from '../recordings/playback/wav-header.ts';
import { WorkingCopyAudio } from '../recordings/playback/working-copy-audio.ts';

/**
 * The working copy of a recording as a WAV file with bleeps in all channels, in pieces; it holds nothing else of the
 * source. Throws `recording.noOriginal` if there is no sound yet.
 */
export async function* bleepedWav(
  store: { readonly vault: Vault; readonly database: Database },
  recording: Recording,
  places: readonly Span[],
  sound: BleepSound,
): AsyncGenerator<Uint8Array> {
  const audio = await WorkingCopyAudio.open(store, recording.id);
  if (audio === null) throw new AppError('recording.noOriginal', { name: recording.name });
  try {
    const maker = new BleepMaker(places, recording.channels ?? 1, SAMPLES_PER_MS, sound);
    yield await audio.read(0, WAV_HEADER_BYTES);
    for (let at = WAV_HEADER_BYTES; at < audio.sizeBytes; ) {
      const bytes = Buffer.from(await audio.read(at, audio.sizeBytes));
      at += bytes.length;
      maker.cover(bytes);
      yield bytes;
    }
  } finally {
    await audio.close();
  }
}
