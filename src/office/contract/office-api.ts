import { ERROR_CODES } from '../../contract/errors.ts';
import { JobState } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { JobPhase, MOST_WINDOWS } from './flow.ts';
import { OFFICE_ERROR_CODES } from './office-errors.ts';
import { WorkFigures } from './watch-api.ts';

/** The media type of an envelope: what is sealed, and the only type that an upload may have. */
export const ENVELOPE_TYPE = 'application/vnd.voicesync.envelope';

/** Bytes of the parts that clients make of a sealed recording; the last is shorter. */
export const PART_BYTES = 8 * 1024 * 1024;

/** S3 takes no part that is smaller, but for the last, */
export const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** and no more parts of one object. */
export const MOST_PARTS = 10_000;

/** What a tenant's token or user may do: `audit` reads the audit log, `admin` makes and revokes tokens. */
export const TenantScope = z.enum(['upload', 'read', 'control', 'audit', 'admin']);

/** What a token allows; `work` is for workers alone, and `scale` for what starts and ends them: their tokens belong to no tenant. */
export const TokenScope = z.enum([...TenantScope.options, 'work', 'scale']);
export type TokenScope = z.infer<typeof TokenScope>;

/** The id of an upload, of the job that is made of it, and of the object that its envelope says to be: one UUID, made by the client. */
const Id = z.uuid();

/** Parameters of the routes about one upload or job. */
export const IdParams = z.object({ id: Id });

/** SHA-256 in base64, as S3 has it. */
const Sha256 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** A part of sealed bytes: its number is its place, from 1. */
export const UploadPart = z.object({
  sizeBytes: z.number().int().positive(),
  sha256: Sha256,
});
export type UploadPart = z.infer<typeof UploadPart>;

/** What a client declares before it uploads. */
export const UploadRequest = z
  .object({
    id: Id,
    /** HMAC-SHA-256 of the recording's SHA-256 under a secret of the tenant's clients, in hex: tells the office that a file is the same, and nothing else. */
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    type: z.literal(ENVELOPE_TYPE),
    /** Of all parts together. */
    sizeBytes: z.number().int().positive(),
    parts: z.array(UploadPart).min(1).max(MOST_PARTS),
  })
  .refine(({ parts, sizeBytes }) => parts.reduce((sum, part) => sum + part.sizeBytes, 0) === sizeBytes, {
    error: 'the parts have another size',
  })
  .refine(({ parts }) => parts.slice(0, -1).every(({ sizeBytes }) => sizeBytes >= SMALLEST_PART_BYTES), {
    error: 'only the last part may be smaller than 5 MiB',
  });
export type UploadRequest = z.infer<typeof UploadRequest>;

/** The request that puts one part into the store: method PUT, with these headers. */
export const PartRequest = z.object({
  number: z.number().int().positive(),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
});
export type PartRequest = z.infer<typeof PartRequest>;

/** How far an upload is. Of an open one up to 100 missing parts are told at a time: ask again when they are stored. */
export const UploadState = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    id: Id,
    missingParts: z.number().int().nonnegative(),
    requests: z.array(PartRequest),
    /** Until when the requests can be made. */
    expiresAtMs: z.number().int(),
  }),
  /** Nothing is to be uploaded: there is a job of this file. It may have another id, if the file was sent before. */
  z.object({ state: z.literal('complete'), jobId: Id }),
]);
export type UploadState = z.infer<typeof UploadState>;

/** What came of an upload that is complete. */
export const CompletedUpload = z.object({ jobId: Id });

/** Why an attempt failed: a code of the app or of the office. */
export const FailureCode = z.enum([...ERROR_CODES, ...OFFICE_ERROR_CODES]);

/** How much of a running attempt is done. */
export const Progress = z.number().min(0).max(1);

/** A job as its tenant sees it. */
export const OfficeJobView = z.object({
  id: Id,
  state: JobState,
  /** Attempts that counted since somebody last asked for the job. */
  attempts: z.number().int(),
  failureCode: FailureCode.nullable(),
  /** When a waiting job is tried again. */
  retryAtMs: z.number().nullable(),
  progress: Progress.nullable(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
});
export type OfficeJobView = z.infer<typeof OfficeJobView>;

/** Which jobs are listed. */
export const JobListQuery = z.object({
  state: JobState.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Jobs of a tenant in the order of the queue. */
export const JobList = z.object({ jobs: z.array(OfficeJobView) });

/** The request that reads the sealed result from the store: method GET. */
export const ResultRequest = z.object({ url: z.url(), expiresAtMs: z.number().int() });

/** A job as its worker sees it. */
export const WorkJob = z.object({
  id: Id,
  tenantId: z.string(),
  state: JobState,
  position: z.number(),
  attempts: z.number().int(),
  /** The attempt that runs; null in every state but `running`. */
  attemptId: z.uuid().nullable(),
  leaseUntilMs: z.number().nullable(),
  retryAtMs: z.number().nullable(),
  failureCode: FailureCode.nullable(),
  progress: Progress.nullable(),
  createdAtMs: z.number(),
  queuedAtMs: z.number().nullable(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  phase: JobPhase,
  /** Of a window, the job of the recording that it belongs to. */
  parentId: Id.nullable(),
  /** How many windows the recording was divided into; 0 if it was not. */
  windows: z.number().int(),
  /** W3C’s `traceparent` of its client, if that had one. */
  traceParent: z.string().nullable(),
});

/** Which attempt lives. */
export const AttemptRequest = z.object({ attemptId: z.uuid() });

/** Which attempt lives, and how far it is if its worker knows. */
export const RenewRequest = AttemptRequest.extend({ progress: Progress.optional() });

/** How an attempt ended. */
export const AttemptEndRequest = AttemptRequest.extend({
  /** `divided`: the recording is long, and its windows are in the store. */
  outcome: z.enum(['done', 'failed', 'interrupted', 'divided']),
  failureCode: FailureCode.nullable(),
  /** When to try again after a failure; null ends in `failed`. */
  retryAtMs: z.number().nullable(),
  /** Whether it counts against the job's attempts. */
  counted: z.boolean(),
  /** What it took; without it nothing is summed up. */
  figures: WorkFigures.optional(),
  /** How many windows the recording was divided into, if it was. */
  windows: z.number().int().positive().max(MOST_WINDOWS).optional(),
});

/** Nothing but that it is done. */
export const NoAnswer = z.object({});
