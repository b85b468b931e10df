import type { JobContext } from './steps/job-context.ts';
import type { JobStep } from './steps/job-step.ts';

/**
 * Runs the steps of a job that are not done, in their order; those that stream side by side. Throws the error of the step
 * that fails, or the signal's reason, once nothing runs any more.
 */
export async function runSteps(
  steps: readonly JobStep[],
  context: JobContext,
  signal: AbortSignal,
): Promise<void> {
  for (const [start, end] of stages(steps)) {
    signal.throwIfAborted();
    const open: JobStep[] = [];
    for (const step of steps.slice(start, end)) {
      if (await step.isDone(context)) context.progress.of(step.name).done(1);
      else open.push(step);
    }
    const prepareNext = () => {
      for (const step of steps.slice(end)) step.prepare?.(context);
    };
    await runTogether(open, context, signal, prepareNext);
  }
}

/** The index ranges of the steps that run together: steps in a row that stream, and every other by itself. */
function stages(steps: readonly JobStep[]): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const [index, step] of steps.entries()) {
    const last = found.at(-1);
    if (last !== undefined && step.streams && steps[index - 1]?.streams) last[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}

/**
 * A step that fails stops those before it, which only work for it. Those after it are not stopped: they first finish what
 * was made for them, and then get its error.
 */
async function runTogether(
  steps: readonly JobStep[],
  context: JobContext,
  signal: AbortSignal,
  prepareNext: () => void,
): Promise<void> {
  const runs = steps.map((step) => ({ step, stop: new AbortController() }));
  const failures: unknown[] = [];
  let running = runs.length;
  const run = async ({ step, stop }: (typeof runs)[number], index: number) => {
    const progress = context.progress.of(step.name);
    try {
      if (!step.streams) progress.enter();
      await step.run(context, progress, AbortSignal.any([signal, stop.signal]));
      progress.done(1);
      running -= 1;
      if (step.streams && running === 1) prepareNext();
    } catch (error) {
      failures.push(error);
      for (const before of runs.slice(0, index)) before.stop.abort(error);
    }
  };
  await Promise.all(runs.map(run));
  if (failures.length > 0) throw failures[0];
}
