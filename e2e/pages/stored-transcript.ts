import type { TranscriptView } from '../../src/contract/views.ts';
import type { RunningApp } from '../running-app.ts';

/** A transcript as the main process has it: what is stored, whatever the screen shows. */
export async function storedTranscript(app: RunningApp, name: string): Promise<TranscriptView> {
  return await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    const recording = list.ok ? list.value.find((one) => one.name === wanted) : undefined;
    if (recording === undefined) throw new Error(`There is no ${wanted}.`);
    const transcript = await window.voicesync['transcripts.open']({ recordingId: recording.id });
    if (!transcript.ok) throw new Error(transcript.error.code);
    return transcript.value;
  }, name);
}
