import { context, DiagLogLevel, diag, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import packageFacts from '../../../package.json' with { type: 'json' };

/** How traces are made by a program. */
export interface TracingOptions {
  readonly program: 'gateway' | 'worker';
  /** Where spans go, by OTLP over HTTP: `http://collector:4318`. Null sends none anywhere. */
  readonly endpoint: string | null;
  /** Told of each span that ended. */
  readonly onSpan?: (name: string, seconds: number) => void;
  /** Told when spans could not be sent. */
  readonly onProblem: () => void;
}

/** How long sending takes at most, also at the end. */
const SENDING_MS = 5_000;

const nothing = () => undefined;

/**
 * Begins to make traces in this process: spans have ids, which log lines carry, and leave only for the endpoint. Ends with what is
 * returned, which sends the last ones.
 */
export function startTracing({ program, endpoint, onSpan, onProblem }: TracingOptions): () => Promise<void> {
  // Messages of its errors may quote what a collector answered.
  const logger = { error: onProblem, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, DiagLogLevel.ERROR);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': `voicesync-${program}`,
      'service.version': packageFacts.version,
    }),
    spanProcessors: [
      ...(endpoint === null ? [] : [sendingTo(endpoint)]),
      ...(onSpan === undefined ? [] : [telling(onSpan)]),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    await provider.shutdown().catch(onProblem);
    trace.disable();
    context.disable();
    diag.disable();
  };
}

function sendingTo(endpoint: string): SpanProcessor {
  const url = new URL('/v1/traces', endpoint).href;
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, timeoutMillis: SENDING_MS }),
    exportTimeoutMillis: SENDING_MS,
  });
}

function telling(onSpan: NonNullable<TracingOptions['onSpan']>): SpanProcessor {
  return {
    onStart: nothing,
    onEnd: ({ name, duration }) => onSpan(name, hrTimeToMilliseconds(duration) / 1000),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}
