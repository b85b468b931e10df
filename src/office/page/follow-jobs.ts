import { isFinal } from '../../contract/job-states.ts';
import type { OfficeClient } from '../client/office-client.ts';
import type { OfficeJobView } from '../contract/office-api.ts';
import { isOfficeError } from '../contract/office-errors.ts';

/** Milliseconds between two looks: soon after a change, ever more rarely while nothing changes. */
const SOONEST_MS = 1_000;
const LATEST_MS = 15_000;
const GROWTH = 1.4;
/** While nobody looks at the page. */
const HIDDEN_MS = 30_000;

/** Jobs that are asked for one by one; of more the whole list is asked for first. */
const ONE_BY_ONE = 6;
const LIST_LIMIT = 500;

/** What is followed, and who is told. */
export interface FollowedJobs {
  readonly client: Pick<OfficeClient, 'job' | 'jobs'>;
  /** Jobs that may change by themselves. */
  readonly unfinished: () => readonly string[];
  readonly onJob: (job: OfficeJobView) => void;
  /** The office has no such job any more. */
  readonly onGone: (id: string) => void;
  /** Null once the office answers again. */
  readonly onProblem: (error: unknown) => void;
}

/** Asks for jobs until the signal is aborted; `wake` looks at once. */
export function followJobs(parts: FollowedJobs, signal: AbortSignal): { wake: () => void } {
  let delayMs = SOONEST_MS;
  let wake: () => void = () => undefined;
  const seen = new Map<string, string>();
  const look = async () => {
    for (;;) {
      if (signal.aborted) return;
      const isChanged = await lookOnce(parts, seen);
      delayMs = isChanged ? SOONEST_MS : Math.min(LATEST_MS, delayMs * GROWTH);
      await new Promise<void>((resolve) => {
        wake = () => {
          delayMs = SOONEST_MS;
          resolve();
        };
        setTimeout(resolve, document.hidden ? HIDDEN_MS : delayMs);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  };
  void look();
  return { wake: () => wake() };
}

/** Whether anything has changed. */
async function lookOnce(parts: FollowedJobs, seen: Map<string, string>): Promise<boolean> {
  const wanted = new Set(parts.unfinished());
  if (wanted.size === 0) return false;
  let isChanged = false;
  const tell = (job: OfficeJobView) => {
    wanted.delete(job.id);
    const now = JSON.stringify(job);
    if (seen.get(job.id) === now) return;
    if (isFinal(job.state)) seen.delete(job.id);
    else seen.set(job.id, now);
    isChanged = true;
    parts.onJob(job);
  };
  try {
    if (wanted.size > ONE_BY_ONE) {
      for (const job of await parts.client.jobs(LIST_LIMIT)) if (wanted.has(job.id)) tell(job);
    }
    for (const id of [...wanted]) {
      try {
        tell(await parts.client.job(id));
      } catch (error) {
        if (!isOfficeError(error, 'job.notFound')) throw error;
        parts.onGone(id);
      }
    }
    parts.onProblem(null);
  } catch (error) {
    parts.onProblem(error);
  }
  return isChanged;
}
