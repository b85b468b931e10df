import { JobState } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { FailureCode, Progress } from './office-api.ts';

/**
 * What `GET /v1/events` tells as `text/event-stream`, by the event's name; each event's data is one of these as JSON.
 *
 * - `ready`: the stream has begun. Whoever asks for the list of jobs after it misses nothing.
 * - `job`: a job of the tenant's changed its state. Only these, and `ready`, have an `id` to go on from.
 * - `progress`: how far a running job is. It is told to whoever listens at that moment, and never again.
 * - `gap`: what came after the given `Last-Event-ID` is not kept any more: ask for the list of jobs anew.
 */
export const OfficeEventData = {
  ready: z.object({}),
  job: z.object({
    jobId: z.uuid(),
    state: JobState,
    failureCode: FailureCode.nullable(),
    /** Milliseconds since 1970. */
    atMs: z.number(),
  }),
  progress: z.object({ jobId: z.uuid(), progress: Progress }),
  gap: z.object({}),
} as const;

/** An event of a job. */
export type JobEventData = z.infer<(typeof OfficeEventData)['job']>;

/** Milliseconds after which an event source connects again. */
export const RECONNECT_MS = 3_000;

/** The headers that an event source sends. */
export const EventHeaders = z.object({
  /** The `id` of the last event that was received. */
  'last-event-id': z.string().optional(),
});
