import type { JobState } from '../../contract/job.ts';
import type { OfficeJobView } from '../contract/office-api.ts';
import type { OwnRecording } from './own/own-database.ts';
import type { SendingProgress } from './sending/send-lane.ts';

/** What can be done with a recording. */
type RowAction = 'read' | 'again' | 'resume' | 'cancel' | 'remove';

/** What a row shows: how far a recording is on its way, or what its job has come to. */
export interface RecordingState {
  readonly kind: JobState | SendingProgress['step'] | 'added' | 'sealed' | 'unknown' | 'gone' | 'stopped';
  readonly actions: readonly RowAction[];
  /** Of what is being done; null where nobody knows, missing where nothing is done. */
  readonly percent?: number | null;
  /** A moment that belongs to the state: its start, its end, or when it is tried again. */
  readonly atMs: number | null;
  /** Code of what went wrong. */
  readonly problem: string | null;
}

/** What is offered for a job in each state. */
const JOB_ACTIONS: Readonly<Record<JobState, readonly RowAction[]>> = {
  queued: ['cancel'],
  running: ['cancel'],
  waiting: ['again', 'cancel'],
  paused: ['resume', 'cancel'],
  done: ['read', 'remove'],
  failed: ['again', 'remove'],
  cancelled: ['again', 'remove'],
};

/** What a row shows of a recording. */
export function stateOf(
  recording: OwnRecording,
  now: {
    readonly job: OfficeJobView | undefined;
    readonly isGone: boolean;
    readonly progress: SendingProgress | undefined;
  },
): RecordingState {
  const { job, isGone, progress } = now;
  const plain = { atMs: null, problem: null };
  if (isGone) return { ...plain, kind: 'gone', actions: ['remove'] };
  if (job !== undefined) return stateOfJob(job);
  if (progress !== undefined) {
    return { ...plain, kind: progress.step, actions: ['cancel'], percent: 100 * progress.share };
  }
  switch (recording.stage) {
    case 'added':
    case 'sealed':
      return { ...plain, kind: recording.stage, actions: ['cancel'] };
    case 'sent':
      return { ...plain, kind: 'unknown', actions: [] };
    case 'stopped':
      return {
        ...{ kind: 'stopped', atMs: null, problem: recording.problem },
        actions: recording.plan === null ? ['remove'] : ['again', 'remove'],
      };
  }
}

function stateOfJob({
  state,
  progress,
  startedAtMs,
  finishedAtMs,
  retryAtMs,
  failureCode,
}: OfficeJobView): RecordingState {
  const atMs = { running: startedAtMs, waiting: retryAtMs, done: finishedAtMs } as Partial<
    Record<JobState, number | null>
  >;
  return {
    kind: state,
    actions: JOB_ACTIONS[state],
    ...(state === 'running' && { percent: progress === null ? null : 100 * progress }),
    atMs: atMs[state] ?? null,
    problem: state === 'failed' || state === 'waiting' ? failureCode : null,
  };
}
