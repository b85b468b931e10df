import type { JobStep } from './job-step.ts';

/**
 * Aligns the existing text that waits for its recording to be transcribed, if there is one: it becomes the current version, and
 * is what the job delivers. One that does not fit waits for the user's answer.
 */
export const alignTextStep: JobStep = {
  name: 'alignText',
  streams: false,
  weight: () => 0,
  async isDone({ services: { database }, job: { recordingId } }) {
    const [waiting] = await database.alignedTexts.waiting([recordingId]);
    return waiting === undefined || waiting.fit !== null;
  },
  async run({ services: { database, emit }, job: { recordingId } }) {
    const [waiting] = await database.alignedTexts.waiting([recordingId]);
    if (waiting === undefined) return;
    const outcome = await database.alignedTexts.alignWaiting({
      ...{ recordingId, isWanted: false, atMs: Date.now() },
    });
    if (outcome !== null) emit({ type: 'textAligned', recordingId, name: waiting.name, outcome });
  },
};
