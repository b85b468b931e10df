import type { SpeakerCount } from '../../contract/speakers.ts';
import type { Database } from '../database/database.ts';
import { askSpeakers } from '../speakers/ask-speakers.ts';
import type { Diarization } from '../speakers/speaker-turns.ts';
import { heardParts } from './voice-hearing.ts';

/**
 * Tells the speakers of a recording apart by what was heard of its parts, and recognises those whose voices are known in its
 * matter. The same parts, number and known voices always give the same answer. Throws the signal's reason.
 */
export async function toldSpeakers(
  database: Database,
  recordingId: string,
  count: SpeakerCount | null,
  signal: AbortSignal,
): Promise<Diarization> {
  const { matterId } = await database.recordings.get(recordingId);
  const voices = matterId === null ? [] : await database.knownVoices.list({ matterId, nowMs: Date.now() });
  const known = voices.map(({ id, name, embedding }) => ({ id, name, embedding }));
  return await askSpeakers(heardParts(database, recordingId), 'diarize', { count, known }, signal);
}
