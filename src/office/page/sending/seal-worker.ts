import { keepPart } from '../own/outbox.ts';
import { type PageErrorCode, problemOf } from '../page-errors.ts';
import { sealRecording } from './seal-recording.ts';
import type { SealingAnswer, SealingRequest } from './sealing-messages.ts';

// A thread of its own: the page answers while a recording of gigabytes is hashed and sealed.

const tell = (answer: SealingAnswer) => postMessage(answer);

addEventListener('message', ({ data }: MessageEvent<SealingRequest>) => {
  sealRecording(
    data,
    (number, bytes) => keepPart(data.id, number, bytes),
    (share) => tell({ type: 'progress', share }),
  ).then(
    (plan) => tell({ type: 'sealed', plan }),
    (error: unknown) => tell({ type: 'failed', problem: problemOfSealing(error) }),
  );
});

/** What is not found while sealing is the file: it was moved, or is a folder. */
function problemOfSealing(error: unknown): PageErrorCode {
  const problem = problemOf(error);
  return problem === 'sealedLost' ? 'fileUnreadable' : problem;
}
