import { Mutex } from 'async-mutex';
import { untilAborted } from '../until-aborted.ts';
import type {
  SpeakerAnswers,
  SpeakerQuestionType,
  SpeakerReply,
  SpeakerRequest,
} from './speaker-questions.ts';
import { type SpeakersPort, startSpeakersThread } from './speakers-thread.ts';

const oneAtATime = new Mutex();

/**
 * Asks about the voices of a recording, in a thread of its own, which ends with the answer: for hours of recording comparing
 * voices takes seconds. `parts` are packed (`packPartVoices`), in order; one at a time is in memory on this side. Throws
 * the signal's reason, at once, and what fails in the thread.
 */
export function askSpeakers<Type extends SpeakerQuestionType>(
  parts: AsyncIterable<Uint8Array>,
  type: Type,
  question: SpeakerAnswers[Type]['question'],
  signal: AbortSignal,
): Promise<SpeakerAnswers[Type]['answer']> {
  return oneAtATime.runExclusive(async () => {
    signal.throwIfAborted();
    const thread = startSpeakersThread();
    try {
      const answer = answerOf(thread);
      // Awaited below; a thread that dies while parts are still being sent must not count as unhandled.
      answer.catch(() => undefined);
      for await (const voices of parts) {
        signal.throwIfAborted();
        thread.postMessage({ type: 'part', voices });
      }
      thread.postMessage({ type, ...question } as SpeakerRequest);
      return (await untilAborted(answer, signal)) as SpeakerAnswers[Type]['answer'];
    } finally {
      await thread.terminate();
    }
  });
}

function answerOf(thread: SpeakersPort): Promise<unknown> {
  return new Promise((resolve, reject) => {
    thread
      .on('message', (reply: SpeakerReply) => {
        if (reply.type === 'answer') resolve(reply.answer);
        else reject(reply.cause);
      })
      .on('error', reject)
      .on('exit', () => reject(new Error('the speakers thread ended')));
  });
}
