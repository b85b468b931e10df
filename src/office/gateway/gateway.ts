import swagger from '@fastify/swagger';
import { SpanKind } from '@opentelemetry/api';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { isAppError } from '../../contract/errors.ts';
import { detectLocale } from '../../contract/locale.ts';
import {
  isOfficeError,
  OFFICE_ERROR_CODES,
  type OfficeErrorCode,
  OfficeFailure,
  officeSentence,
  statusOf,
} from '../contract/office-errors.ts';
import { STORE_RETRY_AFTER_S } from '../store/store-patience.ts';
import { tryStore } from '../store/try-store.ts';
import { inSpan } from '../watch/spans.ts';
import { contextOf, traceParentIn } from '../watch/trace-parent.ts';
import { type Admission, openAdmission } from './admission.ts';
import { EventStreams } from './event-streams.ts';
import { FlowCleanup } from './flow-cleanup.ts';
import type { OfficeServices } from './office-services.ts';
import { addPage } from './page-routes.ts';
import { EVENT_STREAM, type Route } from './routes.ts';
import { SCALING_ROUTES } from './scaling-routes.ts';
import { addSignInRoute } from './sign-in-route.ts';
import { TENANT_ROUTES } from './tenant-routes.ts';
import { Uploads } from './uploads.ts';
import { WORK_ROUTES } from './work-routes.ts';

/** 10,000 parts are declared in about a megabyte. */
const LONGEST_BODY_BYTES = 2 * 1024 * 1024;

/** Where the OpenAPI document is. */
const DOCUMENT_URL = '/v1/openapi.json';

/** How often uploads that nobody goes on with are given up. */
const SWEEP_MS = 3600 * 1000;

/**
 * The gateway: answers requests about uploads and jobs. It is not listening yet. `onUnexpected` is told of every error that has no
 * code; nothing of a request is in it but its route. The store is tried first: throws `store.unfit`, `store.unavailable`.
 */
export async function openGateway(
  services: OfficeServices,
  onUnexpected: (route: string, error: unknown) => void,
): Promise<FastifyInstance> {
  await tryStore(services.store);
  const app = fastify({ logger: false, bodyLimit: LONGEST_BODY_BYTES });
  const uploads = new Uploads(services);
  const flows = new FlowCleanup(services, (error) => onUnexpected('sweep', error));
  const { events, commits, now } = services;
  const streams = new EventStreams({ events, commits }, (error) => onUnexpected('events', error), {
    ...(now && { now }),
  });
  app.addHook('preClose', async () => streams.close());
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    const code = codeOf(error);
    if (code === 'internal.unexpected') onUnexpected(request.routeOptions.url ?? '', error);
    if (isOfficeError(error) && error.retryAfterS !== null) reply.header('retry-after', error.retryAfterS);
    return fail(code, request, reply);
  });
  // Who asked is told nothing that a power cut could take back, be it his own doing or another's.
  app.addHook('onSend', async (request, reply, payload) => {
    try {
      await commits.durable();
      return payload;
    } catch (error) {
      onUnexpected(request.routeOptions.url ?? '', error);
      reply.code(statusOf('internal.unexpected')).type('application/json');
      return JSON.stringify(failureOf('internal.unexpected', request));
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    // An address that nobody serves is told as one, whatever it is.
    const route = routeOptions.url ?? 'unknown';
    const isStream = String(reply.raw.getHeader('content-type')).startsWith('text/event-stream');
    const seconds = isStream ? null : reply.elapsedTime / 1000;
    services.watch.answered({ method, route, status: reply.statusCode, seconds });
  });
  app.setNotFoundHandler((request, reply) => fail('request.unknown', request, reply));
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'VoiceSync office',
        version: '1',
        description: 'Sealed recordings in, sealed texts out.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  const admission = await openAdmission(app, services);
  const parts = { services, uploads, flows, streams };
  for (const route of [...TENANT_ROUTES, ...WORK_ROUTES, ...SCALING_ROUTES]) {
    addRoute(app, route, admission, parts);
  }
  addSignInRoute(app, services);
  app.get(DOCUMENT_URL, { schema: { hide: true } }, () => app.swagger());
  if (services.page !== undefined) await addPage(app, services.page, services.identityProvider);
  const timer = setInterval(() => {
    uploads.sweep().catch((error: unknown) => onUnexpected('sweep', error));
    flows.begin();
  }, SWEEP_MS);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await flows.close();
  });
  await app.ready();
  return app;
}

function addRoute(
  app: FastifyInstance,
  route: Route,
  admission: Admission,
  parts: { services: OfficeServices; uploads: Uploads; flows: FlowCleanup; streams: EventStreams },
): void {
  const { method, url, summary, scope, params, query, body, answer, answerType } = route;
  app.route({
    method,
    url,
    schema: {
      summary,
      security: [{ token: [scope] }],
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: {
        200: answerType ? { content: { [answerType]: { schema: answer } } } : answer,
        default: OfficeFailure,
      },
    },
    // Before the body is read: who may not ask gets no further.
    onRequest: (request) => admission.admit(request, scope),
    handler: async (request, reply) => {
      const { tenantId, actor } = admission.of(request);
      // As the route's own schemas have parsed them.
      const { params, query, body } = request as unknown as Record<'params' | 'query' | 'body', never>;
      reply.header('cache-control', 'no-store');
      if (answerType === EVENT_STREAM && request.method === 'HEAD') return reply.type(answerType).send();
      const { headers } = request;
      const { authorization = '' } = headers;
      const hijack = () => reply.hijack().raw;
      const accept = () => admission.confirm(authorization, scope);
      const caller = { headers, authorization, accept, hijack };
      const traceParent = traceParentIn(headers.traceparent);
      const given = { ...parts, tenantId, actor, params, query, body, caller, traceParent };
      const answer = await asSpan(route, traceParent, () => route.handle(given));
      return reply.sent ? reply : reply.send(answer);
    },
  });
}

/** Handles a request as a span, if it is part of a trace: those that ask again and again are not. */
async function asSpan<T>(
  { method, url }: Route,
  traceParent: string | null,
  handled: () => Promise<T>,
): Promise<T> {
  if (traceParent === null) return await handled();
  const facts = { 'http.request.method': method, 'http.route': url };
  const place = { parent: contextOf(traceParent), kind: SpanKind.SERVER, facts };
  return await inSpan(`${method} ${url}`, place, handled);
}

function codeOf(error: unknown): OfficeErrorCode {
  if (isOfficeError(error)) return error.code;
  if (isAppError(error)) {
    return OFFICE_ERROR_CODES.find((code) => code === error.code) ?? 'internal.unexpected';
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'request.invalid' : 'internal.unexpected';
}

function fail(code: OfficeErrorCode, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(code, request);
  if (code === 'store.unavailable') reply.header('retry-after', STORE_RETRY_AFTER_S);
  return reply.code(statusOf(code)).serializer(JSON.stringify).type('application/json').send(failure);
}

function failureOf(code: OfficeErrorCode, request: FastifyRequest): OfficeFailure {
  const locale = detectLocale(request.headers['accept-language'] ?? '');
  return { code, sentence: officeSentence(code, locale) };
}
