import { type Context, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { errorCode } from './error-code.ts';

/** What may be told of a span: ids, numbers and codes, nothing of a recording. */
export interface SpanFacts {
  readonly 'voicesync.job_id'?: string;
  readonly 'voicesync.outcome'?: string;
  readonly 'voicesync.size_bytes'?: number;
  readonly 'http.request.method'?: string;
  readonly 'http.route'?: string;
}

/** Where a span belongs and what it is. */
export interface SpanPlace {
  /** The context above it; the one in which this code runs if undefined. */
  readonly parent?: Context;
  readonly kind?: SpanKind;
  readonly facts?: SpanFacts;
}

/** The spans of the office. What a tracer is, and whether anything leaves, is decided by `tracing.ts`; without it these do nothing. */
const tracer = () => trace.getTracer('voicesync-office');

/** Runs something as a span of its own; of an error it tells the code alone. */
export async function inSpan<T>(
  name: string,
  { parent = context.active(), kind = SpanKind.INTERNAL, facts = {} }: SpanPlace,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer().startSpan(name, { kind, attributes: { ...facts } }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => run(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', errorCode(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Tells of a span that is over: from and to, milliseconds since 1970. */
export function pastSpan(
  name: string,
  { parent = context.active(), facts = {} }: Omit<SpanPlace, 'kind'>,
  time: { fromMs: number; toMs: number },
): void {
  const startTime = new Date(time.fromMs);
  const span = tracer().startSpan(name, { startTime, attributes: { ...facts } }, parent);
  span.end(new Date(Math.max(time.fromMs, time.toMs)));
}
