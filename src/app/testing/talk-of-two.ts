import type { Database } from '../../core/database/database.ts';
import { addTranscript } from '../../core/database/testing/test-database.ts';
import { normalise } from '../../core/speakers/embeddings.ts';
import { packPartVoices } from '../../core/speakers/part-voices.ts';

/** What differs from a talk of twice 20 s in the matter. */
export interface TalkOptions {
  readonly inMatter?: boolean;
  /** Whether its voices were heard. */
  readonly heard?: boolean;
  /** Of each speaker. */
  readonly seconds?: number;
}

/** A voice that is alike to no other of these. */
export function testVoice(number: number): Float32Array {
  return normalise(Float32Array.from({ length: 192 }, (_, i) => (i % 4 === number ? 1 : 0.05)));
}

/**
 * Adds a recording, told apart by its voices: one speaker for some seconds, another for as many more, who begins two
 * seconds before the first has ended. Its segments are of a second each, labelled as the turns are. Returns its id.
 */
export async function addTalk(
  db: Database,
  matterId: string,
  { inMatter = true, heard = true, seconds = 20 }: TalkOptions = {},
): Promise<string> {
  const { recordingId, jobId, versionId } = await addTranscript(db, []);
  if (inMatter) await db.recordings.moveToMatter({ recordingId, matterId });
  const place = { jobId, channel: 0, windowIndex: 1 };
  await db.windows.plan({ ...place, plan: { pieces: [], language: null } });
  await db.windows.complete({
    ...place,
    ...{ versionId, inferenceMs: 1, completedAtMs: 2, findings: { language: null, notUnderstood: [] } },
    segments: Array.from({ length: 2 * seconds }, (_, second) => ({
      ...{ startMs: second * 1000, endMs: second * 1000 + 900, text: `word${second}`, language: 'en' },
      ...{ confidence: 1, flags: [], speaker: second < seconds ? 'Speaker 1' : 'Speaker 2' },
      words: [{ startMs: second * 1000, endMs: second * 1000 + 900, text: `word${second}`, confidence: 1 }],
    })),
  });
  if (!heard) return recordingId;
  const half = seconds * 1000;
  await db.diarizations.keep({
    ...{ recordingId, count: null, madeAtMs: 1 },
    turns: [
      { startMs: 0, endMs: half, speaker: 0, certainty: 1 },
      { startMs: half - 2000, endMs: 2 * half, speaker: 1, certainty: 1 },
    ],
    speakers: [0, 1].map((number) => ({
      ...{ label: `Speaker ${number + 1}`, embedding: [...testVoice(number)], speechMs: half, known: null },
    })),
  });
  const pieces = Array.from({ length: seconds * 2 - 2 }, (_, second) => ({
    ...{ startMs: second * 1000, endMs: second * 1000 + 1500, window: 0, local: 0, isAlone: true },
    embedding: testVoice(second < seconds - 1 ? 0 : 1),
  }));
  const packed = packPartVoices({ startMs: 0, endMs: 60_000, windows: [], pieces });
  await db.speakerParts.keep({ recordingId, partIndex: 0, voices: packed });
  return recordingId;
}
