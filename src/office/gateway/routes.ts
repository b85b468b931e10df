import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { z } from '../../contract/schema.ts';
import {
  CompletedUpload,
  IdParams,
  JobList,
  JobListQuery,
  OfficeJobView,
  ResultRequest,
  type TokenScope,
  UploadRequest,
  UploadState,
} from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { recordingKey, resultKey } from '../store/object-keys.ts';
import type { Principal } from './access-tokens.ts';
import type { EventStreams } from './event-streams.ts';
import type { FlowCleanup } from './flow-cleanup.ts';
import { type JobRow, nowOf, type OfficeServices } from './office-services.ts';
import type { Uploads } from './uploads.ts';

/** The type of an answer that goes on for as long as somebody listens. */
export const EVENT_STREAM = 'text/event-stream';

/** The request as it came, for a route whose answer goes on. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string;
  /** Throws once the request would be refused. */
  readonly accept: () => unknown;
  /** Takes the response out of the gateway's hands. */
  readonly hijack: () => ServerResponse;
}

/** What a route gets. */
interface RouteRequest<P, Q, B> {
  readonly tenantId: string;
  /** Who asks, for the audit log. */
  readonly actor: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly services: OfficeServices;
  readonly uploads: Uploads;
  readonly flows: FlowCleanup;
  readonly streams: EventStreams;
  readonly caller: Caller;
  /** W3C’s `traceparent`, if the request has one. */
  readonly traceParent: string | null;
}

/** What a route takes, gives and allows. */
interface RouteFacts<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** For the OpenAPI document. */
  readonly summary: string;
  readonly scope: TokenScope;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  /** If it is not JSON. */
  readonly answerType?: typeof EVENT_STREAM;
  readonly handle: (request: RouteRequest<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.output<A>>;
}

/** A route of any types. */
export type Route = Omit<RouteFacts<z.ZodType, z.ZodType, z.ZodType, z.ZodType>, 'handle'> & {
  readonly handle: (request: RouteRequest<never, never, never>) => Promise<unknown>;
};

/** Checks the types of one route, and forgets them. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  facts: RouteFacts<P, Q, B, A>,
): Route {
  return facts;
}

const RESULT_LIFETIME_S = 600;

/** The routes about a tenant's recordings. What belongs to another tenant is not there. */
export const ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/uploads',
    summary: 'Begin to upload a sealed recording, or find the job of the same file',
    scope: 'upload',
    body: UploadRequest,
    answer: UploadState,
    handle: ({ uploads, tenantId, actor, body, traceParent }) =>
      uploads.begin({ tenantId, actor }, body, traceParent),
  }),
  route({
    method: 'GET',
    url: '/v1/uploads/:id',
    summary: 'Ask which parts are missing, with new requests to put them',
    scope: 'upload',
    params: IdParams,
    answer: UploadState,
    handle: ({ uploads, tenantId, params }) => uploads.state(tenantId, params.id),
  }),
  route({
    method: 'POST',
    url: '/v1/uploads/:id/complete',
    summary: 'Check what is in the store and make a job of it',
    scope: 'upload',
    params: IdParams,
    answer: CompletedUpload,
    handle: async ({ uploads, tenantId, actor, params }) => ({
      jobId: await uploads.complete({ tenantId, actor }, params.id),
    }),
  }),
  route({
    method: 'GET',
    url: '/v1/jobs',
    summary: 'List jobs in the order of the queue',
    scope: 'read',
    query: JobListQuery,
    answer: JobList,
    handle: async ({ services, tenantId, query }) => ({
      jobs: services.jobs.list({ state: query.state ?? null, tenantId, limit: query.limit }).map(viewOf),
    }),
  }),
  route({
    method: 'GET',
    url: '/v1/jobs/:id',
    summary: 'Ask for a job',
    scope: 'read',
    params: IdParams,
    answer: OfficeJobView,
    handle: async ({ services, tenantId, params }) => viewOf(ownJob(services, tenantId, params.id)),
  }),
  route({
    method: 'GET',
    url: '/v1/jobs/:id/result',
    summary: 'Get the request that reads the sealed result of a finished job from the store',
    scope: 'read',
    params: IdParams,
    answer: ResultRequest,
    handle: ({ services, tenantId, actor, params: { id } }) =>
      finishedObject(services, { tenantId, actor }, id, 'result'),
  }),
];

const KEYS = { result: resultKey, recording: recordingKey };

/** The request that reads an object of a finished job from the store; the audit log tells of it. Throws `job.notFound`, `result.notYet`. */
export async function finishedObject(
  services: OfficeServices,
  { tenantId, actor }: Pick<Principal, 'tenantId' | 'actor'>,
  jobId: string,
  kind: keyof typeof KEYS,
): Promise<z.output<typeof ResultRequest>> {
  if (ownJob(services, tenantId, jobId).state !== 'done') throw new OfficeError('result.notYet');
  const { url } = await services.store.getRequest(KEYS[kind](tenantId, jobId), RESULT_LIFETIME_S);
  const atMs = nowOf(services);
  const detail = { actor };
  services.audit.append({ tenantId, atMs, action: `${kind}.fetched`, subjectId: jobId, detail });
  return { url, expiresAtMs: atMs + RESULT_LIFETIME_S * 1000 };
}

/** A tenant's job. Throws `job.notFound` for another's, too, and for a window of a recording, which is the office's own affair. */
export function ownJob({ jobs }: OfficeServices, tenantId: string, id: string): JobRow {
  const job = jobs.get(id);
  if (job.tenantId !== tenantId || job.parentId !== null) throw new OfficeError('job.notFound');
  return job;
}

/** A job as its tenant sees it. */
export function viewOf(job: JobRow): OfficeJobView {
  const { id, state, attempts, failureCode, retryAtMs, progress, createdAtMs, startedAtMs, finishedAtMs } =
    job;
  return { id, state, attempts, failureCode, retryAtMs, progress, createdAtMs, startedAtMs, finishedAtMs };
}
