import { AppError, failureOf } from '../../contract/errors.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { ModelTrial, TriedModel } from '../../contract/models.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type { Imports } from '../../core/pipeline/import/imports.ts';
import { StretchTrial, type TrialServices } from '../../core/pipeline/model-trial.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { Jobs } from './jobs.ts';
import { markedText } from './tried-text.ts';

/** Dependencies of the trials. */
export interface ModelTrialsParts {
  readonly services: TrialServices & { readonly imports: Imports };
  readonly jobs: Pick<Jobs, 'optionsFor' | 'queue'>;
  /** Whether sound is recorded: its live text needs the engine. */
  readonly isCapturing: () => boolean;
}

interface Tried {
  readonly model: string;
  state: TriedModel['state'];
  share: number;
  untilMs: number;
  readonly segments: Segment[];
  language: string | null;
  tookMs: number;
  failure: TriedModel['failure'];
}

/** Tries two minutes of a recording with several models. One trial at a time; nothing of it is stored. */
export class ModelTrials {
  readonly #parts: ModelTrialsParts;
  readonly #listeners: ((trial: ModelTrial) => void)[] = [];
  #running: { readonly stop: AbortController; readonly ended: Promise<unknown> } | null = null;

  constructor(parts: ModelTrialsParts) {
    this.#parts = parts;
  }

  get isTrying(): boolean {
    return this.#running !== null;
  }

  /** Calls `listener` whenever there is more of a trial. */
  listen(listener: (trial: ModelTrial) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Transcribes two minutes with each of the models, one after the other, while the queue is held: the running job goes on
   * afterwards at its next window. A model that fails is told as failed, and the others go on. Resolves to what there is when
   * it was stopped. Throws `model.trialWhileRecording`, `model.trialUnderWay`, `model.trialSilent`, `recording.notFound`, and
   * the errors of reading the recording.
   */
  async try(
    recordingId: string,
    models: readonly string[],
    choice: TranscriptionChoice,
  ): Promise<ModelTrial> {
    if (this.#parts.isCapturing()) throw new AppError('model.trialWhileRecording', {});
    if (this.#running !== null) throw new AppError('model.trialUnderWay', {});
    const stop = new AbortController();
    const release = this.#parts.jobs.queue.hold();
    const trial = this.#try(recordingId, models, choice, stop.signal);
    this.#running = { stop, ended: trial.catch(() => undefined) };
    try {
      return await trial;
    } finally {
      this.#running = null;
      release();
    }
  }

  /** Stops the trial, if there is one, and waits for its end. */
  async stop(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.ended;
  }

  async #try(
    recordingId: string,
    models: readonly string[],
    choice: TranscriptionChoice,
    signal: AbortSignal,
  ): Promise<ModelTrial> {
    const { services, jobs } = this.#parts;
    const tell = (trial: ModelTrial) => {
      for (const listener of this.#listeners) listener(trial);
    };
    const { name, matterId } = await services.database.recordings.get(recordingId);
    const tried = models.map((model): Tried => beginning(model));
    const optionsOf = (model: string) => jobs.optionsFor(matterId, { ...choice, model });
    // Those of the recording itself: one of the models may lack an ability.
    const options = await jobs.optionsFor(matterId, choice);
    const feed = await services.imports.feedOf(recordingId, choice.speakers);
    const subject = { recordingId, feed, options };
    let range: ModelTrial['range'] = null;
    const told = (isOver: boolean) => ({ recordingId, range, models: compared(tried), isOver });
    tell(told(false));
    const stretch = await StretchTrial.begin(services, subject, signal).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    if (stretch === null && signal.aborted) return told(true);
    if (stretch === null) throw new AppError('model.trialSilent', { name });
    range = stretch.range;
    try {
      for (const one of tried) {
        if (signal.aborted) break;
        await tryWith(
          one,
          stretch,
          () => optionsOf(one.model),
          signal,
          () => tell(told(false)),
        );
      }
    } finally {
      await stretch.close();
    }
    const over = told(true);
    tell(over);
    return over;
  }
}

async function tryWith(
  one: Tried,
  stretch: StretchTrial,
  optionsOf: () => Promise<JobOptions>,
  signal: AbortSignal,
  tell: () => void,
): Promise<void> {
  one.state = 'running';
  tell();
  try {
    const options = await optionsOf();
    let since = performance.now();
    for await (const { segments, language, share, untilMs } of stretch.transcribe(options, signal)) {
      one.segments.push(...segments);
      one.segments.sort((a, b) => a.startMs - b.startMs);
      one.tookMs += performance.now() - since;
      since = performance.now();
      Object.assign(one, { language, share, untilMs });
      tell();
    }
    one.state = 'done';
  } catch (error) {
    one.state = signal.aborted ? 'waits' : 'failed';
    one.failure = signal.aborted ? null : failureOf(asAppError(error));
  }
  tell();
}

function beginning(model: string): Tried {
  return {
    ...{ model, state: 'waits', share: 0, untilMs: 0, segments: [] },
    ...{ language: null, tookMs: 0, failure: null },
  };
}

/** The first is compared with all others, they with the first. */
function compared(tried: readonly Tried[]): TriedModel[] {
  const [first, ...others] = tried;
  return tried.map((one) => {
    const { model, state, share, language, tookMs, failure } = one;
    const against = one === first ? others : first === undefined ? [] : [first];
    const begun = against.filter(({ untilMs }) => untilMs > 0);
    return { model, state, share, language, tookMs, failure, ...markedText(one, begun) };
  });
}
