import type { TranscriptView } from '../../../../src/contract/views.ts';
import { request, type Snapshot, snapshot } from '../../../lib/client.ts';
import { transcriptInPauses, transcriptOf } from '../document/outlines.ts';

/** Fetches a transcript to open. The words of its segments come later. Throws AppErrors. */
export async function fetchTranscript(recordingId: string): Promise<Snapshot<TranscriptView>> {
  const { value, sequence } = await snapshot('transcripts.open', { recordingId });
  return { value: transcriptOf(value), sequence };
}

/** Fetches it again while the user keeps working in it: no step holds up a frame. Throws AppErrors. */
export async function fetchAgain(
  recordingId: string,
  pause: () => Promise<unknown>,
): Promise<TranscriptView> {
  return await transcriptInPauses(await request('transcripts.open', { recordingId }), pause);
}
