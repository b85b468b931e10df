import { context, isSpanContextValid, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { OfficeJob } from '../database/office-jobs.db.ts';

/** A place in a trace, as W3C's Trace Context writes it: `00-TRACE-SPAN-FLAGS`. */
export type TraceParent = string;

/**
 * Where the trace of a recording begins whose client brings none along: its id is that of the upload and the job, a UUID. So a job's
 * trace can be looked up, and every part of the office knows it without being told. W3C's Trace Context wants the last
 * seven bytes of a trace's id random, and those of a UUID are.
 */
export function traceParentOf(id: string): TraceParent {
  const hex = id.replaceAll('-', '').toLowerCase();
  return `00-${hex}-${hex.slice(16)}-01`;
}

/** Where a job belongs: to the trace of its client, else to that of its recording. */
export function traceParentOfJob(job: Pick<OfficeJob, 'id' | 'parentId' | 'traceParent'>): TraceParent {
  return job.traceParent ?? traceParentOf(job.parentId ?? job.id);
}

/** The place in a trace at which this code runs; null outside of one. */
export function currentTraceParent(): TraceParent | null {
  return written(currentSpan());
}

/** The place that a request's `traceparent` header names; null if it names none. */
export function traceParentIn(header: string | readonly string[] | undefined): TraceParent | null {
  return typeof header === 'string' ? written(parseTraceParent(header)) : null;
}

/** The span in which this code runs; null outside of one. */
export function currentSpan(): SpanContext | null {
  const span = trace.getSpanContext(context.active());
  return span !== undefined && isSpanContextValid(span) ? span : null;
}

function written(span: SpanContext | null): TraceParent | null {
  if (span === null) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** The context below a place in a trace; outside of any trace if it is none. */
export function contextOf(parent: string | null | undefined): typeof ROOT_CONTEXT {
  const span = parent ? parseTraceParent(parent) : null;
  return span === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...span, isRemote: true });
}

/** Runs something at this place of a trace; outside of any for null. */
export function atTrace<T>(parent: TraceParent | null, run: () => T): T {
  return context.with(contextOf(parent), run);
}
