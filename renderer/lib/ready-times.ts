import type { ModelView, RecordingView } from '../../src/contract/views.ts';

/** When a recording would be ready with a model. */
export interface ReadyTime {
  readonly model: string;
  readonly readyAtMs: number;
  /** The model that the queue will use. */
  readonly isChosen: boolean;
}

const HOUR_MS = 3_600_000;

/**
 * When a queued recording would be ready with each installed model whose speed is known, the chosen one first: what is ahead of it
 * in the queue with the models chosen there, and then its own length, as if all of it were speech. Empty if its length or that of
 * one ahead is not known, or the speed of a model ahead.
 * @param runningReadyAtMs when the running job is ready, if that is known.
 */
export function readyTimes(
  recording: RecordingView,
  recordings: Iterable<RecordingView>,
  models: readonly ModelView[],
  { nowMs, runningReadyAtMs }: { nowMs: number; runningReadyAtMs: number | null },
): readonly ReadyTime[] {
  const { job, durationMs } = recording;
  const usual = models.find((model) => model.installed && model.isDefault)?.name ?? null;
  const usable = models.filter((model) => model.installed && model.verification !== 'altered');
  const workMs = (name: string | null, lengthMs: number | null) => {
    const hourMs = usable.find((model) => model.name === (name ?? usual))?.here.speed?.hourMs;
    return hourMs === undefined || lengthMs === null ? null : (hourMs * lengthMs) / HOUR_MS;
  };
  if (job === null || durationMs === null) return [];
  let startMs = nowMs;
  for (const other of recordings) {
    const ahead = other.job;
    if (ahead === null || other.id === recording.id) continue;
    const isAhead = ahead.state === 'running' || (ahead.state === 'queued' && ahead.position < job.position);
    if (!isAhead) continue;
    if (ahead.state === 'running' && runningReadyAtMs !== null) {
      startMs += Math.max(0, runningReadyAtMs - nowMs);
      continue;
    }
    const left = 1 - (ahead.state === 'running' ? (ahead.progress?.percent ?? 0) / 100 : 0);
    const work = workMs(ahead.choice.model, lengthOf(other));
    if (work === null) return [];
    startMs += work * left;
  }
  const chosen = job.choice.model ?? usual;
  return usable
    .flatMap(({ name }) => {
      const work = workMs(name, durationMs);
      return work === null ? [] : [{ model: name, readyAtMs: startMs + work, isChosen: name === chosen }];
    })
    .sort((a, b) => Number(b.isChosen) - Number(a.isChosen) || a.readyAtMs - b.readyAtMs);
}

/** How much of a recording its job is about. */
function lengthOf({ durationMs, job }: RecordingView): number | null {
  const range = job?.range;
  if (range == null) return durationMs;
  const endMs = range.endMs ?? durationMs;
  return endMs === null ? null : endMs - range.startMs;
}
