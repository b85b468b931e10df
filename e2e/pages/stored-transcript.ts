import { type SegmentOutline, unpackSegments, unpackWords } from '../../src/contract/packed-segments.ts';
import type { Word } from '../../src/contract/transcript.ts';
import type { RunningApp } from '../running-app.ts';

/** A stored segment with its words. */
export type StoredSegment = SegmentOutline & { readonly words: readonly Word[] };

/** The segments of a transcript as stored by the main process; none before there is text. */
export async function storedSegments(app: RunningApp, name: string): Promise<StoredSegment[]> {
  const answer = await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    const recording = list.ok ? list.value.find((one) => one.name === wanted) : undefined;
    if (recording === undefined || !recording.hasTranscript) return null;
    const recordingId = recording.id;
    const transcript = await window.voicesync['transcripts.open']({ recordingId });
    if (!transcript.ok) throw new Error(transcript.error.code);
    const { packedSegments } = transcript.value;
    const lines = packedSegments === '' ? [] : packedSegments.split('\n');
    const segments = lines.map((line) => (JSON.parse(line) as [id: string])[0]);
    if (segments.length === 0) return null;
    const words = await window.voicesync['transcripts.words']({ recordingId, segments });
    if (!words.ok) throw new Error(words.error.code);
    return { packedSegments, packedWords: words.value };
  }, name);
  if (answer === null) return [];
  const words = unpackWords(answer.packedWords);
  return unpackSegments(answer.packedSegments).map((one) => ({ ...one, words: words.get(one.id) ?? [] }));
}
