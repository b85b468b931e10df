import { Mutex } from 'async-mutex';
import { untilAborted } from '../until-aborted.ts';
import type {
  SpeakerAnswers,
  SpeakerQuestionType,
  SpeakerReply,
  SpeakerRequest,
} from './speaker-questions.ts';
import { claimSpeakersThread, keepSpeakersThread, type SpeakersPort } from './speakers-thread.ts';

const oneAtATime = new Mutex();

/**
 * Asks about the voices of a recording, in a thread, which is kept for the next question for a while: for hours of recording
 * comparing voices takes seconds. `parts` are packed (`packPartVoices`), in order; one at a time is in memory on this side. Throws
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
    const thread = claimSpeakersThread();
    try {
      const reply = replyOf(thread);
      // Awaited below; a thread that dies while parts are still being sent must not count as unhandled.
      reply.catch(() => undefined);
      for await (const voices of parts) {
        signal.throwIfAborted();
        thread.postMessage({ type: 'part', voices });
      }
      thread.postMessage({ type, ...question } as SpeakerRequest);
      const answered = await untilAborted(reply, signal);
      if (answered.type === 'failed') throw answered.cause;
      keepSpeakersThread(thread);
      return answered.answer as SpeakerAnswers[Type]['answer'];
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  });
}

/** The thread's next reply. Throws what ends it before. */
function replyOf(thread: SpeakersPort): Promise<SpeakerReply> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      thread.off('message', onReply).off('error', onError).off('exit', onExit);
    };
    const onReply = (reply: SpeakerReply) => {
      settle();
      resolve(reply);
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const onExit = () => onError(new Error('the speakers thread ended'));
    thread.on('message', onReply).on('error', onError).on('exit', onExit);
  });
}
