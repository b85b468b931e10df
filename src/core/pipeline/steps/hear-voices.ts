import { availableParallelism } from 'node:os';
import type { JobOptions } from '../../../contract/job.ts';
import { engineThreads, type UsualThreads } from '../window/decoding.ts';
import { areVoicesUnheard, DIARIZE, hearParts, mayHaveSpeakers } from './diarize.ts';
import type { JobStep } from './job-step.ts';

/**
 * Hears the voices of a recording of one channel beside its transcription, where that leaves a core free. What it has not
 * heard when the transcription ends, or when the engine fails, is left to `diarize`: the transcription must not suffer by it.
 */
export const hearVoicesStep: JobStep = {
  name: 'hearVoices',
  streams: true,
  silent: true,
  weight: () => 0,
  async isDone(context) {
    return context.isAssembled || !mayHaveSpeakers(context.job);
  },
  async run(context, _progress, signal) {
    const { feed, job, transcribed, atWindow } = context;
    const stopped = AbortSignal.any([signal, transcribed.signal, atWindow]);
    try {
      const { channels } = await feed.layout(stopped);
      if (channels > 1) context.progress.of(DIARIZE).done(1);
      else if (hasFreeCore(job.options, context.services.engine)) await hearParts(context, stopped);
    } catch (error) {
      signal.throwIfAborted();
      const isLeft = transcribed.signal.aborted || atWindow.aborted || areVoicesUnheard(error);
      if (!isLeft) throw error;
    }
  },
};

/** Whether transcription leaves a core free. */
function hasFreeCore(options: Pick<JobOptions, 'threads'>, engine: UsualThreads): boolean {
  return availableParallelism() > engineThreads(options, engine);
}
