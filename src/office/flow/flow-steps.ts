import { JOB_STEPS } from '../../core/pipeline/job-steps.ts';
import type { OrderedWindow } from '../../core/pipeline/range-first.ts';
import { detectSpeechStep } from '../../core/pipeline/steps/detect-speech.ts';
import type { JobContext } from '../../core/pipeline/steps/job-context.ts';
import type { JobStep } from '../../core/pipeline/steps/job-step.ts';
import { pcmOf, planStep } from '../../core/pipeline/steps/plan.ts';
import {
  commitWindow,
  finishWindow,
  plannedWindow,
  transcribeStep,
} from '../../core/pipeline/steps/transcribe.ts';
import { untilAborted } from '../../core/until-aborted.ts';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import { dividedParts, type FlowLimits } from './division.ts';
import type { FlowFacts, WindowTask } from './flow-content.ts';
import type { StitchedPart } from './stitching.ts';

/** Takes what becomes of a recording that is divided. */
export interface Division {
  readonly limits: FlowLimits;
  /** Stores a window, from 1; `soundOf` reads that of one of its parts. */
  window(
    number: number,
    task: WindowTask,
    soundOf: (part: WindowTask['parts'][number]) => Promise<Int16Array>,
  ): Promise<void>;
  /** All windows are stored: the job may be ended. */
  divided(facts: FlowFacts, windows: number): Promise<void>;
}

/** What is stitched. */
export interface Stitching extends Pick<FlowFacts, 'language' | 'model'> {
  readonly parts: readonly StitchedPart[];
}

/** What the job that runs is about: a recording that may be long, or one whose parts are transcribed; null for one that is not divided. */
export type FlowRun = { readonly division: Division } | { readonly stitching: Stitching };

/**
 * The steps of a worker's jobs: the core's, but that a long recording is divided once its parts are planned, and that of one whose parts
 * are transcribed they are put into the text as if an earlier attempt had finished them. What follows, as who speaks, is done by
 * the core on the whole recording, so that nothing of the text tells that it was divided.
 */
export class FlowSteps {
  /** One job at a time. */
  #run: FlowRun | null = null;
  /** The office's own, which a job of the app does not have among its failures. */
  #failure: OfficeError | null = null;

  readonly steps: readonly JobStep[] = JOB_STEPS.map((step) => {
    if (step === transcribeStep) return { ...step, run: this.#transcribe.bind(this) };
    if (step !== detectSpeechStep && step !== planStep) return step;
    return { ...step, isDone: async (context) => this.#isStitching || (await step.isDone(context)) };
  });

  /** Does something while jobs are about this. Throws what `work` throws, or instead why a job could not be divided or stitched. */
  async during<T>(run: FlowRun | null, work: () => Promise<T>): Promise<T> {
    this.#run = run;
    try {
      return await work();
    } catch (error) {
      throw this.#failure ?? error;
    } finally {
      this.#run = null;
      this.#failure = null;
    }
  }

  get #isStitching(): boolean {
    return this.#run !== null && 'stitching' in this.#run;
  }

  async #transcribe(...given: Parameters<JobStep['run']>): Promise<void> {
    try {
      await this.#transcribed(...given);
    } catch (error) {
      if (isOfficeError(error)) this.#failure = error;
      throw error;
    }
  }

  async #transcribed(...given: Parameters<JobStep['run']>): Promise<void> {
    const [context, progress, signal] = given;
    const run = this.#run;
    if (run !== null && 'stitching' in run) {
      progress.enter();
      await stitch(context, run.stitching, signal);
    } else if (run !== null && (await isLong(context, run.division.limits, signal))) {
      await divide(context, run.division, given);
    } else await transcribeStep.run(...given);
  }
}

/** Whether a recording is longer than the limit. One whose file claims to be no longer is believed, and begun at once. */
async function isLong(
  { services, job, feed }: JobContext,
  { longMs }: FlowLimits,
  signal: AbortSignal,
): Promise<boolean> {
  const { facts } = await services.database.recordings.get(job.recordingId);
  if (facts.claimedDurationMs !== null && facts.claimedDurationMs <= longMs) return false;
  await feed.completion(signal);
  return (feed.durationMs ?? 0) > longMs;
}

async function divide(
  context: JobContext,
  division: Division,
  [, progress, signal]: Parameters<JobStep['run']>,
): Promise<void> {
  const { services, job, feed, windows, language } = context;
  const layout = await feed.layout(signal);
  progress.enter();
  const planned: OrderedWindow[] = [];
  for await (const window of windows.values(signal)) planned.push(window);
  // Without the first, after which the language is decided.
  const [first, ...others] = planned;
  const groups = dividedParts(others, feed.durationMs ?? 0, division.limits);
  if (first === undefined || groups.length < 2) {
    for (const window of planned) await finishWindow(context, window, layout, signal);
    context.transcribed.abort();
    return;
  }
  const result = await finishWindow(context, first, layout, signal);
  const common = { format: 1, model: job.options.model.sha256 } as const;
  for (const [index, group] of groups.entries()) {
    const parts: WindowTask['parts'] = [];
    for (const { channel, windowIndex, window } of group)
      parts.push({ channel, windowIndex, window, language: await language.of(window) });
    const task = { ...common, language: job.options.language, parts };
    await division.window(index + 1, task, (part) => pcmOf(context, part));
  }
  const { detectedLanguage, languageProbability } = await services.database.jobs.get(job.id);
  const facts: FlowFacts = {
    ...common,
    language:
      detectedLanguage === null
        ? null
        : { language: detectedLanguage, probability: languageProbability ?? 0 },
    parts: planned.map(({ channel, windowIndex, window }) => ({ channel, windowIndex, window })),
    transcribed: [{ channel: first.channel, windowIndex: first.windowIndex, result }],
  };
  await division.divided(facts, groups.length);
  // Whoever divides ends the job.
  await untilAborted(new Promise<never>(() => undefined), signal);
}

async function stitch(
  context: JobContext,
  { language, model, parts }: Stitching,
  signal: AbortSignal,
): Promise<void> {
  const { services, job, feed } = context;
  if (model !== job.options.model.sha256) throw new OfficeError('worker.otherModel');
  if (language !== null) {
    await services.database.jobs.setLanguage({ jobId: job.id, ...language });
    services.emit({ type: 'languageDetected', jobId: job.id, ...language });
  }
  const layout = await feed.layout(signal);
  for (const { result, ...part } of parts) {
    signal.throwIfAborted();
    await plannedWindow(context, part);
    await commitWindow(context, part, result, layout);
  }
  context.transcribed.abort();
}
