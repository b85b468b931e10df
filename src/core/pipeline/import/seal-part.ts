import { withoutTrailingSilence } from '../../media/sound/trailing-silence.ts';
import type { SealedObject } from '../../vault/object-store.ts';
import type { Vault } from '../../vault/vault.ts';

/** The version number in a part's identity encodes its channel and index, so that no part can replace another. */
const PARTS_PER_CHANNEL = 1_000_000;

/**
 * Seals the samples of one part of a working copy: 16-bit PCM at 16 kHz of one channel, without the zeros at its end. Throws
 * disk errors.
 */
export async function sealPart(
  vault: Vault,
  { recordingId, channel, partIndex }: { recordingId: string; channel: number; partIndex: number },
  samples: Int16Array,
): Promise<SealedObject> {
  const version = channel * PARTS_PER_CHANNEL + partIndex + 1;
  const writer = await vault.objects.createWriter({ recordingId, kind: 'part', version });
  const { buffer, byteOffset, byteLength } = withoutTrailingSilence(samples);
  await writer.write(Buffer.from(buffer, byteOffset, byteLength));
  return await writer.commit();
}
